// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore

/// First-order and total Sobol' indices from a Saltelli design: two independent sets of draws, and for each
/// parameter the first with its draws from the second.
///
/// Rows are independent draws whatever the method of the run.
struct SobolIndicesRun {
  struct Row {
    let parameter: String
    let output: Output
    let indices: SobolIndices
  }

  /// The most values kept in memory: 512 MB.
  private static let mostValues = 1 << 26

  let rows: [Row]
  let designRows: Int
  let evaluations: Int

  /// - Returns: `nil` when none are asked for, or nothing varies.
  init?(_ scenario: Scenario, settings: RunSettings, tables: TableStore, control: RunControl) throws
  {
    guard let request = scenario.sensitivity.sobolIndices else { return nil }
    var names: [String] = []
    for parameter in scenario.parameters
    where !parameter.isConstant && !names.contains(parameter.name)
      && request.vary?.contains(parameter.name) ?? true
    {
      names.append(parameter.name)
    }
    let plan = try scenario.compiled(scenario.withoutVariants(scenario.model), tables: tables)
    let most = max(1, Self.mostValues / (4 * request.rows))
    let outputs = Array(
      plan.outputs.indices.filter { plan.constantValue(ofOutput: $0) == nil }.prefix(most))
    if names.isEmpty || outputs.isEmpty { return nil }
    var settings = settings
    settings.method = .random
    settings.iterations = request.rows
    settings.seed = Resimulation.seed(settings.seed, 3)
    let other = Resimulation.seed(settings.seed, 4)
    func outcomes(_ overrides: DrawOverrides) throws -> [[Double]] {
      do throws(RunError) {
        return try Simulation(plan, settings: settings, overrides: overrides)
          .draws(control: control)
      } catch {
        throw error.told { "row \($0 + 1) of the design of `sobol_indices`" }
      }
    }
    let a = try outcomes(DrawOverrides())
    let streams = plan.model.parameters.map(\.stream) + plan.model.rows.map(\.name)
    let b = try outcomes(
      DrawOverrides(
        streams: Dictionary(
          streams.map { ($0, .reseeded(other)) }, uniquingKeysWith: { first, _ in first })))
    var rows: [Row] = []
    for name in names {
      let ab = try outcomes(DrawOverrides(streams: [name: .reseeded(other)]))
      rows += outputs.map {
        Row(
          parameter: name, output: plan.outputs[$0],
          indices: SobolIndices(a: a[$0], b: b[$0], ab: ab[$0]))
      }
    }
    self.rows = rows
    designRows = request.rows
    evaluations = request.rows * (names.count + 2)
  }

  func write(_ scenario: Scenario, to folder: ResultFolder) throws(OutputError) {
    try folder.write(SobolIndicesTable.csv(self, scenario), to: "sobol-indices.csv")
  }
}

/// `sobol-indices.csv`: one row for each parameter and output.
enum SobolIndicesTable {
  static func csv(_ run: SobolIndicesRun, _ scenario: Scenario) -> [UInt8] {
    let series = SeriesColumns(scenario)
    var csv = CSVWriter(
      header: ["parameter", "output"] + series.header + [
        "first_order", "first_order_mcse", "total", "total_mcse", "rows", "evaluations",
      ])
    for row in run.rows {
      csv.text(row.parameter)
      csv.text(row.output.name)
      series.write(row.output, to: &csv)
      csv.number(row.indices.firstOrder.value)
      csv.number(row.indices.firstOrder.monteCarloStandardError)
      csv.number(row.indices.total.value)
      csv.number(row.indices.total.monteCarloStandardError)
      csv.number(run.designRows)
      csv.number(run.evaluations)
      csv.endLine()
    }
    return csv.bytes
  }
}
