// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws of one strategy against another on the cost-effectiveness plane, thinned for drawing.
///
/// ```
/// k = ⌈n / most⌉        kept: iterations 1, 1 + k, 1 + 2k, …
/// ```
/// At most `most` points remain. Draws are independent of each other, so that every k-th is as good a sample as any
/// other, and the same for every strategy.
public struct PlaneDraws: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    /// Counted from 1.
    public let iteration: Int
    public let effect: Double
    public let cost: Double
  }

  public let strategy: Int
  public let comparator: Int
  /// k: every how many-th iteration was kept.
  public let step: Int
  public let points: [Point]

  /// - Precondition: `most` is above 0.
  public init(_ draws: Draws, strategy: Int, comparator: Int, most: Int = 10_000) {
    precondition(most > 0, "at most \(most) points")
    let step = (draws.count + most - 1) / most
    self.strategy = strategy
    self.comparator = comparator
    self.step = step
    points = stride(from: 0, to: draws.count, by: step).map { i in
      Point(
        iteration: i + 1, effect: draws.effects[strategy][i] - draws.effects[comparator][i],
        cost: draws.costs[strategy][i] - draws.costs[comparator][i])
    }
  }
}
