// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The Rayleigh distribution: the length of a plane vector with independent normal components.
///
/// ```
/// P(X > x) = exp(−x² / (2 scale²)),   x > 0
/// mean = scale √(π/2),   variance = scale² (2 − π/2)
/// ```
/// The Weibull distribution with shape 2 and scale √2 · scale.
public struct Rayleigh: Distribution, Hashable {
  /// The standard deviation of each component.
  public let scale: Double
  private let weibull: Weibull

  /// - Throws: `DistributionError` unless `scale` is finite and above 0.
  public init(scale: Double) throws(DistributionError) {
    try Check.positive(scale, "scale")
    self.scale = scale
    weibull = try Weibull(shape: 2, scale: scale * 2.0.squareRoot())
  }

  /// - Throws: `DistributionError` unless `mean` is finite and above 0.
  public init(mean: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try self.init(scale: mean / (Double.pi / 2).squareRoot())
  }

  public static let family = Family(
    name: "rayleigh",
    summary: "distances; times with a hazard that rises in a line",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["scale"], uncertain: .moved([.scale])) { (v) throws(DistributionError) in
        try Rayleigh(scale: v[0])
      },
      Parametrisation(["mean"], uncertain: .moved([.scale])) { (v) throws(DistributionError) in
        try Rayleigh(mean: v[0])
      },
    ],
    source: "Johnson, Kotz and Balakrishnan (1994), section 18.10")

  public var parameters: [NamedValue] { [NamedValue("scale", scale)] }
  public var support: Support { .positive }
  public var mean: Double { scale * (Double.pi / 2).squareRoot() }
  public var variance: Double { scale * scale * (2 - Double.pi / 2) }
  public var mode: Double? { scale }

  public func density(_ x: Double) -> Double { weibull.density(x) }
  public func cumulative(_ x: Double) -> Double { weibull.cumulative(x) }
  public func survival(_ x: Double) -> Double { weibull.survival(x) }
  public func quantile(_ tail: TailProbability) -> Double { weibull.quantile(tail) }

  public var sampling: SamplingForm { weibull.sampling }
}
