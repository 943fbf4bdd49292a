// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// When a value counts as the quantile of a probability.
///
/// With p the smaller tail and T the matching tail function: `|T(x) − p| ≤ 1e-11` and `≤ 1e-8 p`; or x
/// is the best double, that is p lies between the values of T at the two neighbours of x.
package enum AccuracyRule {
  package static let absolute = 1e-11
  package static let relative = 1e-8

  /// The error as a share of what the rule allows: at most 1 is accepted. 0 for the best double.
  package static func excess(
    _ distribution: some Distribution, at x: Double, for target: TailProbability
  ) -> Double {
    let p = target.probability
    let error = abs(distribution.tail(x, target.side) - p)
    let share = max(error / absolute, error / (relative * p))
    if share <= 0.5 { return share }
    let support = distribution.support
    let below = distribution.tail(support.interior(x.nextDown), target.side)
    let above = distribution.tail(support.interior(x.nextUp), target.side)
    let isBest =
      x <= support.innermostLower
      ? (target.side == .lower ? p <= above : p >= above)
      : x >= support.innermostUpper
        ? (target.side == .lower ? p >= below : p <= below)
        : min(below, above) <= p && p <= max(below, above)
    return isBest ? 0 : share
  }
}
