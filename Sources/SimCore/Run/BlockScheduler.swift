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
    let chunk = chunkLength(blocks.count, workers)
    let next = Atomic<Int>(blocks.lowerBound)
    let failure = Mutex<(block: Int, error: RunError)?>(nil)
    let limit = Atomic<Int>(Int.max)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while true {
        let start = next.add(chunk, ordering: .relaxed).oldValue
        if start >= blocks.upperBound { return }
        for block in start..<min(start + chunk, blocks.upperBound) {
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

  /// Large enough that handing out costs nothing, small enough that all workers end together.
  private static func chunkLength(_ blocks: Int, _ workers: Int) -> Int {
    var chunk = 1
    while chunk < 64 && chunk * 2 * workers * 8 <= blocks { chunk *= 2 }
    return chunk
  }
}
