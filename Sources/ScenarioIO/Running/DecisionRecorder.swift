// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Keeps the costs and effects of a decision while the run itself goes on, so that nothing is computed twice.
///
/// @unchecked Sendable: blocks are disjoint, and the columns are read after the run.
final class DecisionRecorder: DrawRecorder, @unchecked Sendable {
  private let iterations: Int
  private var values: [UnsafeMutablePointer<Double>]

  /// - Parameters:
  ///   - outputs: recorded outputs of the plan, which records no parameters.
  ///   - iterations: the first ones of the run, which are kept.
  init(outputs: Int, iterations: Int) {
    self.iterations = iterations
    values = (0..<outputs).map { _ in .allocate(capacity: iterations) }
  }

  deinit { for column in values { column.deallocate() } }

  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) {
    let first = block * Plan.blockLength
    for output in values.indices where first < iterations {
      guard let source = columns[output].baseAddress else { continue }
      (values[output] + first).initialize(
        from: source, count: min(columns[output].count, iterations - first))
    }
  }

  func abandon() {}

  /// Hands over the recorded outputs, after the run and once; `nil` where one has a value that is no
  /// number, or other iterations are wanted.
  func takeColumns(of iterations: Int) -> [[Double]]? {
    guard iterations == self.iterations else { return nil }
    var columns: [[Double]] = []
    while !values.isEmpty {
      let column = values.removeFirst()
      defer { column.deallocate() }
      columns.append(Array(UnsafeBufferPointer(start: column, count: iterations)))
    }
    return columns.allSatisfy { $0.allSatisfy(\.isFinite) } ? columns : nil
  }
}
