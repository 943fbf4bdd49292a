// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The deterministic results of a scenario: every parameter at its base, all at their low, all at their
/// high numbers, and one parameter at a time.
public struct BaseResult: Sendable {
  /// One output, case and combination of labels.
  public struct Row: Sendable {
    let output: Output
    public let name: String
    public let base: Double
    public let low: Double
    public let high: Double
  }

  /// An output with one parameter at its low and high number and all others at base.
  public struct OneWayRow: Sendable {
    let output: Output
    public let parameter: String
    public let lowInput: Double
    public let highInput: Double
    /// Whether the two numbers stand in the scenario; else they are P2.5 and P97.5.
    public let isStated: Bool
    public let base: Double
    public let low: Double
    public let high: Double

    public var swing: Double { abs(high - low) }
  }

  public let scenario: Scenario
  public let rows: [Row]
  /// For the scenario itself, without its variants; in the order of parameters.
  public let oneWay: [OneWayRow]
  /// The same of what the decision rests on; empty without a decision, and where it has no value at one point.
  let oneWayDecision: [OneWayDecisionRow]

  /// - Throws: `ScenarioError` for a faulty model, `BaseFault` for a value that is not a number.
  public init(_ scenario: Scenario) throws {
    self.scenario = scenario
    let plans = try StatedLevel.allCases.map { level in
      try scenario.compiled(scenario.builder.model(at: level))
    }
    var rows: [Row] = []
    for (index, output) in plans[0].outputs.enumerated() {
      let values = try zip(plans, StatedLevel.allCases).map { plan, level in
        try Self.value(plan, index, scenario, level.rawValue)
      }
      rows.append(
        Row(
          output: output, name: SeriesColumns(scenario).name(output), base: values[0],
          low: values[1], high: values[2]))
    }
    self.rows = rows
    (oneWay, oneWayDecision) = try Self.oneWay(scenario)
  }

  /// Two cases for each parameter.
  private static func oneWay(_ scenario: Scenario) throws -> ([OneWayRow], [OneWayDecisionRow]) {
    var names: [String] = []
    for parameter in scenario.parameters
    where !parameter.isConstant && parameter.each.isEmpty && parameter.joint == nil
      && !names.contains(parameter.name)
    {
      if scenario.oneWay?.vary?.contains(parameter.name) ?? true { names.append(parameter.name) }
    }
    if names.isEmpty { return ([], []) }
    var model = scenario.builder.model(at: .base)
    let ownOutputs = model.outputs.count
    if let decision = scenario.decision {
      model.outputs += scenario.decisionModel(decision, model).outputs
    }
    let perspectives = max(scenario.perspectives.count, 1)
    let unchanged = Array(model.cases.prefix(perspectives))
    var cases = unchanged
    var cells: [[ScenarioParameter]] = []
    for name in names {
      let own = scenario.parameters.filter { $0.name == name }
      cells.append(own)
      for level in [StatedLevel.low, .high] {
        let quantity = CaseBuilder.quantity(name, own, as: .level(level))
        cases += unchanged.map { modelCase in
          var changed = modelCase
          // What a perspective sets stays as it sets it.
          if !changed.parameters.contains(where: { $0.name == name }),
            !changed.variables.contains(where: { $0.name == name })
          {
            changed.parameters += quantity.parameters
            changed.variables += quantity.variables
          }
          return changed
        }
      }
    }
    model.cases = cases
    for index in model.outputs.indices {
      if let kept = model.outputs[index].cases {
        model.outputs[index].cases = Set(
          cases.indices.filter { kept.contains($0 % perspectives) })
      }
    }
    let plan = try scenario.compiled(model)
    var values: [Key: Double] = [:]
    var bases: [(Output, Key)] = []
    for (index, output) in plan.outputs.enumerated() where output.index < ownOutputs {
      let key = Key(output: output.index, labels: output.labels, modelCase: output.modelCase)
      values[key] = try value(plan, index, scenario, "one-way")
      if output.modelCase < perspectives { bases.append((output, key)) }
    }
    let rows = names.indices.flatMap { place in
      bases.map { output, key in
        func at(_ side: Int) -> Double {
          var key = key
          key.modelCase += perspectives * (1 + 2 * place + side)
          return values[key] ?? .nan
        }
        let own = cells[place]
        return OneWayRow(
          output: output, parameter: names[place],
          lowInput: own.count == 1 ? own[0].number(at: .low) : .nan,
          highInput: own.count == 1 ? own[0].number(at: .high) : .nan,
          isStated: own.allSatisfy { $0.isStated(.low) && $0.isStated(.high) },
          base: values[key] ?? .nan, low: at(0), high: at(1))
      }
    }
    return (
      rows,
      OneWayDecisionRow.rows(
        scenario, plan, names, first: ownOutputs, perspectives: perspectives)
    )
  }

  private struct Key: Hashable {
    let output: Int
    let labels: [LabelChoice]
    var modelCase: Int
  }

  private static func value(_ plan: Plan, _ index: Int, _ scenario: Scenario, _ run: String) throws
    -> Double
  {
    let output = plan.outputs[index]
    guard let value = plan.constantValue(ofOutput: index) else {
      throw BaseFault(
        scenario: scenario, output: output,
        found: "depends on rows that are drawn, so that it has no value at one point")
    }
    guard value.isFinite else {
      throw BaseFault(
        scenario: scenario, output: output,
        found: "is \(value.isNaN ? "not a number (NaN)" : "infinite") in the \(run) run")
    }
    return value
  }
}

/// Why a scenario has no deterministic result.
public struct BaseFault: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(scenario: Scenario, output: Output, found: String) {
    let place = scenario.outputs[output.index].position
    description =
      "\(place.text(in: scenario.file)): error: output "
      + "\(Excerpt.quoted(output.fullName)) \(found); expected a finite number. "
      + "Nothing was written."
  }
}
