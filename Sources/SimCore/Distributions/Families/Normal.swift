// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The normal distribution.
///
/// ```
/// f(x) = exp(−(x − mean)² / (2 sd²)) / (sd √(2π))
/// ```
/// Source: GSL `gsl_cdf_ugaussian_P/Q`, `gsl_ran_ugaussian_pdf`.
public struct Normal: Distribution, Hashable {
  public let mean: Double
  public let sd: Double

  /// - Throws: `DistributionError` unless `mean` is finite, `standardDeviation` above 0 and its square
  ///   finite.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    try Check.finite(10 * standardDeviation + abs(mean), "mean + 10 sd")
    try Check.finite(standardDeviation * standardDeviation, "sd²")
    self.mean = mean
    self.sd = standardDeviation
  }

  private init(standard: Void) {
    self.mean = 0
    self.sd = 1
  }

  /// Mean 0, standard deviation 1.
  public static let standard = Normal(standard: ())

  public static let family = Family(
    name: "normal",
    summary: "quantities of either sign; means of many; log ratios",
    supportText: "any number",
    parametrisations: [
      Parametrisation(
        ["mean", "sd"], allowsPositional: true, uncertain: .moved([.location, .scale])
      ) { (v) throws(DistributionError) in
        try Normal(mean: v[0], standardDeviation: v[1])
      }
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Normal(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 13")

  public var parameters: [NamedValue] { [NamedValue("mean", mean), NamedValue("sd", sd)] }
  public var support: Support { .real }
  public var variance: Double { sd * sd }
  public var mode: Double? { mean }

  public func density(_ x: Double) -> Double {
    (GSL.normalDensity((x - mean) / sd) ?? 0) / sd
  }
  public func cumulative(_ x: Double) -> Double { Self.tail((x - mean) / sd, upper: false) }
  public func survival(_ x: Double) -> Double { Self.tail((x - mean) / sd, upper: true) }

  /// One tail of the standard normal. GSL answers for every finite argument; `erfc` stands behind it.
  static func tail(_ z: Double, upper: Bool) -> Double {
    GSL.normal(z, upper: upper)
      ?? 0.5 * Double.erfc((upper ? z : -z) * 0.5.squareRoot())
  }

  public var sampling: SamplingForm {
    .table(standard: Normal.standard, location: mean, scale: sd)
  }
}
