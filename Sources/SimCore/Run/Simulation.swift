// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs a plan: samples its parameters, evaluates its formulas and summarises its outputs.
///
/// Reproducibility: the result depends on plan, seed, method and number of iterations alone, bit for bit; not
/// on the number of workers, the memory budget, or how the run was split.
public struct Simulation: Sendable {
  public let plan: Plan
  /// With the number of iterations that the method can do.
  public let settings: RunSettings
  let design: SamplingDesign

  /// - Precondition: overrides only with the method `random`.
  public init(
    _ plan: Plan, settings: RunSettings, overrides: DrawOverrides = DrawOverrides()
  ) {
    self.plan = plan
    var settings = settings
    if settings.points == nil {
      settings.iterations = settings.method.iterations(atLeast: settings.iterations)
    }
    self.settings = settings
    design = SamplingDesign(plan.model, settings, overrides: overrides)
  }

  /// Number of blocks; runs may be split between any two.
  public var blockCount: Int {
    (settings.iterations + Plan.blockLength - 1) / Plan.blockLength
  }

  private var pilotLength: Int { Pilot.length(outputs: plan.outputs.count) }
  var pilotBlocks: Int { min(pilotLength / Plan.blockLength, blockCount) }

  /// Runs all iterations.
  ///
  /// - Parameters:
  ///   - recorder: receives every iteration, once.
  ///   - takesRunning: take the figures of outputs at sizes that double, too.
  public func run(
    control: RunControl = RunControl(), recorder: (any DrawRecorder)? = nil,
    takesRunning: Bool = false
  ) throws(RunError) -> RunResult {
    let workers = makeWorkers()
    let pilot = try runPilot(workers, control, recorder)
    var summaries: BlockSummaries? = BlockSummaries(
      edges: pilot.edges, settings: settings)
    var search = OrderStatisticsSearch(plan, settings: settings)
    var running = takesRunning ? RunningFigures(plan, method: settings.method) : nil
    var taken = 0
    while taken < pilotBlocks {
      let end =
        running == nil ? pilotBlocks : min(RunningFigures.next(after: taken), pilotBlocks)
      try take(pilot, taken..<end, workers, control, into: &summaries, &search)
      taken = end
      note(taken, summaries, search, &running)
    }
    try gather(
      taken..<blockCount, workers, control, recorder, summaries: &summaries, &search,
      &running, seen: pilotLength)
    return try finish(summaries, &search, &running, workers, control)
  }

  /// Takes running figures where the first `blocks` blocks are a size for them.
  private func note(
    _ blocks: Int, _ summaries: BlockSummaries?, _ search: OrderStatisticsSearch,
    _ running: inout RunningFigures?
  ) {
    if RunningFigures.isSize(blocks, of: blockCount) {
      running?.take(blocks: blocks, summaries, search)
    }
  }

  func makeWorkers() -> [Worker] {
    (0..<settings.workers).map { Worker($0, plan, design) }
  }

  /// Adds blocks of the pilot, whose values are there already, output by output.
  func take(
    _ pilot: Pilot, _ blocks: Range<Int>, _ workers: [Worker], _ control: RunControl,
    into summaries: inout BlockSummaries?, _ search: inout OrderStatisticsSearch
  ) throws(RunError) {
    try gather(plan.outputs.indices, workers, control, into: &summaries, &search) {
      worker, output in
      for block in blocks {
        pilot.withBlock(block, output: output) { worker.add($0, output: output, block: block) }
      }
      return nil
    }
  }

  /// Evaluates the first iterations and keeps their outputs.
  func runPilot(
    _ workers: [Worker], _ control: RunControl, _ recorder: (any DrawRecorder)?
  ) throws(RunError) -> Pilot {
    let count = min(pilotLength, settings.iterations)
    let store = PilotStore(outputs: plan.outputs.count, count: count)
    try BlockScheduler.run(
      0..<pilotBlocks, workers: workers.count, control: control
    ) { worker, block in
      let range = Worker.range(ofBlock: block, iterations: settings.iterations)
      let error = workers[worker].evaluate(block, recorder: recorder) { output, values in
        store.set(values, output: output, first: range.lowerBound)
      }
      control.add(iterations: range.count, worker: worker)
      return error
    }
    return Pilot(
      values: store.takeColumns(workers: workers.count), outputs: plan.outputs,
      workers: workers.count)
  }

