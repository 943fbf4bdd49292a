// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The figures of one output after the first iterations of a run.
///
/// Reproducibility: with the methods `random`, `sobol` and `antithetic` the bits that a run of so many
/// iterations gives. The first points of a Latin hypercube are no smaller hypercube.
public struct RunningSummary: Sendable {
  public let iterations: Int
  public let moments: Moments
  /// P(x > 0).
  public let positive: Proportion
  /// Monte Carlo standard errors under the run's sampling method.
  public let meanStandardError: Double?
  public let positiveStandardError: Double?
  /// In the order of the output's; `nil` where an order statistic was not kept.
  public internal(set) var percentiles: [OutputSummary.Percentile?]
}

extension RunningSummary {
  /// The figures after all iterations.
  public init(_ whole: OutputSummary) {
    iterations = whole.moments.count
    moments = whole.moments
    positive = whole.positive
    meanStandardError = whole.meanStandardError
    positiveStandardError = whole.positiveStandardError
    percentiles = whole.percentiles
  }
}

/// Takes the figures of outputs whenever a run has doubled.
///
/// ```
/// sizes: blocks of 1 024 iterations, 1, 2, 4, 8, …, below all
/// ```
/// Moments are then single nodes of the merge tree, and order statistics are among the values that the
/// search keeps anyway: its windows, chosen at half the size, are ten times as wide as the percentile moves.
struct RunningFigures {
  /// Outputs beyond these are left out.
  static let mostOutputs = 256

  private(set) var points: [[RunningSummary]]
  private let method: SamplingMethod
  private let probabilities: [[Double]]
  private var wanted: [Key: WantedRanks] = [:]

  private struct Key: Hashable {
    let probabilities: [Double]
    let count: Int
  }

  init(_ plan: Plan, method: SamplingMethod) {
    let outputs = plan.outputs.prefix(Self.mostOutputs)
    probabilities = outputs.map(\.probabilities)
    points = Array(repeating: [], count: outputs.count)
    self.method = method
  }

  /// The first doubling after `blocks` blocks.
  static func next(after blocks: Int) -> Int {
    var size = 1
    while size <= blocks { size *= 2 }
    return size
  }

  /// Whether figures are taken after `blocks` of `all` blocks.
  static func isSize(_ blocks: Int, of all: Int) -> Bool {
    blocks > 0 && blocks < all && blocks & (blocks - 1) == 0
  }

  /// Takes what a pass knows when exactly the first `blocks` blocks have been gathered.
  ///
  /// - Parameter summaries: of the first pass; later ones bring percentiles alone.
  mutating func take(
    blocks: Int, _ summaries: BlockSummaries?, _ search: OrderStatisticsSearch
  ) {
    let count = blocks * Plan.blockLength
    var places: [Int?] = []
    var wanted: [WantedRanks?] = []
    for output in points.indices {
      if let summaries {
        let errors = summaries.standardErrors(ofOutput: output)
        points[output].append(
          RunningSummary(
            iterations: count, moments: summaries.moments[output].reduced() ?? .empty,
            positive: summaries.positives[output], meanStandardError: errors.mean,
            positiveStandardError: errors.share,
            percentiles: probabilities[output].map { _ in nil }))
      }
      let place = points[output].firstIndex {
        $0.iterations == count && $0.percentiles.allSatisfy { $0 == nil }
      }
      places.append(place)
      wanted.append(place.map { _ in ranks(probabilities[output], count) })
    }
    for (output, found) in search.running(wanted).enumerated() {
      if let place = places[output], let found { points[output][place].percentiles = found }
    }
  }

  private mutating func ranks(_ probabilities: [Double], _ count: Int) -> WantedRanks {
    let key = Key(probabilities: probabilities, count: count)
    if let known = wanted[key] { return known }
    let ranks = WantedRanks(
      probabilities: probabilities, count: count, replication: method.replication)
    wanted[key] = ranks
    return ranks
  }
}
