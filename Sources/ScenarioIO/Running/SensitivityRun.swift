// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore

/// How the outputs of a scenario go with its parameters, from draws of the run.
///
/// For the scenario itself, not its variants; from every perspective. Draws are independent ones whatever
/// the method of the run, since the error estimates need that.
struct SensitivityRun {
  /// Enough for indices with errors below 0.01, and a small share of a long run.
  private static let mostIterations = 65_536
  /// Parameters times outcomes; outcomes beyond are left out, the last first.
  private static let mostPairs = 10_000
  /// The most values kept in memory: 512 MB.
  private static let mostValues = 1 << 26

  let parameters: [ParameterSensitivity]
  let outcomes: [(name: String, values: [Double])]
  private let workers: Int

  /// - Returns: `nil` when nothing is uncertain, or nothing varies.
  init?(_ scenario: Scenario, settings: RunSettings, tables: TableStore, control: RunControl) throws
  {
    var model = scenario.model
    let perspectives = max(scenario.perspectives.count, 1)
    model.cases = Array(model.cases.prefix(perspectives))
    model.outputs = model.outputs.map { output in
      var output = output
      output.cases = output.cases.map { $0.filter { $0 < perspectives } }
      return output
    }
    let plan = try scenario.compiled(model, recordsParameters: true, tables: tables)
    var settings = settings
    settings.method = .random
    let columns = plan.recordedParameters.count + plan.outputs.count
    settings.iterations = min(
      settings.iterations, Self.mostIterations, Self.mostValues / max(columns, 1))
    let constant = Set(scenario.parameters.filter(\.isConstant).map(\.fullName))
    let uncertain = plan.recordedParameters.indices.filter {
      !constant.contains(plan.recordedParameters[$0])
    }
    let varying = plan.outputs.indices.filter { plan.constantValue(ofOutput: $0) == nil }
    guard settings.iterations > 100, !uncertain.isEmpty, !varying.isEmpty,
      uncertain.count <= Self.mostPairs
    else { return nil }
    let draws = try Simulation(plan, settings: settings).draws(control: control)
    workers = settings.workers
    parameters = Parallel.map(uncertain.count, workers: workers) { index in
      let column = uncertain[index]
      return ParameterSensitivity(
        DrawColumn(name: plan.recordedParameters[column], values: draws[column]))
    }
    let series = SeriesColumns(scenario)
    outcomes = varying.prefix(Self.mostPairs / uncertain.count).map {
      (series.drawsName(plan.outputs[$0]), draws[plan.recordedParameters.count + $0])
    }
  }

  func write(to folder: ResultFolder) throws(OutputError) {
    let tables = SensitivityTables(parameters: parameters, outcomes: outcomes, workers: workers)
    try folder.write(tables.csv, to: "sensitivity.csv")
    try folder.write(tables.conditionalMeans, to: "conditional-means.csv")
  }
}
