// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Up to four outcomes side by side: what is gathered in the order of a parameter is gathered for all of them
/// at once, and their sums go on beside each other.
public struct OutcomeGroup: Sendable {
  public static let most = 4

  /// Number of outcomes.
  public let count: Int
  /// Draw by draw, each outcome by its own `BinaryScale`; zeros where outcomes are fewer than four.
  let values: [SIMD4<Double>]
  /// Multiply by it to return from that scale.
  let up: SIMD4<Double>
  /// The first draw: differences from it are exact where the spread is small beside the mean.
  let origin: SIMD4<Double>
  /// Mean of the differences from it, and sum of squared deviations, of all draws.
  let mean: SIMD4<Double>
  let squares: SIMD4<Double>

  /// - Precondition: one to four columns of equal length.
  public init(_ columns: some Collection<[Double]>) {
    precondition((1...Self.most).contains(columns.count), "\(columns.count) outcomes")
    let draws = columns.first?.count ?? 0
    var four = Array(columns)
    precondition(four.allSatisfy { $0.count == draws })
    var (down, up) = (SIMD4<Double>.one, SIMD4<Double>.one)
    for (lane, column) in four.enumerated() {
      let scale = BinaryScale(column)
      (down[lane], up[lane]) = (scale.down, scale.up)
    }
    let zeros = four.count < Self.most ? [Double](repeating: 0, count: draws) : []
    while four.count < Self.most { four.append(zeros) }
    let (a, b, c, d) = (four[0], four[1], four[2], four[3])
    let values = (0..<draws).map { SIMD4(a[$0], b[$0], c[$0], d[$0]) * down }
    let n = Double(draws)
    let origin = values.first ?? .zero
    let mean = values.reduce(SIMD4<Double>.zero) { $0 + ($1 - origin) / n }
    squares = values.reduce(SIMD4<Double>.zero) {
      let deviation = ($1 - origin) - mean
      return $0 + deviation * deviation
    }
    self.origin = origin
    self.values = values
    self.up = up
    self.mean = mean
    count = columns.count
  }

  /// The ranks of outcomes in their place.
  public init(ranks: some Collection<CentredRanks>) { self.init(ranks.map(\.values)) }
}

extension ParameterSensitivity {
  /// `firstOrderIndex` of every outcome, bit for bit.
  public func firstOrderIndices(_ outcomes: OutcomeGroup) -> [Estimate] {
    let (outcome, origin) = (outcomes.values, outcomes.origin)
    let (mean, total) = (outcomes.mean, outcomes.squares)
    precondition(outcome.count == values.count)
    let n = Double(outcome.count)
    let bins = fineBins
    let k = Double(bins.count)
    let nothing = Estimate(0, monteCarloStandardError: 0)
    guard bins.count > 1, n > k else { return Array(repeating: nothing, count: outcomes.count) }
    var between = SIMD4<Double>.zero
    var centred: [SIMD4<Double>] = []
    for bin in 0..<bins.count {
      let rows = order.rows[bins.starts[bin]..<bins.starts[bin + 1]]
      let sum = rows.reduce(SIMD4<Double>.zero) { $0 + ((outcome[Int($1)] - origin) - mean) }
      let g = sum / Double(rows.count)
      centred.append(g)
      between += Double(rows.count) * g * g
    }
    let index = (between - (k - 1) * (total - between) / (n - k)) / total
    var squares = SIMD4<Double>.zero
    for bin in 0..<bins.count {
      let g = centred[bin]
      for row in order.rows[bins.starts[bin]..<bins.starts[bin + 1]] {
        let y = (outcome[Int(row)] - origin) - mean
        let influence = 2 * g * y - g * g - index * y * y
        squares += influence * influence
      }
    }
    let variance = total / n
    let noise = squares / (variance * variance) / (n * n) + 2 * (k - 1) / (n * n)
    return (0..<outcomes.count).map { lane in
      total[lane] > 0
        ? Estimate(index[lane], monteCarloStandardError: noise[lane].squareRoot()) : nothing
    }
  }

  /// `rankCorrelation` with every outcome, bit for bit.
  ///
  /// - Parameter outcomes: from `OutcomeGroup(ranks:)`.
  public func rankCorrelations(_ outcomes: OutcomeGroup) -> [Estimate] {
    let (a, b) = (ranks.values, outcomes.values)
    precondition(b.count == a.count)
    var ab = SIMD4<Double>.zero
    var aa = 0.0
    var bb = SIMD4<Double>.zero
    for row in a.indices {
      ab += a[row] * b[row]
      aa += a[row] * a[row]
      bb += b[row] * b[row]
    }
    return (0..<outcomes.count).map {
      Self.rankCorrelation(ab: ab[$0], aa: aa, bb: bb[$0], a.count)
    }
  }

  /// `conditionalMeans` of every outcome over the usual bins, bit for bit.
  public func conditionalMeans(_ outcomes: OutcomeGroup) -> [[ConditionalMean]] {
    let outcome = outcomes.values
    precondition(outcome.count == values.count)
    var result = [[ConditionalMean]](repeating: [], count: outcomes.count)
    for bin in 0..<coarseBins.count {
      let rows = order.rows[coarseBins.starts[bin]..<coarseBins.starts[bin + 1]]
      let n = Double(rows.count)
      let origin = outcome[Int(rows[rows.startIndex])]
      let sum = rows.reduce(SIMD4<Double>.zero) { $0 + (outcome[Int($1)] - origin) }
      let mean = sum / n + origin
      let squares = rows.reduce(SIMD4<Double>.zero) {
        $0 + (outcome[Int($1)] - mean) * (outcome[Int($1)] - mean)
      }
      let variance = squares / (n - 1) / n
      for lane in result.indices {
        result[lane].append(
          ConditionalMean(
            draws: rows.count, parameterMean: coarseBins.means[bin],
            outcomeMean: mean[lane] * outcomes.up[lane],
            mcse: rows.count > 1 ? variance[lane].squareRoot() * outcomes.up[lane] : nil))
      }
    }
    return result
  }
}
