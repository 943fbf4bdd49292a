// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the quantile p of n values lies between two order statistics: type 7, as in R and NumPy.
///
/// ```
/// h = (n − 1) p     k = ⌊h⌋     Q(p) = x₍ₖ₎ + (h − k) (x₍ₖ₊₁₎ − x₍ₖ₎)     ranks from 0
/// ```
/// Numerics: h is the rounded product, as in R and NumPy. Whole numbers stay whole: 20 · 0.95 is
/// 19. The rounding moves h by at most 2⁻⁵³ h, even across a whole number; Q is continuous in h,
/// so that it moves by less than 6e-5 of a gap between neighbours at n = 1e12.
///
/// Source: Hyndman and Fan (1996), doi:10.1080/00031305.1996.10473566, definition 7.
package struct QuantilePosition: Sendable, Hashable {
  /// Rank k of the lower neighbour.
  package let lowerRank: Int
  /// Rank of the upper neighbour: k + 1, or k where h is whole.
  package let upperRank: Int
  /// h − k, in [0, 1).
  package let fraction: Double

  /// - Precondition: `p` is in [0, 1], `count` in 1 … 2⁵³.
  package init(_ p: Double, count: Int) {
    precondition(p >= 0 && p <= 1, "quantile \(p) outside 0 … 1")
    precondition(count >= 1 && count <= 1 << 53, "quantile of \(count) values")
    let h = Double(count - 1) * p
    let k = h.rounded(.down)
    lowerRank = Int(k)
    fraction = h - k
    upperRank = fraction > 0 ? lowerRank + 1 : lowerRank
  }

  /// Where quantile p lies when the values stand for n equal shares, each in the middle of its own: type 5.
  ///
  /// ```
  /// h = n p − ½, held within 0 … n − 1
  /// ```
  package init(middleOfStrata p: Double, count: Int) {
    precondition(p >= 0 && p <= 1, "quantile \(p) outside 0 … 1")
    precondition(count >= 1 && count <= 1 << 53, "quantile of \(count) values")
    let h = max(0, min(Double(count) * p - 0.5, Double(count - 1)))
    let k = h.rounded(.down)
    lowerRank = Int(k)
    fraction = h - k
    upperRank = fraction > 0 ? lowerRank + 1 : lowerRank
  }

  /// The quantile, given the order statistics at both ranks.
  ///
  /// Numerics: never outside the two neighbours, no overflow between finite ones, exact where
  /// they are equal or the fraction is 0.
  package func interpolate(_ lower: Double, _ upper: Double) -> Double {
    if fraction == 0 || lower == upper { return lower }
    let gap = upper - lower
    // The fraction is below 1 by 2⁻⁵³ or more, so that no rounding passes the upper neighbour.
    return gap.isFinite ? lower + fraction * gap : (1 - fraction) * lower + fraction * upper
  }
}
