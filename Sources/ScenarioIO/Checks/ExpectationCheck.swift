// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// How often quantities with a key `expect` lie outside of what it says.
///
/// Of parameters that is a probability of their distribution, of all else a share of iterations: at most
/// 65 536, with the method of the run.
enum ExpectationCheck {
  private static let mostIterations = 65_536
  /// Rows of a quantity that varies.
  private static let mostRows = 100

  static func rows(
    _ scenario: Scenario, settings: RunSettings, tables: TableStore, control: RunControl
  ) throws -> [CheckRow] {
    let exact = scenario.expectations.flatMap { expectation in
      scenario.parameters.filter { $0.name == expectation.name }
        .flatMap { rows(expectation, $0) }
    }
    let computed = scenario.expectations.filter { expectation in
      !scenario.parameters.contains { $0.name == expectation.name }
    }
    if computed.isEmpty { return exact }
    return exact
      + (try rows(computed, scenario, settings: settings, tables: tables, control: control))
  }

  // MARK: Parameters

  private static func rows(_ expectation: Expectation, _ parameter: ScenarioParameter)
    -> [CheckRow]
  {
    let law = parameter.distribution
    return [
      expectation.low.map { (false, law.cumulative($0.nextDown)) },
      expectation.high.map { (true, law.survival($0)) },
    ].compactMap { $0 }.map { isAbove, share in
      row(expectation, parameter.fullName, nil, isAbove: isAbove, share: share)
    }
  }

  // MARK: Computed quantities

  /// Every end is an output of its own that is above 0 where the end is passed.
  private static func rows(
    _ expectations: [Expectation], _ scenario: Scenario, settings: RunSettings,
    tables: TableStore, control: RunControl
  ) throws -> [CheckRow] {
    var model = scenario.model
    var ends: [(expectation: Expectation, isAbove: Bool)] = []
    var outputs: [Output] = []
    for expectation in expectations {
      let value =
        model.outputs.first { $0.name == expectation.name }?.value
        ?? .name(expectation.name, offset: 0)
      for (limit, isAbove) in [(expectation.low, false), (expectation.high, true)] {
        guard let limit else { continue }
        let number = SimCore.Expression.number(limit)
        var output = Output(
          name: expectation.name,
          value: isAbove ? .binary(.subtract, value, number) : .binary(.subtract, number, value),
          probabilities: [], histogram: nil)
        if !scenario.builder.dependsOnPerspective(output, model) {
          output.cases = Set(
            scenario.cases.indices.filter {
              scenario.cases[$0].perspective == scenario.perspectives.first?.name
            })
        }
        outputs.append(output)
        ends.append((expectation, isAbove))
      }
    }
    model.outputs = outputs
    let plan = try scenario.compiled(model, tables: tables)
    var settings = settings
    settings.iterations = min(settings.iterations, mostIterations)
    let result = try Simulation(plan, settings: settings).run(control: control)
    return ends.indices.flatMap { place in
      let (expectation, isAbove) = ends[place]
      let found = zip(plan.outputs, result.outputs).filter { $0.0.index == place }
      let outside = found.filter { $0.1.positive.positiveCount > 0 }
      if outside.isEmpty {
        return [row(expectation, expectation.name, nil, isAbove: isAbove, share: 0, error: 0)]
      }
      return outside.prefix(mostRows).map { output, summary in
        row(
          expectation, expectation.name, output, isAbove: isAbove,
          share: summary.positive.value ?? 0, error: summary.positiveStandardError)
      }
    }
  }

  private static func row(
    _ expectation: Expectation, _ quantity: String, _ series: Output?, isAbove: Bool,
    share: Double, error: Double? = nil
  ) -> CheckRow {
    var row = CheckRow(
      .expected, quantity, series: series, figure: isAbove ? "share_above" : "share_below")
    row.value = share
    row.standardError = error
    if share > 0, let limit = isAbove ? expectation.high : expectation.low {
      let percent = ReadableNumber.string(100 * share, digits: 2)
      row.warning =
        "\(isAbove ? "above" : "below") \(NumberText.string(limit)) in \(percent) % of iterations"
      row.advice =
        "Choose a distribution that keeps within it, such as a beta for a share, or a formula that "
        + "does; min() and max() would shift the mean."
    }
    return row
  }
}
