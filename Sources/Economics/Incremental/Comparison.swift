// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// One strategy against another: differences of means, their ratio, and how the draws spread.
///
/// Numerics: errors are those of paired draws: each draw gives one difference.
public struct Comparison: Sendable, Hashable {
  /// Places among the strategies of the draws.
  public let strategy: Int
  public let comparator: Int
  public let cost: Estimate
  public let effect: Estimate
  public let ratio: IncrementalRatio
  public let uncertainty: ICERUncertainty
  let pair: PairMoments

  /// - Precondition: both places are in `draws.strategies`.
  public init(_ draws: Draws, strategy: Int, comparator: Int) {
    let pair = PairMoments(draws, strategy: strategy, comparator: comparator)
    self.pair = pair
    self.strategy = strategy
    self.comparator = comparator
    cost = pair.cost.estimate
    effect = pair.effect.estimate
    ratio = IncrementalRatio(pair)
    uncertainty = ICERUncertainty(draws, pair, strategy: strategy, comparator: comparator)
  }
}
