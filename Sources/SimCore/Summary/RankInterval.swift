// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The distribution-free 95 % interval for a quantile: two ranks among n independent values.
///
/// With X binomial(n, p), the number of values below the quantile:
///
/// ```
/// lower = the largest l with P(X ≤ l − 1) ≤ 0.025
/// upper = the smallest u with P(X ≤ u − 1) ≥ 0.975
/// ```
/// The order statistics with these ranks, counted from 1, enclose the quantile with a probability
/// of at least 0.95, whatever the distribution. It holds for independent draws only: not for
/// Latin hypercube or Sobol' samples.
///
/// Source: David and Nagaraja (2003), Order Statistics, section 7.1.
public struct RankInterval: Sendable, Hashable {
  /// Rank of the lower end from 1; `nil` where it would be below 1.
  public let lower: Int?
  /// Rank of the upper end from 1; `nil` where it would be above n.
  public let upper: Int?

  /// The ranks for quantile `p` of `count` values.
  ///
  /// - Parameters:
  ///   - p: in [0, 1].
  ///   - count: n, 1 … 2⁵³.
  ///
  /// Numerics: by symmetry the upper rank is n − m, with m the largest number for which
  /// binomial(n, 1 − p) has P(≤ m) ≤ 0.025; both ends use the smaller tail. A probability within
  /// 1e-12 of 0.025, relatively, counts as equal to it.
  ///
  /// Complexity: some tens of continued-fraction terms for each of a few candidates, for any n.
  package init(_ p: Double, count: Int) {
    precondition(p >= 0 && p <= 1, "quantile \(p) outside 0 … 1")
    precondition(count >= 1 && count <= 1 << 53, "ranks of \(count) values")
    let below = Self.largest(BinomialTail(count: count, p: p, q: 1 - p))
    let above = Self.largest(BinomialTail(count: count, p: 1 - p, q: p))
    lower = below < 0 ? nil : below + 1
    upper = above < 0 ? nil : count - above
  }

  private static let tail = 0.025 * (1 + 1e-12)

  /// The largest j with P(X ≤ j) ≤ 0.025; −1 when there is none.
  private static func largest(_ binomial: BinomialTail) -> Int {
    let z = -1.959963984540054
    let n = Double(binomial.count)
    let (p, q) = (binomial.p, binomial.q)
    // Cornish–Fisher with continuity correction: at most a few ranks off.
    let start = n * p + z * (n * p * q).squareRoot() + (q - p) * (z * z - 1) / 6 - 0.5
    var j = Int(Swift.max(-1, Swift.min(start, n - 1)))
    while j >= 0, binomial.cumulative(j) > tail { j -= 1 }
    while j + 1 < binomial.count, binomial.cumulative(j + 1) <= tail { j += 1 }
    return j
  }
}
