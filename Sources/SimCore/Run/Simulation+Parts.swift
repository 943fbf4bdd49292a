// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A run split between any two blocks: each part may be made on another machine.
extension Simulation {
  /// Evaluates the blocks of one part.
  ///
  /// The pilot iterations are evaluated besides, so that every part has the same histogram edges and
  /// quantile windows.
  ///
  /// - Precondition: `blocks` lies in `0 ..< blockCount`.
  public func part(_ blocks: Range<Int>, control: RunControl = RunControl()) throws(RunError)
    -> RunPart
  {
    precondition(blocks.lowerBound >= 0 && blocks.upperBound <= blockCount, "blocks \(blocks)")
    let workers = makeWorkers()
    let pilot = try runPilot(workers, control, nil)
    var windows = OrderStatisticsSearch(plan, settings: settings)
    var ignored: BlockSummaries?
    try take(pilot, 0..<pilotBlocks, workers, control, into: &ignored, &windows)
    windows.narrow()
    var summaries: BlockSummaries? = BlockSummaries(
      edges: pilot.edges, settings: settings)
    var search = windows.emptied()
    try stage(blocks, workers, control, nil, summaries: &summaries, &search)
    guard let summaries else { preconditionFailure("a stage keeps summaries") }
    return RunPart(summaries: summaries, search: search)
  }

  /// The result of a run whose parts have been merged: the same bits as `run`.
  ///
  /// - Precondition: `part` covers exactly all blocks.
  public func result(of part: RunPart, control: RunControl = RunControl()) throws(RunError)
    -> RunResult
  {
    precondition(part.covers(exactly: 0..<blockCount), "the parts don't cover the run")
    var search = part.search
    var none: RunningFigures?
    return try finish(part.summaries, &search, &none, makeWorkers(), control)
  }
}
