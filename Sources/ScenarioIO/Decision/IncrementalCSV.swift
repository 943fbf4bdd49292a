// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `incremental.csv`: means of each strategy, the full incremental table, and each strategy against the comparator.
///
/// Figures: `cost`, `effect` (means); `standing` with its word in `reading`, `frontier_cost`,
/// `frontier_effect`, `frontier_icer` (against the strategy before on the frontier); `incremental_cost`,
/// `incremental_effect`, `icer`, `icer_ui95_low`, `icer_ui95_high`, `share_sign_kept`, `share_…` of the
/// quadrants (against the comparator). The word of an ICER is in `reading`; only a ratio has a value.
enum IncrementalCSV {
  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var table = FigureTable(tables, hasWillingnessToPay: false, hasReading: true)
    for group in tables.groups {
      let analysis = group.analysis
      for s in analysis.draws.strategies.indices {
        table.subject = group.subject(s)
        table.row("cost", analysis.means[s].cost, unit: tables.settings.currency)
        table.row("effect", analysis.means[s].effect, unit: tables.settings.effectUnit)
      }
      for s in analysis.frontier.order { standing(of: s, group, tables, &table) }
      for comparison in analysis.comparisons { pairwise(comparison, group, tables, &table) }
    }
    return table.bytes
  }

  private static func standing(
    of s: Int, _ group: DecisionTables.Group, _ tables: DecisionTables, _ table: inout FigureTable
  ) {
    let standing = group.analysis.frontier.standings[s]
    table.subject = group.subject(s, against: standing.comparators.first)
    if standing.comparators.count > 1 {
      // Between two strategies: both names.
      table.subject.comparator = standing.comparators
        .map { group.analysis.draws.strategies[$0] }.joined(separator: " + ")
    }
    table.row("standing", nil, mcse: nil, reading: standing.name, unit: "")
    guard let step = group.analysis.steps.first(where: { $0.strategy == s }) else { return }
    table.row("frontier_cost", step.cost, unit: tables.settings.currency)
    table.row("frontier_effect", step.effect, unit: tables.settings.effectUnit)
    ratio("frontier_icer", step, tables, &table)
  }

  private static func pairwise(
    _ comparison: Comparison, _ group: DecisionTables.Group, _ tables: DecisionTables,
    _ table: inout FigureTable
  ) {
    table.subject = group.subject(comparison.strategy, against: comparison.comparator)
    table.row("incremental_cost", comparison.cost, unit: tables.settings.currency)
    table.row("incremental_effect", comparison.effect, unit: tables.settings.effectUnit)
    ratio("icer", comparison, tables, &table)
    let uncertainty = comparison.uncertainty
    for (name, end) in [("icer_ui95_low", uncertainty.low), ("icer_ui95_high", uncertainty.high)] {
      guard let end else { continue }
      let (low, high) = (end.lower?.value, end.upper?.value)
      var mcse: Double?
      if let low, let high { mcse = (high - low) / (2 * 1.959963984540054) }
      table.row(
        name, end.icer.value, mcse: end.icer.value == nil ? nil : mcse, low: low, high: high,
        reading: end.icer == .undefined ? "open" : end.icer.name, unit: tables.ratioUnit)
    }
    table.row("share_sign_kept", uncertainty.signKept)
    table.row("share_northeast", uncertainty.quadrants.northeast)
    table.row("share_northwest", uncertainty.quadrants.northwest)
    table.row("share_southwest", uncertainty.quadrants.southwest)
    table.row("share_southeast", uncertainty.quadrants.southeast)
    table.row("share_axis", uncertainty.quadrants.axis)
  }

  private static func ratio(
    _ name: String, _ comparison: Comparison, _ tables: DecisionTables, _ table: inout FigureTable
  ) {
    let ratio = comparison.ratio
    let isSaving = ratio.icer.value != nil && comparison.effect.value < 0
    table.row(
      name, ratio.icer.value, mcse: ratio.monteCarloStandardError, low: ratio.fieller?.lowerBound,
      high: ratio.fieller?.upperBound,
      reading: isSaving ? "saving per unit of effect lost" : ratio.icer.name,
      unit: tables.ratioUnit)
  }
}

extension Standing {
  /// The word in tables.
  var name: String {
    switch self {
    case .reference: "reference"
    case .efficient: "efficient"
    case .dominated: "dominated"
    case .extendedlyDominated: "extendedly dominated"
    case .duplicate: "duplicate"
    }
  }

  /// The strategies that the standing is against.
  var comparators: [Int] {
    switch self {
    case .reference: []
    case .efficient(let other), .dominated(let other), .duplicate(let other): [other]
    case .extendedlyDominated(let lower, let upper): [lower, upper]
    }
  }
}
