// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore

/// The draws that a scenario's decision is analysed on: costs and effects of every strategy, for every
/// case, and the parameters of the scenario itself.
///
/// Draws are independent ones, whatever the method of the run: the errors of decision figures need that.
/// Reproducibility: with the method `random`, the first iterations of the run, bit for bit.
struct DecisionDraws {
  /// The most values kept in memory: 512 MB.
  private static let mostValues = 1 << 26

  let groups: [DecisionGroup]
  let iterations: Int

  /// - Returns: `nil` when the scenario states no decision.
  init?(
    _ scenario: Scenario, _ decision: ScenarioDecision, settings: RunSettings, tables: TableStore,
    control: RunControl
  ) throws {
    var model = scenario.model
    model.outputs = [("cost", decision.cost), ("effect", decision.effect)].map { name, value in
      Output(name: name, value: value, probabilities: [], histogram: nil)
    }
    let plan = try scenario.compiled(model, recordsParameters: true, tables: tables)
    let columns = plan.recordedParameters.count + plan.outputs.count
    var settings = settings
    settings.method = .random
    settings.iterations = min(settings.iterations, max(1024, Self.mostValues / columns))
    iterations = settings.iterations
    let draws = try Simulation(plan, settings: settings).draws(control: control)
    let constant = Set(scenario.parameters.filter(\.isConstant).map(\.fullName))
    let parameters = zip(plan.recordedParameters, draws)
      .filter { !constant.contains($0.0) }
      .map { DrawColumn(name: $0.0, values: $0.1) }
    let values = Array(draws[plan.recordedParameters.count...])
    groups = try scenario.cases.indices.map { place in
      try Self.group(scenario, plan, values, place, parameters)
    }
  }

  private static func group(
    _ scenario: Scenario, _ plan: Plan, _ values: [[Double]], _ place: Int,
    _ parameters: [DrawColumn]
  ) throws -> DecisionGroup {
    let scenarioCase = scenario.cases[place]
    func columns(_ index: Int) -> [(strategy: String?, values: [Double])] {
      plan.outputs.indices.filter {
        plan.outputs[$0].index == index && plan.outputs[$0].modelCase == place
      }.map { (plan.outputs[$0].labels.first?.label, values[$0]) }
    }
    let costs = columns(0)
    let effects = columns(1)
    func value(_ columns: [(strategy: String?, values: [Double])], _ strategy: String) -> [Double] {
      (columns.first { $0.strategy == strategy } ?? columns.first)?.values ?? []
    }
    // Parameters of the scenario itself say nothing about the changed values of a variant.
    let own = scenarioCase.variant == nil ? parameters : []
    var draws: Draws
    if scenario.strategies.isEmpty {
      draws = try Draws(
        strategies: ["programme"], costs: [costs[0].values], effects: [effects[0].values],
        parameters: own
      ).besideNothing()
    } else {
      draws = try Draws(
        strategies: scenario.strategies, costs: scenario.strategies.map { value(costs, $0) },
        effects: scenario.strategies.map { value(effects, $0) }, parameters: own)
    }
    if scenario.strategies.count == 1 { draws = try draws.besideNothing() }
    return DecisionGroup(
      variant: scenarioCase.variant ?? "", perspective: scenarioCase.perspective ?? "",
      draws: draws)
  }
}

extension ScenarioDecision {
  func settings(_ scenario: Scenario) throws -> DecisionSettings {
    DecisionSettings(
      comparator: scenario.strategies.count > 1 ? scenario.comparator : nil,
      willingnessToPay: willingnessToPay,
      population: try population.map {
        try Population(
          incidence: $0.incidence, horizon: $0.horizon, discountRate: $0.rate, uptake: $0.uptake)
      }, currency: scenario.currency ?? "",
      effectUnit: effectUnit.isEmpty ? scenario.units.decision.effect : effectUnit,
      willingnessToPayUnit: scenario.units.decision.willingnessToPay)
  }
}
