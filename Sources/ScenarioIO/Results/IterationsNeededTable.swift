// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `iterations-needed.csv`: for the figures of each output, how exact they are now and how many iterations
/// would make them as exact as wanted.
///
/// Wanted is a half-width of 1 % of the sd for the mean and percentiles and of 0.005 for P(> 0). Half the
/// half-width takes four times the iterations. The first 256 rows of `summary.csv`.
enum IterationsNeededTable {
  /// Of the sd.
  static let wantedShareOfSpread = 0.01
  /// Half a percentage point.
  static let wantedProbability = 0.005

  static func csv(
    _ scenario: Scenario, _ plan: Plan, _ result: RunResult, settings: RunSettings
  ) -> [UInt8] {
    let series = SeriesColumns(scenario)
    var csv = CSVWriter(
      header: ["output"] + series.header + [
        "unit", "iterations", "figure", "value", "half_width", "wanted_half_width",
        "iterations_needed",
      ])
    for (item, summary) in zip(plan.outputs, result.outputs).prefix(RunResult.mostRunning) {
      let output = scenario.outputs[item.index]
      let wanted = summary.moments.standardDeviation.map { wantedShareOfSpread * $0 }
      var rows: [(String, Double?, Precision, Double?)] = [
        (
          "mean", summary.moments.mean,
          Precision.ofMean(
            standardError: summary.meanStandardError, iterations: result.iterations,
            quantile: settings.errorQuantile), wanted
        )
      ]
      for (percent, percentile) in zip(output.percentiles, summary.percentiles) {
        rows.append(
          (
            NumberText.percentileName(percent), percentile.value,
            Precision.ofPercentile(percentile, iterations: result.iterations), wanted
          ))
      }
      rows.append(
        (
          "p_positive", summary.positive.value,
          Precision.ofShare(
            summary.positive.value ?? 0, standardError: summary.positiveStandardError,
            iterations: result.iterations, method: settings.method,
            quantile: settings.errorQuantile), wantedProbability
        ))
      for (figure, value, precision, wanted) in rows {
        csv.text(output.name)
        series.write(item, to: &csv)
        csv.text(scenario.units.text(of: output))
        csv.number(result.iterations)
        csv.text(figure)
        csv.number(value)
        csv.number(precision.halfWidth)
        csv.number(wanted)
        if let needed = wanted.flatMap({ precision.iterationsNeeded(for: $0) }) {
          csv.number(needed)
        } else {
          csv.empty()
        }
        csv.endLine()
      }
    }
    return csv.bytes
  }
}
