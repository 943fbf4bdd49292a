// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Memory into which workers write the pilot's outputs, each its own blocks.
///
/// @unchecked Sendable: blocks are disjoint, and the columns are read after all workers have ended.
final class PilotStore: @unchecked Sendable {
  private let count: Int
  private let outputs: Int
  private let values: UnsafeMutablePointer<Double>

  init(outputs: Int, count: Int) {
    self.outputs = outputs
    self.count = count
    values = .allocate(capacity: max(outputs * count, 1))
    values.initialize(repeating: 0, count: outputs * count)
  }

  deinit { values.deallocate() }

  func set(_ block: UnsafeBufferPointer<Double>, output: Int, first: Int) {
    guard let source = block.baseAddress else { return }
    (values + output * count + first).update(from: source, count: block.count)
  }

  var columns: [[Double]] {
    (0..<outputs).map { output in
      Array(UnsafeBufferPointer(start: values + output * count, count: count))
    }
  }
}
