// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a stretch of blocks contributes to a run: made by `Simulation.part`, merged, and turned into the
/// result by `Simulation.result`.
public struct RunPart: Sendable {
  var summaries: BlockSummaries
  var search: OrderStatisticsSearch

  /// Joins the parts of disjoint stretches of the same run, in any order.
  public mutating func merge(_ other: RunPart) {
    summaries.merge(other.summaries)
    search.merge(other.search)
  }

  /// Whether these blocks are covered and no others.
  public func covers(exactly blocks: Range<Int>) -> Bool {
    summaries.moments.allSatisfy { $0.covers(exactly: blocks) }
  }
}
