// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `nmb.csv`: net monetary and net health benefit of each strategy at each willingness to pay.
///
/// Figures: `nmb_mean`, `nmb_sd`, `nmb_p2.5` …, the same with `nhb`, and `inmb_mean` against the comparator.
/// There is no net health benefit at a willingness to pay of 0.
enum NetBenefitCSV {
  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var table = FigureTable(tables)
    for group in tables.groups {
      let analysis = group.analysis
      let strategies = analysis.draws.strategies.count
      for (place, netBenefit) in analysis.netBenefits.enumerated() {
        let (s, wtp) = (netBenefit.strategy, netBenefit.willingnessToPay)
        table.subject = group.subject(s, willingnessToPay: wtp)
        figures("nmb", netBenefit, unit: tables.settings.currency, &table)
        if let health = netBenefit.health {
          figures("nhb", health, unit: tables.settings.effectUnit, &table)
        }
        guard let against = analysis.comparisons.firstIndex(where: { $0.strategy == s }) else {
          continue
        }
        table.subject = group.subject(s, against: analysis.comparator, willingnessToPay: wtp)
        table.row(
          "inmb_mean", analysis.incrementalNetBenefits[against][place / strategies],
          unit: tables.settings.currency)
      }
    }
    return table.bytes
  }

  private static func figures(
    _ prefix: String, _ netBenefit: NetBenefit, unit: String, _ table: inout FigureTable
  ) {
    table.row("\(prefix)_mean", netBenefit.mean, unit: unit)
    if let sd = netBenefit.standardDeviation { table.row("\(prefix)_sd", sd, unit: unit) }
    for percentile in netBenefit.percentiles {
      let name = NumberText.percentileName(percentile.probability * 100)
      table.row("\(prefix)_\(name)", percentile, unit: unit)
    }
  }
}
