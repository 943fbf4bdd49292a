// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The chi-square distribution.
///
/// ```
/// f(x) = x^(df/2−1) exp(−x/2) / (Γ(df/2) 2^(df/2)),   x > 0
/// mean = df,   variance = 2 df
/// ```
/// The gamma distribution with shape df/2 and scale 2.
public struct ChiSquare: Distribution, Hashable {
  public let degreesOfFreedom: Double
  private let gamma: Gamma

  /// Degrees of freedom whose gamma shape is in `Gamma.shapeRange`.
  public static let degreesRange = 0.002...2e7

  /// - Throws: `DistributionError` unless `degreesOfFreedom` is in `degreesRange`.
  public init(degreesOfFreedom: Double) throws(DistributionError) {
    try Check.positive(degreesOfFreedom, "df")
    try Check.within(degreesOfFreedom, Self.degreesRange, "df")
    self.degreesOfFreedom = degreesOfFreedom
    gamma = try Gamma(shape: degreesOfFreedom / 2, scale: 2)
  }

  public static let family = Family(
    name: "chi-square",
    summary: "sums of squares; sampling distributions of variances",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["df"], allowsPositional: true) { (v) throws(DistributionError) in
        try ChiSquare(degreesOfFreedom: v[0])
      }
    ],
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 18")

  public var parameters: [NamedValue] { [NamedValue("df", degreesOfFreedom)] }
  public var support: Support { .positive }
  public var mean: Double { degreesOfFreedom }
  public var variance: Double { 2 * degreesOfFreedom }
  public var mode: Double? { degreesOfFreedom >= 2 ? degreesOfFreedom - 2 : nil }

  public func density(_ x: Double) -> Double { gamma.density(x) }
  public func cumulative(_ x: Double) -> Double { gamma.cumulative(x) }
  public func survival(_ x: Double) -> Double { gamma.survival(x) }
  public func quantile(_ tail: TailProbability) -> Double { gamma.quantile(tail) }

  public var sampling: SamplingForm { gamma.sampling }
}
