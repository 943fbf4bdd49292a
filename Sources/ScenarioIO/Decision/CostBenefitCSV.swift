// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `cost-benefit.csv`: one strategy against nothing, at each willingness to pay.
///
/// Figures: `net_benefit`, `p_positive`, `loss_of_doing`, `loss_of_not_doing`, `evpi`, `break_even_wtp`,
/// `break_even_cost_multiplier`. A break-even figure is left out where no positive number breaks even.
enum CostBenefitCSV {
  /// Two strategies, of which the comparator is nothing.
  static func applies(to analysis: DecisionAnalysis) -> Bool {
    analysis.draws.strategies.count == 2 && analysis.draws.isNothing(analysis.comparator)
  }

  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var table = FigureTable(tables)
    for group in tables.groups where applies(to: group.analysis) {
      let analysis = group.analysis
      let s = 1 - analysis.comparator
      for wtp in analysis.willingnessToPay {
        let result = CostBenefit(
          analysis.draws, strategy: s, comparator: analysis.comparator, willingnessToPay: wtp)
        table.subject = group.subject(s, against: analysis.comparator, willingnessToPay: wtp)
        let currency = tables.settings.currency
        table.row("net_benefit", result.netBenefit, unit: currency)
        table.row("p_positive", result.probabilityPositive)
        table.row("loss_of_doing", result.lossOfDoing, unit: currency)
        table.row("loss_of_not_doing", result.lossOfNotDoing, unit: currency)
        table.row("evpi", result.perfectInformation, unit: currency)
        breakEven("break_even_wtp", result.breakEvenWillingnessToPay, tables.ratioUnit, &table)
        breakEven(
          "break_even_cost_multiplier", result.breakEvenCostMultiplier, "ratio", &table)
      }
    }
    return table.bytes
  }

  private static func breakEven(
    _ name: String, _ figure: CostBenefit.BreakEven?, _ unit: String, _ table: inout FigureTable
  ) {
    guard let figure else { return }
    table.row(
      name, figure.value, mcse: figure.monteCarloStandardError, low: figure.fieller?.lowerBound,
      high: figure.fieller?.upperBound, unit: unit)
  }
}
