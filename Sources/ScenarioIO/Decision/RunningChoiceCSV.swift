// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `convergence-ceac.csv`: figures of the decision after the first 1 024, 2 048, 4 096, … draws and after all.
///
/// Figures: `p_best` and `nmb_mean` of each strategy; `frontier` and `evpi` of the one with the highest mean.
/// At five willingnesses to pay at most.
enum RunningChoiceCSV {
  static let mostWillingnessToPay = 5

  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var csv = CSVWriter(
      header: [
        "variant", "perspective", "strategy", "wtp", "wtp_unit", "iterations", "figure", "value",
        "mcse", "unit",
      ])
    for group in tables.groups {
      let names = group.analysis.draws.strategies
      for place in chosen(Array(tables.settings.willingnessToPay.indices)) {
        let wtp = tables.settings.willingnessToPay[place]
        for point in group.analysis.running[place] {
          func row(
            _ strategy: Int, _ figure: String, _ value: Double, _ error: Double?, _ unit: String
          ) {
            csv.text(group.variant)
            csv.text(group.perspective)
            csv.text(names[strategy])
            csv.number(wtp)
            csv.text(tables.ratioUnit)
            csv.number(point.count)
            csv.text(figure)
            csv.number(value)
            csv.number(error)
            csv.text(unit)
            csv.endLine()
          }
          let currency = tables.settings.currency
          for s in names.indices {
            let share = point.acceptability.probabilities[s]
            row(s, "p_best", share.value, share.monteCarloStandardError, "share")
            let mean = point.netBenefits[s]
            row(s, "nmb_mean", mean.value, mean.monteCarloStandardError, currency)
          }
          let optimal = point.acceptability.optimal
          let frontier = point.acceptability.frontier
          row(optimal, "frontier", frontier.value, frontier.monteCarloStandardError, "share")
          row(
            optimal, "evpi", point.evpi.value, point.evpi.monteCarloStandardError,
            currency.isEmpty ? "" : currency + "/person")
        }
      }
    }
    return csv.bytes
  }

  /// All values up to five; else the first, the last and three between at equal steps of place.
  static func chosen<Value>(_ values: [Value]) -> [Value] {
    let most = mostWillingnessToPay
    if values.count <= most { return values }
    return (0..<most).map { values[$0 * (values.count - 1) / (most - 1)] }
  }
}
