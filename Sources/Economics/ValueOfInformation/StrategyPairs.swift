// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Variances of the differences between any two strategies, found once for every willingness to pay.
struct StrategyPairs {
  private let strategies: Int
  private let pairs: [PairMoments]

  /// Complexity: O(n) for each of S (S − 1) / 2 pairs.
  ///
  /// - Parameter comparisons: those whose moments are known; the variances don't depend on the direction.
  init(_ draws: Draws, known comparisons: [Comparison] = [], workers: Int = 1) {
    strategies = draws.strategies.count
    let places = (0..<strategies).flatMap { s in (0..<s).map { (s, $0) } }
    pairs = Parallel.map(places.count, workers: workers) {
      let (s, t) = places[$0]
      let known = comparisons.first { Set([$0.strategy, $0.comparator]) == [s, t] }
      return known?.pair ?? PairMoments(draws, strategy: s, comparator: t)
    }
  }

  /// Variance of the difference in net monetary benefit; `nil` below two draws.
  func netBenefitVariance(_ s: Int, _ t: Int, willingnessToPay: Double) -> Double? {
    let (high, low) = (max(s, t), min(s, t))
    return pairs[high * (high - 1) / 2 + low].netBenefitVariance(willingnessToPay)
  }
}
