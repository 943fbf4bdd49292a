// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// How draws of one strategy against another spread over the cost-effectiveness plane, and the 95 %
/// uncertainty interval of the ICER where it has one.
///
/// The interval is taken by angle: each draw is a direction from the origin, and directions are ordered around
/// the half-plane in which the mean difference in effect lies.
///
/// ```
/// θ = atan2(s Δc, s Δe),  s = sign of mean Δe        ui95 = tan of the 2.5th and 97.5th percentile of θ
/// ```
/// It exists only when at least 97.5 % of draws keep the sign of the mean difference in effect. Otherwise
/// ratios from opposite quadrants, which mean opposite things, would stand beside each other, and the
/// quadrants' shares say what can be said.
///
/// Numerics: draws at the origin have no direction and are left out of the percentiles.
///
/// Source: percentiles by angle: Obenchain (1999), doi:10.1080/10543409908835478; the trap of quadrants:
/// Stinnett and Mullahy (1997), doi:10.1016/S0895-4356(97)00127-1.
public struct ICERUncertainty: Sendable, Hashable {
  /// An end of the interval, with the ends of its own 95 % order-statistic interval.
  public struct End: Sendable, Hashable {
    /// `undefined` where the direction is beyond the half-plane: the end is open.
    public let icer: ICER
    public let lower: ICER?
    public let upper: ICER?
  }

  /// Share of draws whose difference in effect has the sign of the mean difference; 0 if that is 0.
  public let signKept: Share
  public let quadrants: QuadrantShares
  public let low: End?
  public let high: End?

  /// Least share of draws that must keep the sign for an interval.
  public static let leastSignKept = 0.975

  init(_ draws: Draws, _ pair: PairMoments, strategy: Int, comparator: Int) {
    let mean = pair.effect.mean
    let sign: Double = mean > 0 ? 1 : mean < 0 ? -1 : 0
    var counts = QuadrantCounts()
    var kept = 0
    Differences.forEachBlock(draws, strategy: strategy, comparator: comparator) { costs, effects in
      for i in costs.indices {
        counts.add(cost: costs[i], effect: effects[i])
        kept += effects[i] * sign > 0 ? 1 : 0
      }
    }
    signKept = Share(kept, of: draws.count)
    quadrants = QuadrantShares(counts, of: draws.count)
    guard signKept.value >= Self.leastSignKept else {
      (low, high) = (nil, nil)
      return
    }
    let angles = Self.angles(
      draws, strategy, comparator, sign: sign, count: draws.count - counts.origin)
    func end(_ percentile: PercentileEstimate) -> End {
      func icer(_ angle: Double) -> ICER { Self.icer(angle, sign) }
      return End(
        icer: icer(percentile.value), lower: percentile.lower.map(icer),
        upper: percentile.upper.map(icer))
    }
    low = end(angles[0])
    high = end(angles[1])
  }

  private static func angles(
    _ draws: Draws, _ strategy: Int, _ comparator: Int, sign: Double, count: Int
  ) -> [PercentileEstimate] {
    var angles: [Double] = []
    angles.reserveCapacity(count)
    Differences.forEachBlock(draws, strategy: strategy, comparator: comparator) { costs, effects in
      for i in costs.indices where costs[i] != 0 || effects[i] != 0 {
        angles.append(.atan2(y: sign * costs[i], x: sign * effects[i]))
      }
    }
    let plan = PercentilePlan([0.025, 0.975], count: angles.count)
    return angles.withUnsafeMutableBufferPointer { plan.evaluate($0) }
  }

  /// A direction in the half-plane of `sign` as an ICER.
  private static func icer(_ angle: Double, _ sign: Double) -> ICER {
    guard abs(angle) < Double.pi / 2 else { return .undefined }
    return ICER(cost: sign * Double.tan(angle), effect: sign)
  }
}
