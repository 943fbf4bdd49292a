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

  /// Costs and effects of every case; without parameters where those of `information` are fewer.
  let groups: [DecisionGroup]
  /// The first iterations, with parameters: for the value of information. In the order of `groups`.
  let information: [DecisionGroup]
  let iterations: Int
  /// Those of `information`.
  var informationIterations: Int { information.first?.draws.count ?? 0 }

  /// - Parameter recorded: costs and effects that the run has recorded; simulated when `nil`.
  init(
    _ scenario: Scenario, _ decision: ScenarioDecision, settings: RunSettings, tables: TableStore,
    control: RunControl, recorded: DecisionRecorder? = nil
  ) throws {
    let model = scenario.decisionModel(decision, scenario.model)
    let plan = try scenario.compiled(model, recordsParameters: true, tables: tables)
    iterations = Self.iterations(settings, outputs: plan.outputs.count)
    var settings = settings
    settings.method = .random
    settings.iterations = min(
      iterations, decision.informationIterations,
      max(1024, Self.mostValues / (plan.recordedParameters.count + plan.outputs.count)))
    let draws = try Simulation(plan, settings: settings).draws(control: control)
    let constant = Set(scenario.parameters.filter(\.isConstant).map(\.fullName))
    let parameters = zip(plan.recordedParameters, draws)
      .filter { !constant.contains($0.0) }
      .map { DrawColumn(name: $0.0, values: $0.1) }
    let values = Array(draws[plan.recordedParameters.count...])
    information = try scenario.cases.indices.map { place in
      try Self.group(scenario, plan.outputs, values, place, parameters)
    }
    if settings.iterations == iterations {
      groups = information
      return
    }
    settings.iterations = iterations
    if let recorded = recorded?.takeColumns(of: iterations, workers: settings.workers) {
      groups = try scenario.cases.indices.map { place in
        try Self.group(scenario, plan.outputs, recorded, place, [])
      }
      return
    }
    let whole = try Simulation(try scenario.compiled(model, tables: tables), settings: settings)
      .draws(control: control)
    groups = try scenario.cases.indices.map { place in
      try Self.group(scenario, plan.outputs, whole, place, [])
    }
  }

  /// Those of a run that memory has room for.
  static func iterations(_ settings: RunSettings, outputs: Int) -> Int {
    min(settings.iterations, max(1024, mostValues / max(outputs, 1)))
  }

  private static func group(
    _ scenario: Scenario, _ outputs: [Output], _ values: [[Double]], _ place: Int,
    _ parameters: [DrawColumn]
  ) throws -> DecisionGroup {
    let scenarioCase = scenario.cases[place]
    func columns(_ index: Int) -> [(strategy: String?, values: [Double])] {
      outputs.indices.filter { outputs[$0].index == index && outputs[$0].modelCase == place }
        .map { (outputs[$0].labels.first?.label, values[$0]) }
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
