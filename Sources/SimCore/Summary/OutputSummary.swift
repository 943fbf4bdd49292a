// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a run reports about one output.
public struct OutputSummary: Sendable {
  public let name: String
  public let labels: [LabelChoice]
  /// Index of the case in the model.
  public let modelCase: Int
  public let moments: Moments
  /// P(x > 0).
  public let positive: Proportion
  public let percentiles: [Percentile]
  public let histogram: HistogramCounts?

  /// A quantile with its Monte Carlo interval.
  public struct Percentile: Sendable, Hashable {
    /// Cumulative probability in [0, 1].
    public let probability: Double
    /// Type 7.
    public let value: Double
    /// Ends of the distribution-free 95 % interval; `nil` where there is no such order statistic.
    public let lower: Double?
    public let upper: Double?
  }
}

/// The order statistics that an output's percentiles need, for a given number of iterations.
struct WantedRanks: Sendable {
  let probabilities: [Double]
  private let positions: [QuantilePosition]
  private let intervals: [RankInterval]
  /// All ranks, from 0, ascending and distinct.
  let ranks: [Int]

  init(probabilities: [Double], count: Int) {
    self.probabilities = probabilities
    positions = probabilities.map { QuantilePosition($0, count: count) }
    intervals = probabilities.map { RankInterval($0, count: count) }
    let all =
      positions.flatMap { [$0.lowerRank, $0.upperRank] }
      + intervals.flatMap { [$0.lower, $0.upper].compactMap { $0.map { $0 - 1 } } }
    ranks = Set(all).sorted()
  }

  /// The percentiles, given the order statistics of all `ranks`.
  func percentiles(_ values: [Int: Double]) -> [OutputSummary.Percentile] {
    func value(_ rank: Int) -> Double {
      guard let value = values[rank] else { preconditionFailure("rank \(rank) was not found") }
      return value
    }
    return probabilities.indices.map { i in
      OutputSummary.Percentile(
        probability: probabilities[i],
        value: positions[i].interpolate(
          value(positions[i].lowerRank), value(positions[i].upperRank)),
        lower: intervals[i].lower.map { value($0 - 1) },
        upper: intervals[i].upper.map { value($0 - 1) })
    }
  }
}
