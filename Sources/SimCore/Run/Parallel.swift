// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Synchronization

/// Independent pieces of work on several threads.
public enum Parallel {
  /// `body` of 0, 1, …, `count − 1`, in that order, computed on up to `workers` threads.
  ///
  /// Reproducibility: what `body` returns is all there is; the number of workers doesn't enter.
  public static func map<Result: Sendable>(
    _ count: Int, workers: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    guard workers > 1, count > 1 else { return (0..<count).map(body) }
    let next = Atomic<Int>(0)
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(workers, count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= count { return }
        let result = body(index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { results in
      results.map { result in
        guard let result else { preconditionFailure("every piece was computed") }
        return result
      }
    }
  }

  /// Changes every element by itself, on up to `workers` threads.
  package static func update<Element: Sendable>(
    _ elements: inout [Element], workers: Int, _ body: @Sendable (inout Element) -> Void
  ) {
    elements.withUnsafeMutableBufferPointer { buffer in
      // Threads are handed different indices, and all have ended when `map` returns.
      nonisolated(unsafe) let buffer = buffer
      _ = map(buffer.count, workers: workers) { body(&buffer[$0]) }
    }
  }
}
