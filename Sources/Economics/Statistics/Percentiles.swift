// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// A percentile of draws with the ends of its 95 % order-statistic interval.
public struct PercentileEstimate: Sendable, Hashable {
  /// In 0 … 1.
  public let probability: Double
  public let value: Double
  /// Ends of the interval of Monte Carlo error; `nil` where n is too small for one.
  public let lower: Double?
  public let upper: Double?

  /// Half the width of the interval over 1.96: the error of a normal interval as wide.
  public var monteCarloStandardError: Double? {
    guard let lower, let upper else { return nil }
    return (upper - lower) / (2 * standardNormal95)
  }

  func times(_ factor: Double) -> PercentileEstimate {
    PercentileEstimate(
      probability: probability, value: value * factor, lower: lower.map { $0 * factor },
      upper: upper.map { $0 * factor })
  }
}

/// The 97.5th percentile of the standard normal.
let standardNormal95 = 1.959963984540054

/// The ranks that a set of percentiles of n values needs, found once for many sets of values.
struct PercentilePlan {
  private let probabilities: [Double]
  private let positions: [QuantilePosition]
  private let intervals: [RankInterval]
  /// Ascending.
  let ranks: [Int]
  /// How many values there are.
  let count: Int

  init(_ probabilities: [Double], count: Int) {
    self.probabilities = probabilities
    self.count = count
    positions = probabilities.map { QuantilePosition($0, count: count) }
    intervals = probabilities.map { RankInterval($0, count: count) }
    var ranks: Set<Int> = []
    for position in positions { ranks.formUnion([position.lowerRank, position.upperRank]) }
    for interval in intervals {
      if let lower = interval.lower { ranks.insert(lower - 1) }
      if let upper = interval.upper { ranks.insert(upper - 1) }
    }
    self.ranks = ranks.sorted()
  }

  /// Type-7 percentiles of `values`, which are left reordered.
  func evaluate(_ values: UnsafeMutableBufferPointer<Double>) -> [PercentileEstimate] {
    let found = OrderStatistics.select(values, ranks: ranks)
    return estimates(Dictionary(zip(ranks, found)) { first, _ in first })
  }

  /// The percentiles from the order statistics at all of `ranks`.
  func estimates(_ byRank: [Int: Double]) -> [PercentileEstimate] {
    func at(_ rank: Int) -> Double { byRank[rank] ?? .nan }
    return probabilities.indices.map { i in
      PercentileEstimate(
        probability: probabilities[i],
        value: positions[i].interpolate(at(positions[i].lowerRank), at(positions[i].upperRank)),
        lower: intervals[i].lower.map { at($0 - 1) }, upper: intervals[i].upper.map { at($0 - 1) })
    }
  }
}
