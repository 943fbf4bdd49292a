// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The order statistics that an output's percentiles and their intervals need.
///
/// Section 0 is all iterations together; with replicates, section 1 + r is replicate r. Independent
/// iterations have order-statistic intervals. Others have
///
/// ```
/// Q(p) ± t SE        SE from the replicates' percentiles about Q(p)
/// ```
/// with t the 97.5th percentile of Student's t, 15 degrees of freedom. A replicate's percentile is taken
/// where its points stand in the middle of their strata (type 5), Q(p) itself is of type 7. Where a
/// replicate has less than one point beyond the percentile there is no interval.
struct WantedRanks: Sendable {
  private let probabilities: [Double]
  private let positions: [QuantilePosition]
  /// By percentile; none with replicates.
  private let intervals: [RankInterval]
  private let sizes: [Int]
  /// By percentile, then replicate; empty where there is no interval.
  private let replicatePositions: [[QuantilePosition]]

  init(probabilities: [Double], count: Int, replication: Replication?) {
    self.probabilities = probabilities
    positions = probabilities.map { QuantilePosition($0, count: count) }
    intervals = replication == nil ? probabilities.map { RankInterval($0, count: count) } : []
    let sizes =
      replication.map { replication in
        (0..<replication.count).map {
          replication.size(ofReplicate: $0, iterations: count)
        }
      } ?? []
    self.sizes = sizes
    let least = Double(sizes.min() ?? 0)
    replicatePositions = probabilities.map { p in
      least * min(p, 1 - p) >= 1
        ? sizes.map { QuantilePosition(middleOfStrata: p, count: $0) } : []
    }
  }

  /// Number of values in each section.
  func counts(all: Int) -> [Int] { [all] + sizes }

  /// Ranks to find in each section, from 0, ascending and distinct.
  var ranks: [[Int]] {
    let ends = intervals.flatMap { [$0.lower, $0.upper].compactMap { $0.map { $0 - 1 } } }
    func distinct(_ positions: [QuantilePosition], _ others: [Int] = []) -> [Int] {
      Set(positions.flatMap { [$0.lowerRank, $0.upperRank] } + others).sorted()
    }
    return [distinct(positions, ends)]
      + sizes.indices.map { replicate in
        distinct(replicatePositions.filter { !$0.isEmpty }.map { $0[replicate] })
      }
  }

  /// The percentiles, given the order statistics of all `ranks` by section.
  func percentiles(_ found: [[Int: Double]]) -> [OutputSummary.Percentile] {
    known(found).enumerated().map { index, percentile in
      guard let percentile else {
        preconditionFailure("a rank of percentile \(probabilities[index]) was not found")
      }
      return percentile
    }
  }

  /// The percentiles whose order statistics are all among `found`.
  func known(_ found: [[Int: Double]]) -> [OutputSummary.Percentile?] {
    probabilities.indices.map { percentile($0, found) }
  }

  private func percentile(_ i: Int, _ found: [[Int: Double]]) -> OutputSummary.Percentile? {
    func quantile(_ position: QuantilePosition, _ section: Int) -> Double? {
      guard let lower = found[section][position.lowerRank],
        let upper = found[section][position.upperRank]
      else { return nil }
      return position.interpolate(lower, upper)
    }
    guard let value = quantile(positions[i], 0) else { return nil }
    var lower: Double?
    var upper: Double?
    if intervals.isEmpty {
      var replicates: [(estimate: Double, size: Int)] = []
      for (replicate, position) in replicatePositions[i].enumerated() {
        guard let estimate = quantile(position, 1 + replicate) else { return nil }
        replicates.append((estimate, sizes[replicate]))
      }
      let margin = ReplicateError.standardError(replicates, about: value)
        .map { Replication.studentQuantile * $0 }
      lower = margin.map { value - $0 }
      upper = margin.map { value + $0 }
    } else {
      if let rank = intervals[i].lower {
        guard let end = found[0][rank - 1] else { return nil }
        lower = end
      }
      if let rank = intervals[i].upper {
        guard let end = found[0][rank - 1] else { return nil }
        upper = end
      }
    }
    return OutputSummary.Percentile(
      probability: probabilities[i], value: value, lower: lower, upper: upper)
  }
}
