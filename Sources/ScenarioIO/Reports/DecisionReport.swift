// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// What `simulate` prints about a decision analysis.
public enum DecisionReport {
  /// The result of an analysis of draws.
  public static func result(_ result: AnalysisResult) -> String {
    let draws = result.imported.draws
    var text = ReadableNumber.count(draws.count, "iteration")
    text += ", \(draws.strategies.count) strategies, "
    text += ReadableNumber.count(draws.parameters.count, "parameter")
    text += ", \(ReadableNumber.string(result.seconds, digits: 2)) s\n"
    for group in result.tables.groups { text += "\n" + tables(group, result.tables.settings) }
    text += StudyReport.text(result.optima)
    return text + "\n  Written to \(Excerpt.escaped(result.folder))/\n"
  }

  /// The full incremental table, then who is best at each willingness to pay.
  public static func tables(_ group: DecisionTables.Group, _ settings: DecisionSettings) -> String {
    incremental(group, settings) + "\n" + choices(group, settings)
  }

  private static func incremental(_ group: DecisionTables.Group, _ settings: DecisionSettings)
    -> String
  {
    let analysis = group.analysis
    let names = analysis.draws.strategies
    var table = TextTable(
      header: ["strategy", "cost", "mcse", "effect", "mcse", "ICER", "mcse", "against"],
      leftColumns: [0, 7])
    for s in analysis.frontier.order {
      let standing = analysis.frontier.standings[s]
      let step = analysis.steps.first { $0.strategy == s }
      let ratio = step?.ratio.icer.value.map { ReadableNumber.string($0) }
      table.add([
        names[s],
        ReadableNumber.string(analysis.means[s].cost.value), error(analysis.means[s].cost),
        ReadableNumber.string(analysis.means[s].effect.value), error(analysis.means[s].effect),
        ratio ?? (standing == .reference ? "" : standing.name),
        step?.ratio.monteCarloStandardError.map { ReadableNumber.string($0, digits: 2) } ?? "",
        standing.comparators.map { Excerpt.shortened(names[$0]) }.joined(separator: " + "),
      ])
    }
    return table.text
  }

  /// Rows of willingness to pay that are printed; the files hold all.
  private static let mostRows = 20

  private static func choices(_ group: DecisionTables.Group, _ settings: DecisionSettings) -> String
  {
    let analysis = group.analysis
    var table = TextTable(
      header: ["wtp", "highest mean NMB", "NMB", "mcse", "P(best)", "EVPI", "mcse"],
      leftColumns: [1])
    let count = analysis.willingnessToPay.count
    for i in analysis.willingnessToPay.indices.prefix(mostRows) {
      let information = analysis.perfectInformation[i]
      let best = information.optimal
      let netBenefit = analysis.netBenefits[i * analysis.draws.strategies.count + best]
      table.add([
        ReadableNumber.string(analysis.willingnessToPay[i]),
        Excerpt.shortened(analysis.draws.strategies[best]),
        ReadableNumber.string(netBenefit.mean.value), error(netBenefit.mean),
        ReadableNumber.share(analysis.acceptability[i].frontier.value),
        ReadableNumber.string(information.value.value), error(information.value),
      ])
    }
    let rest = count > mostRows ? "  … and \(count - mostRows) more in the files\n" : ""
    return table.text + rest
  }

  private static func error(_ estimate: Estimate) -> String {
    estimate.monteCarloStandardError.map { ReadableNumber.string($0, digits: 2) } ?? ""
  }
}
