// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `ceac.csv`: how likely each strategy is the best, and the frontier.
///
/// Figures: `p_best` of each strategy, ties split; `p_tied`, the share of draws in which it is best together with
/// another; `frontier`, the `p_best` of the strategy with the highest mean net benefit; `p_better`, how likely a
/// strategy has more net benefit than the comparator.
enum AcceptabilityCSV {
  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var table = FigureTable(tables)
    for group in tables.groups {
      for point in group.analysis.acceptability {
        for s in point.probabilities.indices {
          table.subject = group.subject(s, willingnessToPay: point.willingnessToPay)
          table.row("p_best", point.probabilities[s])
          table.row("p_tied", point.tied[s])
        }
        table.subject = group.subject(point.optimal, willingnessToPay: point.willingnessToPay)
        table.row("frontier", point.frontier)
        let (draws, comparator) = (group.analysis.draws, group.analysis.comparator)
        for s in draws.strategies.indices where s != comparator {
          table.subject = group.subject(
            s, against: comparator, willingnessToPay: point.willingnessToPay)
          table.row(
            "p_better",
            IncrementalNetBenefit.positive(
              draws, strategy: s, comparator: comparator, willingnessToPay: point.willingnessToPay))
        }
      }
    }
    return table.bytes
  }
}
