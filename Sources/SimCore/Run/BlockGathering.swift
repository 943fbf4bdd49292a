// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Adds an output's block to all that a run gathers: the iterations together, and replicate by replicate.
enum BlockGathering {
  /// - Parameter trackers: of the output, all iterations first, then by replicate; empty when its order
  ///   statistics are not gathered.
  static func add(
    _ values: UnsafeBufferPointer<Double>, output: Int, block: Int, replication: Replication?,
    to summaries: inout BlockSummaries?, _ trackers: inout [QuantileTracker?]
  ) {
    summaries?.add(values, output: output, block: block)
    if !trackers.isEmpty { trackers[0]?.add(block: values) }
    guard let replication else { return }
    replication.forEachPart(of: values) { replicate, part in
      summaries?.add(part, replicate: replicate, output: output, block: block)
      if trackers.count > 1 { trackers[1 + replicate]?.add(block: part) }
    }
  }
}