  /// Evaluates blocks in stages that grow as the quantile windows narrow. With running figures a stage
  /// ends wherever the run has doubled.
  private func gather(
    _ blocks: Range<Int>, _ workers: [Worker], _ control: RunControl,
    _ recorder: (any DrawRecorder)?, summaries: inout BlockSummaries?,
    _ search: inout OrderStatisticsSearch, _ running: inout RunningFigures?, seen: Int
  ) throws(RunError) {
    var next = blocks.lowerBound
    var seen = seen
    while next < blocks.upperBound {
      if seen > 0 { search.narrow() }
      let length = search.stageLength(after: seen)
      var end = min(next + max(length / Plan.blockLength, 1), blocks.upperBound)
      if running != nil { end = min(end, RunningFigures.next(after: max(next, pilotBlocks - 1))) }
      try stage(next..<end, workers, control, recorder, summaries: &summaries, &search)
      seen += (end - next) * Plan.blockLength
      next = end
      note(next, summaries, search, &running)
    }
  }

  /// Evaluates blocks with the windows as they are.
  func stage(
    _ blocks: Range<Int>, _ workers: [Worker], _ control: RunControl,
    _ recorder: (any DrawRecorder)?, summaries: inout BlockSummaries?,
    _ search: inout OrderStatisticsSearch
  ) throws(RunError) {
    try gather(blocks, workers, control, into: &summaries, &search) { worker, block in
      let error = worker.gather(block, recorder: recorder)
      control.add(
        iterations: Worker.range(ofBlock: block, iterations: settings.iterations).count,
        worker: worker.number)
      return error
    }
  }

  /// Lets workers gather pieces of work, and merges what they have.
  private func gather(
    _ pieces: Range<Int>, _ workers: [Worker], _ control: RunControl,
    into summaries: inout BlockSummaries?, _ search: inout OrderStatisticsSearch,
    _ body: @escaping @Sendable (_ worker: Worker, _ piece: Int) -> RunError?
  ) throws(RunError) {
    let empty = summaries.map { $0.emptied() }
    for worker in workers {
      worker.summaries = empty
      worker.trackers = search.emptyTrackers
    }
    try BlockScheduler.run(pieces, workers: workers.count, control: control) {
      body(workers[$0], $1)
    }
    for worker in workers {
      if let theirs = worker.summaries { summaries?.merge(theirs) }
      search.merge(worker.trackers)
      worker.trackers = []
    }
  }

  /// Makes the passes that percentiles still need, and puts the result together.
  func finish(
    _ summaries: BlockSummaries?, _ search: inout OrderStatisticsSearch,
    _ running: inout RunningFigures?, _ workers: [Worker], _ control: RunControl
  ) throws(RunError) -> RunResult {
    var passes = [PassReport(reason: .first, outputs: plan.outputs.map(\.fullName))]
    search.endPass()
    while let reason = search.startPass() {
      passes.append(
        PassReport(reason: reason, outputs: search.gathered.map { plan.outputs[$0].fullName }))
      var none: BlockSummaries?
      try gather(
        0..<blockCount, workers, control, nil, summaries: &none, &search, &running, seen: 0)
      search.endPass()
    }
    guard let summaries else { preconditionFailure("the first pass gathers summaries") }
    let outputs = plan.outputs.indices.map { index in
      let errors = summaries.standardErrors(ofOutput: index)
      return OutputSummary(
        name: plan.outputs[index].name, labels: plan.outputs[index].labels,
        modelCase: plan.outputs[index].modelCase,
        moments: summaries.moments[index].reduced() ?? .empty,
        positive: summaries.positives[index],
        meanStandardError: errors.mean, positiveStandardError: errors.share,
        percentiles: search.percentiles(ofOutput: index),
        histogram: summaries.histograms[index])
    }
    return RunResult(
      iterations: settings.iterations, outputs: outputs, passes: passes,
      running: running?.points ?? [])
  }
}
