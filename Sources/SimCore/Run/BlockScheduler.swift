// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Synchronization

/// Spreads blocks over Dispatch workers. The only place that knows of threads.
enum BlockScheduler {
  /// Calls `body` once for every block, on `workers` threads, handing out blocks in ascending order.
  ///
  /// When `body` returns an error, blocks below the failed one are still done, so that the error of the
  /// lowest failing block is returned whatever the number of workers.
  static func run(
    _ blocks: Range<Int>, workers: Int, control: RunControl,
    body: @escaping @Sendable (_ worker: Int, _ block: Int) -> RunError?
  ) throws(RunError) {
    let next = Atomic<Int>(blocks.lowerBound)
    let failure = Mutex<(block: Int, error: RunError)?>(nil)
    let limit = Atomic<Int>(Int.max)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while let chunk = take(from: next, to: blocks.upperBound, workers) {
        for block in chunk {
          if control.isCancelled || block > limit.load(ordering: .relaxed) { return }
          guard let error = body(worker, block) else { continue }
          failure.withLock { known in
            if known.map({ block < $0.block }) ?? true { known = (block, error) }
          }
          limit.min(block, ordering: .relaxed)
          return
        }
      }
    }
    if control.isCancelled { throw .cancelled }
    if let (_, error) = failure.withLock({ $0 }) { throw error }
  }

  /// The next blocks for a worker: many while many are left, so that handing them out costs nothing, single ones in
  /// the end, so that all workers end together.
  private static func take(from next: borrowing Atomic<Int>, to end: Int, _ workers: Int)
    -> Range<Int>?
  {
    var start = next.load(ordering: .relaxed)
    while start < end {
      let length = min(max((end - start) / (8 * workers), 1), 64)
      let (taken, found) = next.compareExchange(
        expected: start, desired: start + length, ordering: .relaxed)
      if taken { return start..<start + length }
      start = found
    }
    return nil
  }
}
