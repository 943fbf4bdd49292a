// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Means over antithetic pairs of one output: pairs are independent of each other, their members are not.
///
/// ```
/// mean:    MCSE = sd of the N pair means / √N
/// P(> 0):  the same with pair means of 0, ½ and 1
/// ```
struct PairSummaries: Sendable {
  private var moments = MergeTree<Moments>()
  private var pairs = 0
  /// Pairs with both members above zero, and with one.
  private var both = 0
  private var one = 0

  /// Adds a block, which holds whole pairs.
  mutating func add(_ values: UnsafeBufferPointer<Double>, block: Int) {
    let count = values.count / 2
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { means in
      for i in 0..<count {
        let (a, b) = (values[2 * i], values[2 * i + 1])
        means.initializeElement(at: i, to: 0.5 * a + 0.5 * b)
        both += a > 0 && b > 0 ? 1 : 0
        one += (a > 0) != (b > 0) ? 1 : 0
      }
      moments.insert(Moments(block: UnsafeBufferPointer(means)), at: block)
    }
    pairs += count
  }

  mutating func merge(_ other: PairSummaries) {
    moments.absorb(other.moments)
    pairs += other.pairs
    both += other.both
    one += other.one
  }

  var standardErrorOfMean: Double? { moments.reduced()?.monteCarloStandardError }

  var standardErrorOfShare: Double? {
    guard pairs > 1 else { return nil }
    let count = Double(pairs)
    let share = (Double(both) + 0.5 * Double(one)) / count
    let neither = Double(pairs - both - one)
    let half = 0.5 - share
    let squares =
      Double(both) * (1 - share) * (1 - share) + Double(one) * half * half
      + neither * share * share
    return (squares / (count - 1) / count).squareRoot()
  }
}
