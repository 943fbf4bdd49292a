// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

/// The strings by which a run is watched and stopped from another thread.
public final class RunControl: Sendable {
  private let cancelled = Atomic<Bool>(false)
  private let done = Atomic<Int>(0)

  public init() {}

  /// Asks the run to stop at the next block; it then throws `RunError.cancelled`.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// Iterations evaluated so far, all passes together.
  public var iterationsDone: Int { done.load(ordering: .relaxed) }

  func add(iterations: Int) { done.add(iterations, ordering: .relaxed) }
}
