// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the draws of a run say about how an outcome goes with one parameter. Sorted once for all figures.
public struct ParameterSensitivity: Sendable {
  public let name: String
  let values: [Double]
  let order: DrawOrder
  let ranks: CentredRanks
  /// Bins of the first-order index.
  let fineBins: DrawBins
  /// Bins of the conditional means, unless another number is asked for.
  let coarseBins: DrawBins

  private static let usualBins = 20

  public init(_ column: DrawColumn) {
    name = column.name
    values = column.values
    order = DrawOrder(column.values)
    ranks = CentredRanks(column.values, order)
    var bound = 8
    while bound < 128, (bound + 1) * (bound + 1) * (bound + 1) <= values.count { bound += 1 }
    fineBins = DrawBins.equalCount(values, order, count: max(1, min(bound, values.count)))
    coarseBins = DrawBins.equalCount(values, order, count: Self.usualBins)
  }

  /// Mean outcome in one bin of the parameter's draws.
  public struct ConditionalMean: Sendable, Hashable {
    public let draws: Int
    public let parameterMean: Double
    public let outcomeMean: Double
    /// `nil` for a bin of one draw.
    public let mcse: Double?
  }

  /// Mean outcomes over bins of equal counts, equal values together: the data of an "info rank" plot.
  ///
  /// ```
  /// mcse = sd of the outcome in the bin / √draws
  /// ```
  /// - Parameter count: 20 when left out.
  /// - Precondition: `outcome` has a value for each draw; `count` is above 0.
  public func conditionalMeans(_ outcome: [Double], bins count: Int? = nil) -> [ConditionalMean] {
    precondition(outcome.count == values.count && count ?? 1 > 0)
    let bins = count.map { DrawBins.equalCount(values, order, count: $0) } ?? coarseBins
    let scale = BinaryScale(outcome)
    return (0..<bins.count).map { bin in
      let rows = order.rows[bins.starts[bin]..<bins.starts[bin + 1]]
      let n = Double(rows.count)
      func y(_ row: UInt32) -> Double { outcome[Int(row)] * scale.down }
      let origin = y(rows[rows.startIndex])
      let mean = rows.reduce(0) { $0 + (y($1) - origin) } / n + origin
      let squares = rows.reduce(0) { $0 + (y($1) - mean) * (y($1) - mean) }
      return ConditionalMean(
        draws: rows.count, parameterMean: bins.means[bin], outcomeMean: mean * scale.up,
        mcse: rows.count > 1 ? (squares / (n - 1) / n).squareRoot() * scale.up : nil)
    }
  }

  /// The first-order Sobol' index of the parameter, from bins of its draws.
  ///
  /// ```
  /// S = V(E(y | x)) / V(y) ≈ (SSB − (K − 1) SSW/(n − K)) / SST       K = n^(1/3), from 8 to 128
  /// mcse² = Σ ((2 g y − g² − S y²) / V)² / n² + 2 (K − 1) / n²        y centred, g its mean in the bin
  /// ```
  /// SSB alone is too high by the noise of K means; the correction takes it off, so that S may come out
  /// slightly below 0. Only for parameters that are independent of others is S a share of the variance.
  ///
  /// Numerics: 0 for a constant parameter or outcome.
  /// Source: Saltelli et al. (2008), Global Sensitivity Analysis, section 4.2; the correction is
  /// Kelley's (1935) ε², doi:10.1073/pnas.21.9.554.
  public func firstOrderIndex(_ outcome: [Double]) -> Estimate {
    precondition(outcome.count == values.count)
    let n = Double(outcome.count)
    let bins = fineBins
    let down = BinaryScale(outcome).down
    // Differences from one value are exact where the spread is small beside the mean.
    let origin = (outcome.first ?? 0) * down
    func from(_ value: Double) -> Double { value * down - origin }
    let mean = outcome.reduce(0) { $0 + from($1) / n }
    let total = outcome.reduce(0) { $0 + (from($1) - mean) * (from($1) - mean) }
    let k = Double(bins.count)
    guard bins.count > 1, n > k, total > 0 else { return Estimate(0, monteCarloStandardError: 0) }
    var between = 0.0
    var centred: [Double] = []
    for bin in 0..<bins.count {
      let rows = order.rows[bins.starts[bin]..<bins.starts[bin + 1]]
      let g = rows.reduce(0) { $0 + (from(outcome[Int($1)]) - mean) } / Double(rows.count)
      centred.append(g)
      between += Double(rows.count) * g * g
    }
    let index = (between - (k - 1) * (total - between) / (n - k)) / total
    var squares = 0.0
    for bin in 0..<bins.count {
      let g = centred[bin]
      for row in order.rows[bins.starts[bin]..<bins.starts[bin + 1]] {
        let y = from(outcome[Int(row)]) - mean
        let influence = 2 * g * y - g * g - index * y * y
        squares += influence * influence
      }
    }
    let variance = total / n
    return Estimate(
      index,
      monteCarloStandardError: (squares / (variance * variance) / (n * n) + 2 * (k - 1) / (n * n))
        .squareRoot())
  }

  /// Spearman's rank correlation with the outcome, ties sharing the mean of their ranks.
  ///
  /// ```
  /// mcse = (1 − ρ²) √((1 + ρ²/2) / (n − 3))
  /// ```
  /// Numerics: 0 when either is constant; `mcse` 0 below four draws.
  /// Source: Bonett and Wright (2000), doi:10.1007/BF02294183.
  public func rankCorrelation(_ outcome: [Double]) -> Estimate {
    rankCorrelation(CentredRanks(outcome))
  }

  /// The same, for an outcome that was ranked before.
  public func rankCorrelation(_ outcome: CentredRanks) -> Estimate {
    precondition(outcome.values.count == values.count)
    let a = ranks.values
    let b = outcome.values
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for row in a.indices {
      ab += a[row] * b[row]
      aa += a[row] * a[row]
      bb += b[row] * b[row]
    }
    return Self.rankCorrelation(ab: ab, aa: aa, bb: bb, a.count)
  }

  /// From the sums of products of centred ranks.
  static func rankCorrelation(ab: Double, aa: Double, bb: Double, _ count: Int) -> Estimate {
    guard aa > 0, bb > 0 else { return Estimate(0, monteCarloStandardError: 0) }
    let rho = ab / (aa * bb).squareRoot()
    let n = Double(count)
    let spread = n > 3 ? ((1 + rho * rho / 2) / (n - 3)).squareRoot() : 0
    return Estimate(rho, monteCarloStandardError: max(0, 1 - rho * rho) * spread)
  }
}
