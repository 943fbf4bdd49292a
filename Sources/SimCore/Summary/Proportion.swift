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

  /// Adds a block. Complexity: O(n), no allocation.
  package mutating func add(block: UnsafeBufferPointer<Double>) {
    guard let base = block.baseAddress else { return }
    let whole = block.count & ~3
    var lanes = SIMD4<Int64>.zero
    var i = 0
    while i < whole {
      let x = UnsafeRawPointer(base + i).loadUnaligned(as: SIMD4<Double>.self)
      lanes &+= SIMD4<Int64>.zero.replacing(with: 1, where: x .> 0)
      i += 4
    }
    positiveCount += Int(lanes.wrappedSum())
    while i < block.count {
      positiveCount += base[i] > 0 ? 1 : 0
      i += 1
    }
    count += block.count
  }
}

extension Proportion: Mergeable {
  package static func merge(_ left: Proportion, _ right: Proportion) -> Proportion {
    Proportion(
      positiveCount: left.positiveCount + right.positiveCount, count: left.count + right.count)
  }
}
