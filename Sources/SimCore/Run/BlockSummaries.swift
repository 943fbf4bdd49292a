// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What one worker has gathered about all outputs from the blocks it was given.
///
/// Merging gives the same bits in any order: moments go along the fixed tree, the rest are counts.
struct BlockSummaries: Sendable {
  let edges: [HistogramEdges?]
  var moments: [MergeTree<Moments>]
  var positives: [Proportion]
  var histograms: [HistogramCounts?]

  init(edges: [HistogramEdges?]) {
    self.edges = edges
    moments = Array(repeating: MergeTree(), count: edges.count)
    positives = Array(repeating: Proportion(), count: edges.count)
    histograms = edges.map { $0.map { HistogramCounts(edges: $0) } }
  }

  mutating func add(_ values: UnsafeBufferPointer<Double>, output: Int, block: Int) {
    moments[output].insert(Moments(block: values), at: block)
    positives[output].add(block: values)
    histograms[output]?.add(block: values)
  }

  mutating func merge(_ other: BlockSummaries) {
    for i in moments.indices {
      moments[i].absorb(other.moments[i])
      positives[i] = Proportion.merge(positives[i], other.positives[i])
      if let theirs = other.histograms[i] { histograms[i]?.merge(theirs) }
    }
  }
}
