// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Two parameters at every pair of their stated values, all others at base.
struct TwoWayRun {
  struct Grid {
    let twoWay: ScenarioSensitivity.TwoWay
    let model: ScenarioPoints
    /// By output of the plan, then point; the second parameter goes fastest.
    let columns: [[Double]]

    func values(_ point: Int) -> (Double, Double) {
      let width = twoWay.second.values.count
      return (twoWay.first.values[point / width], twoWay.second.values[point % width])
    }

    var pointCount: Int { twoWay.first.values.count * twoWay.second.values.count }
  }

  let grids: [Grid]

  init(_ scenario: Scenario) throws {
    grids = try scenario.sensitivity.twoWay.map { twoWay in
      let names = [twoWay.first.parameter, twoWay.second.parameter]
      let model = try ScenarioPoints(scenario, varying: names)
      let first = twoWay.first.values.flatMap { value in twoWay.second.values.map { _ in value } }
      let second = twoWay.first.values.flatMap { _ in twoWay.second.values }
      let columns = try model.checked([names[0]: first, names[1]: second], order: names)
      return Grid(twoWay: twoWay, model: model, columns: columns)
    }
  }

  func write(_ scenario: Scenario, to folder: ResultFolder) throws(OutputError) {
    if grids.isEmpty { return }
    try folder.write(TwoWayTable.csv(grids, scenario), to: "two-way.csv")
    if scenario.decision != nil {
      try folder.write(TwoWayTable.decision(grids, scenario), to: "two-way-decision.csv")
    }
  }
}

/// `two-way.csv` and `two-way-decision.csv`.
enum TwoWayTable {
  private static let inputs = ["analysis", "first", "first_value", "second", "second_value"]

  /// Every output at every point.
  static func csv(_ grids: [TwoWayRun.Grid], _ scenario: Scenario) -> [UInt8] {
    let series = SeriesColumns(scenario)
    var csv = CSVWriter(header: inputs + ["output"] + series.header + ["value", "unit"])
    for grid in grids {
      for place in grid.model.outputs {
        let output = grid.model.output(place)
        for point in 0..<grid.pointCount {
          write(grid, point, to: &csv)
          csv.text(output.name)
          series.write(output, to: &csv)
          csv.number(grid.columns[place][point])
          csv.text(scenario.unit(ofOutput: output.index))
          csv.endLine()
        }
      }
    }
    return csv.bytes
  }

  /// Net monetary benefit of every strategy at every point and willingness to pay, and which is best.
  static func decision(_ grids: [TwoWayRun.Grid], _ scenario: Scenario) -> [UInt8] {
    var csv = CSVWriter(
      header: inputs + ["perspective", "wtp", "strategy", "cost", "effect", "nmb", "best", "unit"])
    for grid in grids {
      for (perspective, strategies) in grid.model.decisions {
        for wtp in scenario.decision?.willingnessToPay ?? [] {
          for point in 0..<grid.pointCount {
            let benefits = ScenarioPoints.netBenefits(strategies, grid.columns, point, wtp)
            let most = benefits.max() ?? 0
            let ties = benefits.count { $0 == most }
            for (strategy, benefit) in zip(strategies, benefits) {
              write(grid, point, to: &csv)
              csv.text(perspective)
              csv.number(wtp)
              csv.text(strategy.name)
              csv.number(strategy.cost.map { grid.columns[$0][point] } ?? 0)
              csv.number(strategy.effect.map { grid.columns[$0][point] } ?? 0)
              csv.number(benefit)
              csv.text(benefit < most ? "no" : ties > 1 ? "tied" : "yes")
              csv.text(scenario.currency)
              csv.endLine()
            }
          }
        }
      }
    }
    return csv.bytes
  }

  private static func write(_ grid: TwoWayRun.Grid, _ point: Int, to csv: inout CSVWriter) {
    let (first, second) = grid.values(point)
    csv.text(grid.twoWay.name)
    csv.text(grid.twoWay.first.parameter)
    csv.number(first)
    csv.text(grid.twoWay.second.parameter)
    csv.number(second)
  }
}
