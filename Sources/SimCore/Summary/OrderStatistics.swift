// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Order statistics of values held in memory.
///
/// x₍₀₎ ≤ x₍₁₎ ≤ … are the sorted values; ranks are counted from 0 here.
package enum OrderStatistics {
  /// Reorders `values` so that each of `ranks` holds its order statistic, and returns those.
  ///
  /// - Parameters:
  ///   - values: no NaN; infinities are allowed. Left reordered.
  ///   - ranks: ascending, each in 0 ..< values.count; repeats are allowed.
  /// - Returns: one value per rank. −0 equals 0 in the order and is returned as 0.
  ///
  /// Complexity: O(n log r) for r ranks as a rule; O(n log n) for the worst order of values.
  ///
  /// Reproducibility: the result depends on the values alone, not on their order.
  package static func select(
    _ values: UnsafeMutableBufferPointer<Double>, ranks: [Int]
  ) -> [Double] {
    ranks.withUnsafeBufferPointer { place(values, ranks: $0) }
    return ranks.map { values[$0] + 0 }
  }

  /// `select` on an array, which is left reordered.
  package static func select(_ values: inout [Double], ranks: [Int]) -> [Double] {
    values.withUnsafeMutableBufferPointer { select($0, ranks: ranks) }
  }

  /// Reorders `values` so that each of `ranks` holds its order statistic; −0 stays −0.
  ///
  /// The form without allocation; conditions as for `select`.
  package static func place(
    _ values: UnsafeMutableBufferPointer<Double>, ranks: UnsafeBufferPointer<Int>
  ) {
    guard let first = ranks.first, let last = ranks.last else { return }
    precondition(first >= 0 && last < values.count, "ranks \(first) … \(last) of \(values.count)")
    for i in ranks.indices.dropFirst() {
      precondition(ranks[i - 1] <= ranks[i], "rank \(ranks[i]) behind \(ranks[i - 1])")
    }
    guard let base = values.baseAddress else { return }
    var selection = MultiSelection(values: base, ranks: ranks)
    selection.run(count: values.count)
  }
}
