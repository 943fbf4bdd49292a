// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Count, mean, spread, smallest and largest of a set of values.
///
/// ```
/// mean = Σ x / n     M2 = Σ (x − mean)²     variance = M2 / (n − 1)     MCSE = √(variance / n)
/// ```
/// Numerics: values must be finite; with |x| below about 1e150 nothing overflows. In a block `M2`
/// loses digits only with the square of ulp · mean / sd; merging loses them with its first power.
/// A constant has its value as mean and an `M2` of exactly 0. −0 is reported as 0.
///
/// Source: Chan, Golub and LeVeque (1983), doi:10.1080/00031305.1983.10483115, eq. 1.7 (two
/// passes with correction); Pébay (2008), SAND2008-6212, eq. 2.1 (merging).
public struct Moments: Sendable, Hashable {
  /// How many values.
  public let count: Int
  /// Their mean; 0 when there are none.
  public let mean: Double
  /// M2, the sum of squared deviations from the mean.
  public let squaredDeviations: Double
  /// The smallest value; +∞ when there are none.
  public let minimum: Double
  /// The largest value; −∞ when there are none.
  public let maximum: Double

  /// Rebuilds moments that were stored.
  package init(
    count: Int, mean: Double, squaredDeviations: Double, minimum: Double, maximum: Double
  ) {
    self.count = count
    self.mean = mean
    self.squaredDeviations = squaredDeviations
    self.minimum = minimum
    self.maximum = maximum
  }

  /// The moments of no values: the identity of `merge`.
  package static let empty = Moments(
    count: 0, mean: 0, squaredDeviations: 0, minimum: .infinity, maximum: -.infinity)

  /// M2 / (n − 1); `nil` below two values.
  public var variance: Double? {
    count < 2 ? nil : squaredDeviations / Double(count - 1)
  }

  /// Square root of the variance; `nil` below two values.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// MCSE of the mean: standard deviation / √n; `nil` below two values.
  public var monteCarloStandardError: Double? {
    standardDeviation.map { $0 / Double(count).squareRoot() }
  }
}

extension Moments: Mergeable {
  /// The moments of both sets.
  ///
  /// ```
  /// δ = mean_R − mean_L     mean = mean_L + δ n_R/n     M2 = M2_L + M2_R + δ² n_L n_R/n
  /// ```
  package static func merge(_ left: Moments, _ right: Moments) -> Moments {
    if left.count == 0 { return right }
    if right.count == 0 { return left }
    let n = left.count + right.count
    let rightShare = Double(right.count) / Double(n)
    let delta = right.mean - left.mean
    return Moments(
      count: n,
      mean: left.mean + delta * rightShare,
      squaredDeviations: left.squaredDeviations + right.squaredDeviations
        + delta * delta * (Double(left.count) * rightShare),
      minimum: Swift.min(left.minimum, right.minimum),
      maximum: Swift.max(left.maximum, right.maximum))
  }
}
