// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Variances of the differences between any two strategies, found once for every willingness to pay.
struct StrategyPairs {
  private let strategies: Int
  private let pairs: [PairMoments]

  /// Complexity: O(n) for each of S (S − 1) / 2 pairs.
  init(_ draws: Draws, workers: Int = 1) {
    strategies = draws.strategies.count
    let places = (0..<strategies).flatMap { s in (0..<s).map { (s, $0) } }
    pairs = Parallel.map(places.count, workers: workers) {
      PairMoments(draws, strategy: places[$0].0, comparator: places[$0].1)
    }
  }

  /// Variance of the difference in net monetary benefit; `nil` below two draws.
  func netBenefitVariance(_ s: Int, _ t: Int, willingnessToPay: Double) -> Double? {
    let (high, low) = (max(s, t), min(s, t))
    return pairs[high * (high - 1) / 2 + low].netBenefitVariance(willingnessToPay)
  }
}
