// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `summary.csv`: one row per output, case and combination of labels.
///
/// Percentiles that any output asks for are columns of all; `_low` and `_high` are the ends of the 95 %
/// interval of the percentile above them: order statistics for independent iterations, from replicates for
/// other methods.
enum SummaryTable {
  static func csv(_ scenario: Scenario, _ plan: Plan, _ result: RunResult) -> [UInt8] {
    let series = SeriesColumns(scenario)
    let percents = Set(scenario.outputs.flatMap(\.percentiles)).sorted()
    var header = ["output"] + series.header + ["unit", "iterations"]
    header += ["mean", "mcse", "sd", "min", "max"]
    for percent in percents {
      let name = NumberText.percentileName(percent)
      header += [name, name + "_low", name + "_high"]
    }
    header += ["p_positive", "p_positive_mcse"]
    var csv = CSVWriter(header: header)
    for (item, summary) in zip(plan.outputs, result.outputs) {
      let output = scenario.outputs[item.index]
      csv.text(output.name)
      series.write(item, to: &csv)
      csv.text(scenario.units.text(of: output))
      csv.number(result.iterations)
      csv.number(summary.moments.mean)
      csv.number(summary.meanStandardError)
      csv.number(summary.moments.standardDeviation)
      csv.number(summary.moments.minimum)
      csv.number(summary.moments.maximum)
      let byPercent = Dictionary(
        zip(output.percentiles, summary.percentiles), uniquingKeysWith: { first, _ in first })
      for percent in percents {
        csv.number(byPercent[percent]?.value)
        csv.number(byPercent[percent]?.lower)
        csv.number(byPercent[percent]?.upper)
      }
      csv.number(summary.positive.value)
      csv.number(summary.positiveStandardError)
      csv.endLine()
    }
    return csv.bytes
  }
}
