// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What one worker has gathered about all outputs from the blocks it was given.
///
/// Merging gives the same bits in any order: moments go along the fixed tree, the rest are counts.
struct BlockSummaries: Sendable {
  let edges: [HistogramEdges?]
  private let settings: RunSettings
  var moments: [MergeTree<Moments>]
  var positives: [Proportion]
  var histograms: [HistogramCounts?]
  /// By output, where the error comes from groups of randomisations.
  private var replicates: [ReplicateSummaries]
  /// By output, where it comes from pairs.
  private var pairs: [PairSummaries]

  init(edges: [HistogramEdges?], settings: RunSettings) {
    self.edges = edges
    self.settings = settings
    moments = Array(repeating: MergeTree(), count: edges.count)
    positives = Array(repeating: Proportion(), count: edges.count)
    histograms = edges.map { $0.map { HistogramCounts(edges: $0) } }
    replicates = []
    pairs = []
    switch settings.method {
    case .random: break
    case .antithetic: pairs = Array(repeating: PairSummaries(), count: edges.count)
    case .latinHypercube, .sobol:
      replicates = Array(
        repeating: ReplicateSummaries(count: settings.errorGroups), count: edges.count)
    }
  }

  /// The same request, nothing gathered.
  func emptied() -> BlockSummaries { BlockSummaries(edges: edges, settings: settings) }

  mutating func add(_ values: UnsafeBufferPointer<Double>, output: Int, block: Int) {
    let sums = BlockSums(values)
    moments[output].insert(Moments(block: values, sums: sums), at: block)
    positives[output].add(positive: sums.positiveCount, of: values.count)
    histograms[output]?.add(block: values)
    if !pairs.isEmpty { pairs[output].add(values, block: block) }
  }

  /// Adds what a block holds of one replicate.
  mutating func add(
    _ part: UnsafeBufferPointer<Double>, replicate: Int, output: Int, block: Int
  ) {
    if replicates.isEmpty { return }
    let group = settings.points?.group(replicate: replicate, block: block) ?? replicate
    replicates[output].add(part, replicate: group, block: block)
  }

  mutating func merge(_ other: BlockSummaries) {
    for i in moments.indices {
      moments[i].absorb(other.moments[i])
      positives[i] = Proportion.merge(positives[i], other.positives[i])
      if let theirs = other.histograms[i] { histograms[i]?.merge(theirs) }
    }
    for i in replicates.indices { replicates[i].merge(other.replicates[i]) }
    for i in pairs.indices { pairs[i].merge(other.pairs[i]) }
  }

  /// Monte Carlo standard errors of an output's mean and of its share above zero.
  func standardErrors(ofOutput output: Int) -> (mean: Double?, share: Double?) {
    let whole = moments[output].reduced() ?? .empty
    let positive = positives[output]
    switch settings.method {
    case .random: return (whole.monteCarloStandardError, positive.monteCarloStandardError)
    case .antithetic: return (pairs[output].standardErrorOfMean, pairs[output].standardErrorOfShare)
    case .latinHypercube, .sobol:
      return (
        replicates[output].standardError(ofMean: whole.mean),
        replicates[output].standardError(ofShare: positive.value ?? 0)
      )
    }
  }
}
