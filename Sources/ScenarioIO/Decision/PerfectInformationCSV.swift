// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `evpi.csv`: the expected value of perfect information, with the strategy that is chosen without it.
///
/// Figures: `evpi` per person; `evpi_bias`, an estimate of its small-sample bias, itself without an error;
/// with a population `effective_population`, which has no Monte Carlo error, and `evpi_population`.
enum PerfectInformationCSV {
  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var table = FigureTable(tables)
    let currency = tables.settings.currency
    for group in tables.groups {
      for point in group.analysis.perfectInformation {
        table.subject = group.subject(point.optimal, willingnessToPay: point.willingnessToPay)
        table.row("evpi", point.value, unit: currency.isEmpty ? "" : currency + "/person")
        if let bias = point.bias {
          table.row(
            "evpi_bias", bias, mcse: nil, unit: currency.isEmpty ? "" : currency + "/person")
        }
        guard let persons = tables.settings.population?.effective else { continue }
        table.row("effective_population", persons, mcse: 0, unit: "person")
        table.row(
          "evpi_population", point.value.value * persons,
          mcse: point.value.monteCarloStandardError.map { $0 * persons }, unit: currency)
      }
    }
    return table.bytes
  }
}
