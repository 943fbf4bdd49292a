// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

/// The strings by which a run is watched and stopped from another thread.
///
/// @unchecked Sendable: the counts are atomic, and their memory lives as long as this.
public final class RunControl: @unchecked Sendable {
  private let cancelled = Atomic<Bool>(false)
  /// Iterations by worker, each count in memory lines of its own: workers that write to one line wait for each other.
  private let done: UnsafeMutablePointer<Atomic<Int>>

  /// Workers beyond share counts.
  private static let counts = 32
  private static let stride = BlockMemory.alignment / MemoryLayout<Atomic<Int>>.stride

  public init() {
    done = UnsafeMutableRawPointer.allocate(
      byteCount: Self.counts * BlockMemory.alignment, alignment: BlockMemory.alignment
    ).bindMemory(to: Atomic<Int>.self, capacity: Self.counts * Self.stride)
    for worker in 0..<Self.counts { (done + worker * Self.stride).initialize(to: Atomic(0)) }
  }

  deinit { done.deallocate() }

  /// Asks the run to stop at the next block; it then throws `RunError.cancelled`.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// Iterations evaluated so far, all passes together.
  public var iterationsDone: Int {
    (0..<Self.counts).reduce(0) { $0 + done[$1 * Self.stride].load(ordering: .relaxed) }
  }

  func add(iterations: Int, worker: Int) {
    done[worker % Self.counts * Self.stride].add(iterations, ordering: .relaxed)
  }
}
