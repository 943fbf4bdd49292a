// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Shares of draws in the quadrants of the cost-effectiveness plane.
public struct QuadrantShares: Sendable, Hashable {
  /// More effect, more cost.
  public let northeast: Share
  /// Less effect, more cost: the strategy is dominated.
  public let northwest: Share
  /// Less effect, less cost.
  public let southwest: Share
  /// More effect, less cost: the strategy is dominant.
  public let southeast: Share
  /// A difference of exactly 0 in cost, effect or both.
  public let axis: Share

  init(_ counts: QuadrantCounts, of count: Int) {
    northeast = Share(counts.northeast, of: count)
    northwest = Share(counts.northwest, of: count)
    southwest = Share(counts.southwest, of: count)
    southeast = Share(counts.southeast, of: count)
    axis = Share(
      count - counts.northeast - counts.northwest - counts.southwest - counts.southeast, of: count)
  }
}

struct QuadrantCounts {
  private(set) var northeast = 0
  private(set) var northwest = 0
  private(set) var southwest = 0
  private(set) var southeast = 0
  /// Both differences are 0.
  private(set) var origin = 0

  @inline(__always)
  mutating func add(cost: Double, effect: Double) {
    northeast += cost > 0 && effect > 0 ? 1 : 0
    northwest += cost > 0 && effect < 0 ? 1 : 0
    southwest += cost < 0 && effect < 0 ? 1 : 0
    southeast += cost < 0 && effect > 0 ? 1 : 0
    origin += cost == 0 && effect == 0 ? 1 : 0
  }
}
