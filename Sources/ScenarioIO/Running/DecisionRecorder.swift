// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore
internal import Synchronization

/// Keeps the costs and effects of a decision while the run itself goes on, so that nothing is computed twice.
final class DecisionRecorder: DrawRecorder {
  private let iterations: Int
  private let outputs: Int
  private let store: PilotStore
  /// A value was no number.
  private let isSpoilt = Atomic(false)

  /// - Parameters:
  ///   - outputs: recorded outputs of the plan, which records no parameters.
  ///   - iterations: the first ones of the run, which are kept.
  init(outputs: Int, iterations: Int) {
    self.iterations = iterations
    self.outputs = outputs
    store = PilotStore(outputs: outputs, count: iterations)
  }

  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) {
    for output in 0..<outputs {
      store.set(columns[output], output: output, first: block * Plan.blockLength)
      if FiniteCheck.firstNonFinite(columns[output]) != nil {
        isSpoilt.store(true, ordering: .relaxed)
      }
    }
  }

  func abandon() {}

  /// Hands over the recorded outputs, after the run and once; `nil` where one has a value that is no
  /// number, or other iterations are wanted.
  func takeColumns(of iterations: Int, workers: Int) -> [[Double]]? {
    guard iterations == self.iterations, !isSpoilt.load(ordering: .relaxed) else { return nil }
    return store.takeColumns(workers: workers)
  }
}
