// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Memory into which workers write outputs, each its own blocks.
///
/// @unchecked Sendable: blocks are disjoint, and the columns are taken after all workers have ended.
package final class PilotStore: @unchecked Sendable {
  private let count: Int
  private var values: [UnsafeMutablePointer<Double>]

  package init(outputs: Int, count: Int) {
    self.count = count
    values = (0..<outputs).map { _ in .allocate(capacity: max(count, 1)) }
  }

  deinit { for column in values { column.deallocate() } }

  /// - Parameter first: iteration of the block's first value; those beyond the last are left out.
  package func set(_ block: UnsafeBufferPointer<Double>, output: Int, first: Int) {
    guard let source = block.baseAddress, first < count else { return }
    (values[output] + first).initialize(from: source, count: min(block.count, count - first))
  }

  /// Hands over the columns, once. One after the other, so that they are not in memory twice; only the
  /// workers each have one in hand.
  ///
  /// - Precondition: every iteration was set.
  package func takeColumns(workers: Int) -> [[Double]] {
    let columns = Parallel.map(values.count, workers: workers) { index in
      defer { values[index].deallocate() }
      return Array(UnsafeBufferPointer(start: values[index], count: count))
    }
    values = []
    return columns
  }
}
