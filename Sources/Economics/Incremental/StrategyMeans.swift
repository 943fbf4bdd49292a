// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Mean cost and effect of one strategy.
public struct StrategyMeans: Sendable, Hashable {
  public let cost: Estimate
  public let effect: Estimate

  /// The means of every strategy, in the order of the draws.
  public static func all(_ draws: Draws, workers: Int = 1) -> [StrategyMeans] {
    Parallel.map(draws.strategies.count, workers: workers) { s in
      StrategyMeans(
        cost: Moments(column: draws.costs[s]).estimate,
        effect: Moments(column: draws.effects[s]).estimate)
    }
  }
}
