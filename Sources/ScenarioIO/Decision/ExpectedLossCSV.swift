// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `expected-loss.csv`: what each strategy is expected to lose against the best of each draw, per person.
///
/// Figures: `expected_loss` of each strategy; `optimal`, the same of the one with the highest mean net benefit.
enum ExpectedLossCSV {
  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var table = FigureTable(tables)
    for group in tables.groups {
      for (point, information) in zip(
        group.analysis.expectedLosses, group.analysis.perfectInformation)
      {
        for s in point.losses.indices {
          table.subject = group.subject(s, willingnessToPay: point.willingnessToPay)
          table.row("expected_loss", point.losses[s], unit: tables.settings.currency)
        }
        let s = information.optimal
        table.subject = group.subject(s, willingnessToPay: point.willingnessToPay)
        table.row("optimal", point.losses[s], unit: tables.settings.currency)
      }
    }
    return table.bytes
  }
}
