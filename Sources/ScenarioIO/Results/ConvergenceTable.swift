// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `convergence.csv`: the figures of `summary.csv` after the first 1 024, 2 048, 4 096, … iterations, and
/// after all.
///
/// One row per output row of `summary.csv` and size; the first 256 of these rows.
enum ConvergenceTable {
  static func csv(_ scenario: Scenario, _ plan: Plan, _ result: RunResult) -> [UInt8] {
    let series = SeriesColumns(scenario)
    let percents = Set(scenario.outputs.flatMap(\.percentiles)).sorted()
    var header = ["output"] + series.header + ["unit", "iterations", "mean", "mcse", "sd"]
    for percent in percents {
      let name = NumberText.percentileName(percent)
      header += [name, name + "_low", name + "_high"]
    }
    header += ["p_positive", "p_positive_mcse"]
    var csv = CSVWriter(header: header)
    for (index, points) in result.running.enumerated() {
      let item = plan.outputs[index]
      let output = scenario.outputs[item.index]
      for point in points + [RunningSummary(result.outputs[index])] {
        csv.text(output.name)
        series.write(item, to: &csv)
        csv.text(scenario.units.text(of: output))
        csv.number(point.iterations)
        csv.number(point.moments.mean)
        csv.number(point.meanStandardError)
        csv.number(point.moments.standardDeviation)
        let byPercent = Dictionary(
          zip(output.percentiles, point.percentiles), uniquingKeysWith: { first, _ in first })
        for percent in percents {
          let percentile = byPercent[percent] ?? nil
          csv.number(percentile?.value)
          csv.number(percentile?.lower)
          csv.number(percentile?.upper)
        }
        csv.number(point.positive.value)
        csv.number(point.positiveStandardError)
        csv.endLine()
      }
    }
    return csv.bytes
  }
}
