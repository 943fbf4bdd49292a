// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Iterations dealt out to replicates: independent and alike, so that their spread is the error of a run.
///
/// ```
/// replicate of iteration i = ⌊i / run⌋ mod count        point = ⌊i / (run · count)⌋
/// ```
/// Dealing, instead of cutting the run in lengths, gives every block of iterations the same share of
/// each replicate: the first iterations stand for all, and a run may be split between any two blocks.
public struct Replication: Sendable, Hashable {
  /// Replicates of every run.
  public static let standardCount = 16
  /// The 97.5th percentile of Student's t with `standardCount` − 1 degrees of freedom.
  static let studentQuantile = 2.131449545559323

  public let count: Int
  /// Consecutive iterations that stay together: 2 for antithetic pairs.
  public let run: Int

  init(run: Int) {
    count = Self.standardCount
    self.run = run
  }

  /// The replicate that iteration `iteration` belongs to.
  public func replicate(ofIteration iteration: Int) -> Int { iteration / run % count }

  /// Iterations of `replicate` among the first `iterations`.
  public func size(ofReplicate replicate: Int, iterations: Int) -> Int {
    let cycle = count * run
    let rest = iterations % cycle - replicate * run
    return iterations / cycle * run + min(max(rest, 0), run)
  }

  /// Calls `body` with the values of each replicate that has some, in order.
  ///
  /// - Parameter values: of consecutive iterations; the first one belongs to replicate 0 and begins a
  ///   run, as it does in every block.
  func forEachPart(
    of values: UnsafeBufferPointer<Double>,
    _ body: (_ replicate: Int, _ part: UnsafeBufferPointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count / count + run) { part in
      for replicate in 0..<count {
        var filled = 0
        var start = replicate * run
        while start < values.count {
          for i in start..<min(start + run, values.count) {
            part.initializeElement(at: filled, to: values[i])
            filled += 1
          }
          start += count * run
        }
        if filled == 0 { return }
        body(replicate, UnsafeBufferPointer(rebasing: part[0..<filled]))
      }
    }
  }
}
