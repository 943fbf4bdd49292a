// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One worker's evaluator and what it gathers in a stage.
///
/// @unchecked Sendable: the scheduler lets one thread at a time use a worker, and the results are read
/// after all threads have ended.
final class Worker: @unchecked Sendable {
  private let plan: Plan
  private let design: SamplingDesign
  private let evaluator: BlockEvaluator
  var summaries: BlockSummaries?
  /// By output, then section; see `OrderStatisticsSearch`.
  var trackers: [[QuantileTracker?]]

  init(_ plan: Plan, _ design: SamplingDesign) {
    self.plan = plan
    self.design = design
    evaluator = BlockEvaluator(plan, design)
    trackers = []
  }

  /// Iterations of a block; the last one may be short.
  static func range(ofBlock block: Int, iterations: Int) -> Range<Int> {
    let start = block * Plan.blockLength
    return start..<min(start + Plan.blockLength, iterations)
  }

  /// Evaluates a block and hands its outputs to `body`, after checking that they are numbers.
  func evaluate(
    _ block: Int, recorder: (any DrawRecorder)?,
    _ body: (_ output: Int, _ values: UnsafeBufferPointer<Double>) -> Void
  ) -> RunError? {
    let range = Self.range(ofBlock: block, iterations: design.iterations)
    if let failed = evaluator.evaluate(first: range.lowerBound, count: range.count) {
      recorder?.abandon()
      return .impossible(
        plan.checks[failed.check], iteration: range.lowerBound + failed.index)
    }
    let columns = plan.outputs.indices.map {
      UnsafeBufferPointer(start: evaluator.output($0), count: range.count)
    }
    let faults = columns.enumerated().compactMap { output, values in
      FiniteCheck.firstNonFinite(values).map { (index: $0, output: output) }
    }
    if let fault = faults.min(by: { ($0.index, $0.output) < ($1.index, $1.output) }) {
      recorder?.abandon()
      return .nonFinite(
        NonFiniteTracer.trace(
          plan, output: fault.output, iteration: range.lowerBound + fault.index, design: design,
          value: columns[fault.output][fault.index]))
    }
    for (output, values) in columns.enumerated() { body(output, values) }
    guard let recorder else { return nil }
    let recorded = plan.recordedOperands.indices.map {
      UnsafeBufferPointer(start: evaluator.recorded($0), count: range.count)
    }
    do {
      try recorder.record(block: block, columns: recorded + columns)
      return nil
    } catch {
      return .recording(error)
    }
  }

  /// Evaluates a block and adds it to what this worker gathers.
  func gather(_ block: Int, recorder: (any DrawRecorder)?) -> RunError? {
    evaluate(block, recorder: recorder) { output, values in
      add(values, output: output, block: block)
    }
  }

  func add(_ values: UnsafeBufferPointer<Double>, output: Int, block: Int) {
    BlockGathering.add(
      values, output: output, block: block, replication: design.method.replication, to: &summaries,
      &trackers[output])
  }
}
