// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore

/// Finds the size at which a stop rule's conditions hold.
///
/// Every check is a run of its own of the outputs concerned, of exactly so many iterations, with the run's seed
/// and method. Hence the figures that a check sees are those of the run that would follow, for every method and
/// any number of workers. Iterations of smaller checks are computed again, not kept.
struct StopSearch {
  private let scenario: Scenario
  private let rule: StopRule
  private let settings: RunSettings
  private let tables: TableStore
  private let control: RunControl
  private let plan: Plan?

  init(
    _ scenario: Scenario, _ rule: StopRule, settings: RunSettings, tables: TableStore,
    control: RunControl
  ) throws {
    self.scenario = scenario
    self.rule = rule
    var settings = settings
    settings.pointsPerRandomisation = rule.points(settings.method)
    self.settings = settings
    self.tables = tables
    self.control = control
    let names = Set(rule.conditions.compactMap(\.output))
    var model = scenario.model
    model.outputs = model.outputs.filter { names.contains($0.name) }.map { output in
      var output = output
      output.histogram = nil
      output.probabilities = Self.probabilities(output, scenario, rule)
      return output
    }
    plan = names.isEmpty ? nil : try scenario.compiled(model, tables: tables)
  }

  /// Those of the output that a condition asks for.
  private static func probabilities(_ output: Output, _ scenario: Scenario, _ rule: StopRule)
    -> [Double]
  {
    guard let stated = scenario.outputs.first(where: { $0.name == output.name }) else { return [] }
    return zip(stated.percentiles, output.probabilities).filter { percent, _ in
      rule.conditions.contains { $0.figure == .percentile(percent, output: output.name) }
    }.map(\.1)
  }

  func run() throws -> StopRecord {
    var checks: [StopRecord.Check] = []
    for size in rule.sizes(settings.method) {
      let check = try check(size)
      checks.append(check)
      if check.holds { break }
    }
    let last = checks[checks.count - 1]
    return StopRecord(
      rule: rule, reason: last.holds ? .conditionsHold : .maximum,
      points: settings.pointsPerRandomisation, checks: checks)
  }

  private func check(_ size: Int) throws -> StopRecord.Check {
    var settings = settings
    settings.iterations = size
    let blocks = (size + Plan.blockLength - 1) / Plan.blockLength
    settings.workers = max(1, min(settings.workers, blocks))
    let result = try plan.map { try Simulation($0, settings: settings).run(control: control) }
    var draws: DecisionDraws?
    if let decision = scenario.decision, rule.conditions.contains(where: { $0.output == nil }) {
      draws = try DecisionDraws(
        scenario, decision, settings: settings, tables: tables, control: control)
    }
    if control.isCancelled { throw RunError.cancelled }
    let values = rule.conditions.map { condition in
      if case .acceptability(let wtp) = condition.figure {
        return Self.worst(condition, acceptability(condition, wtp, draws))
      }
      return Self.worst(condition, figures(condition, result, settings))
    }
    return StopRecord.Check(
      iterations: size,
      randomisations: settings.pointsPerRandomisation == nil ? nil : settings.replicates,
      values: values)
  }

  // MARK: Figures

  /// A figure of one row of the result, with its error and what it must not be above.
  private struct Figure {
    let name: String
    let value: Double
    let error: Double?
    let limit: Double
  }

  /// Of every row of the condition's output.
  private func figures(
    _ condition: StopCondition, _ result: RunResult?, _ settings: RunSettings
  ) -> [Figure] {
    guard let plan, let result else { return [] }
    let series = SeriesColumns(scenario)
    return zip(plan.outputs, result.outputs).compactMap { item, summary in
      guard item.name == condition.output else { return nil }
      let (method, size) = (settings.method, settings.iterations)
      let quantile = settings.errorQuantile
      let value: Double
      let error: Double?
      switch condition.figure {
      case .mean:
        value = summary.moments.mean
        error =
          condition.measure == .mcse
          ? summary.meanStandardError
          : Precision.ofMean(
            standardError: summary.meanStandardError, iterations: size, quantile: quantile
          ).halfWidth
      case .percentile(let percent, _):
        let stated = scenario.outputs.first { $0.name == item.name }?.percentiles ?? []
        let asked = stated.filter { percent in
          rule.conditions.contains { $0.figure == .percentile(percent, output: item.name) }
        }
        guard let place = asked.firstIndex(of: percent) else { return nil }
        let percentile = summary.percentiles[place]
        value = percentile.value
        let half = Precision.ofPercentile(percentile, iterations: size).halfWidth
        error = condition.measure == .mcse ? half.map { $0 / method.errorQuantile } : half
      case .positive:
        value = summary.positive.value ?? .nan
        let half = Precision.ofShare(
          value, standardError: summary.positiveStandardError, iterations: size, method: method,
          quantile: quantile
        ).halfWidth
        error = condition.measure == .mcse ? half.map { $0 / quantile } : half
      case .acceptability: return nil
      }
      let unit =
        switch condition.scale {
        case .absolute: 1.0
        case .standardDeviation: summary.moments.standardDeviation ?? .nan
        case .mean: abs(summary.moments.mean)
        }
      return Figure(
        name: series.name(item), value: value, error: error, limit: condition.limit * unit)
    }
  }

  /// Of every strategy, in every case.
  private func acceptability(
    _ condition: StopCondition, _ wtp: Double, _ draws: DecisionDraws?
  ) -> [Figure] {
    (draws?.groups ?? []).flatMap { group in
      Acceptability.curve(group.draws, willingnessToPay: [wtp]).flatMap { point in
        zip(group.draws.strategies, point.probabilities).map { strategy, share in
          // Decision figures are always from independent draws.
          let half = Precision.ofShare(
            share.value, standardError: share.monteCarloStandardError,
            iterations: group.draws.count, method: .random
          ).halfWidth
          let labels = [group.perspective, group.variant].filter { !$0.isEmpty }
          let place = labels.isEmpty ? "" : " [\(labels.joined(separator: ", "))]"
          let divisor = condition.measure == .mcse ? SamplingMethod.random.errorQuantile : 1
          return Figure(
            name: strategy + place, value: share.value, error: half.map { $0 / divisor },
            limit: condition.limit)
        }
      }
    }
  }

  /// The figure that is furthest from what is wanted.
  private static func worst(_ condition: StopCondition, _ figures: [Figure]) -> StopRecord.Value {
    func ratio(_ figure: Figure) -> Double {
      guard let error = figure.error else { return .infinity }
      if error == 0 { return 0 }
      let ratio = error / figure.limit
      return ratio.isNaN ? .infinity : ratio
    }
    guard let worst = figures.max(by: { ratio($0) < ratio($1) }) else {
      return StopRecord.Value(
        condition: condition.text, row: "", value: nil, error: nil, limit: condition.limit,
        holds: false)
    }
    return StopRecord.Value(
      condition: condition.text, row: worst.name, value: worst.value, error: worst.error,
      limit: worst.limit, holds: ratio(worst) <= 1)
  }
}
