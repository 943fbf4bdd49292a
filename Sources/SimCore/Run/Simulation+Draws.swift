// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Simulation {
  /// All draws of a plan in memory: recorded parameters in plan order, recorded outputs, then outputs.
  ///
  /// Shapes: one column for each, of `settings.iterations` values.
  ///
  /// Reproducibility: the draws of `run` with the same seed, bit for bit.
  public func draws(control: RunControl = RunControl()) throws(RunError) -> [[Double]] {
    let columns = plan.recordedOperands.count + plan.outputs.count
    let recorder = MemoryRecorder(columns: columns, count: settings.iterations)
    try record(recorder, control: control)
    return recorder.store.takeColumns(workers: settings.workers)
  }

  /// Hands every iteration to a recorder and summarises nothing.
  public func record(
    _ recorder: any DrawRecorder, control: RunControl = RunControl()
  ) throws(RunError) {
    let workers = makeWorkers()
    try BlockScheduler.run(0..<blockCount, workers: workers.count, control: control) {
      worker, block in
      workers[worker].evaluate(block, recorder: recorder) { _, _ in }
    }
  }
}

/// Keeps every iteration.
private final class MemoryRecorder: DrawRecorder {
  let store: PilotStore

  init(columns: Int, count: Int) { store = PilotStore(outputs: columns, count: count) }

  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) {
    for (index, values) in columns.enumerated() {
      store.set(values, output: index, first: block * Plan.blockLength)
    }
  }

  func abandon() {}
}
