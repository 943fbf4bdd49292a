// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The share of iterations in which an output is above zero.
///
/// ```
/// p = #{x > 0} / n        MCSE = √(p (1 − p) / n)
/// ```
/// Numerics: 0 and −0 are not above zero. Counts are exact, so that merging is too. When all
/// values or none are above zero the MCSE is 0; that is no proof that p is 1 or 0.
public struct Proportion: Sendable, Hashable {
  /// How many values were above zero.
  public private(set) var positiveCount: Int
  /// How many values there were.
  public private(set) var count: Int

  /// - Precondition: 0 ≤ positiveCount ≤ count.
  package init(positiveCount: Int = 0, count: Int = 0) {
    precondition(
      0 <= positiveCount && positiveCount <= count, "\(positiveCount) of \(count) are positive")
    self.positiveCount = positiveCount
    self.count = count
  }

  /// P(x > 0); `nil` without values.
  public var value: Double? {
    count == 0 ? nil : Double(positiveCount) / Double(count)
  }

  /// Monte Carlo standard error of `value`; `nil` without values.
  public var monteCarloStandardError: Double? {
    guard let p = value else { return nil }
    let rest = Double(count - positiveCount) / Double(count)
    return (p * rest / Double(count)).squareRoot()
  }

  /// Adds a block, of which `positive` values are above zero.
  mutating func add(positive: Int, of count: Int) {
    positiveCount += positive
    self.count += count
  }

  /// Adds a block. Complexity: O(n), no allocation.
  package mutating func add(block: UnsafeBufferPointer<Double>) {
    add(positive: BlockSums(block).positiveCount, of: block.count)
  }
}

extension Proportion: Mergeable {
  package static func merge(_ left: Proportion, _ right: Proportion) -> Proportion {
    Proportion(
      positiveCount: left.positiveCount + right.positiveCount, count: left.count + right.count)
  }
}
