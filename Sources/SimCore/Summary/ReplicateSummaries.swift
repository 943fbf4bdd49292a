// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Moments and proportions of one output in each replicate of a run.
///
/// Merging gives the same bits in any order, as for the whole run.
struct ReplicateSummaries: Sendable {
  private var moments: [MergeTree<Moments>]
  private var positives: [Proportion]

  init(count: Int) {
    moments = Array(repeating: MergeTree(), count: count)
    positives = Array(repeating: Proportion(), count: count)
  }

  /// Adds what a block holds of one replicate.
  mutating func add(_ part: UnsafeBufferPointer<Double>, replicate: Int, block: Int) {
    moments[replicate].insert(Moments(block: part), at: block)
    positives[replicate].add(block: part)
  }

  mutating func merge(_ other: ReplicateSummaries) {
    for i in moments.indices {
      moments[i].absorb(other.moments[i])
      positives[i] = Proportion.merge(positives[i], other.positives[i])
    }
  }

  func standardError(ofMean mean: Double) -> Double? {
    ReplicateError.standardError(
      moments.map { $0.reduced() ?? .empty }.map { ($0.mean, $0.count) }, about: mean)
  }

  func standardError(ofShare share: Double) -> Double? {
    ReplicateError.standardError(positives.map { ($0.value ?? 0, $0.count) }, about: share)
  }
}
