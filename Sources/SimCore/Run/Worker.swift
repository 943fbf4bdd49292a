// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One worker's evaluator and what it gathers in a stage.
///
/// @unchecked Sendable: the scheduler lets one thread at a time use a worker, and the results are read
/// after all threads have ended.
final class Worker: @unchecked Sendable {
  /// From 0, which of the workers this is: where it counts its iterations.
  let number: Int
  private let plan: Plan
  private let design: SamplingDesign
  private let evaluator: BlockEvaluator
  var summaries: BlockSummaries?
  /// By output, then section; see `OrderStatisticsSearch`.
  var trackers: [[QuantileTracker?]]

  init(_ number: Int, _ plan: Plan, _ design: SamplingDesign) {
    self.number = number
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
    if let fault = firstFault(count: range.count) {
      recorder?.abandon()
      return .nonFinite(
        NonFiniteTracer.trace(
          plan, output: fault.output, iteration: range.lowerBound + fault.index, design: design,
          value: evaluator.output(fault.output)[fault.index]))
    }
    for output in 0..<evaluator.outputCount {
      body(output, UnsafeBufferPointer(start: evaluator.output(output), count: range.count))
    }
    guard let recorder else { return nil }
    let columns =
      (0..<evaluator.recordedCount).map { evaluator.recorded($0) }
      + (0..<evaluator.outputCount).map { evaluator.output($0) }
    do {
      try recorder.record(
        block: block,
        columns: columns.map { UnsafeBufferPointer(start: $0, count: range.count) })
      return nil
    } catch {
      return .recording(error)
    }
  }

  /// The first iteration of the block just evaluated in which an output is no number.
  private func firstFault(count: Int) -> (index: Int, output: Int)? {
    var first: (index: Int, output: Int)?
    for output in 0..<evaluator.outputCount {
      let values = UnsafeBufferPointer(start: evaluator.output(output), count: count)
      if let index = FiniteCheck.firstNonFinite(values), index < first?.index ?? count {
        first = (index, output)
      }
    }
    return first
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
