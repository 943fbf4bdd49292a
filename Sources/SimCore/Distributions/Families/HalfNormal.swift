// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The half-normal distribution: the size of a normal variate with mean 0.
///
/// ```
/// f(x) = √(2/π) exp(−x² / (2 scale²)) / scale,   x > 0
/// mean = scale √(2/π),   variance = scale² (1 − 2/π)
/// ```
public struct HalfNormal: LocationScaleDistribution, Hashable {
  /// The standard deviation of the normal variate, not of its size.
  public let scale: Double

  /// - Throws: `DistributionError` unless `scale` is finite and above 0.
  public init(scale: Double) throws(DistributionError) {
    try Check.positive(scale, "scale")
    self.scale = scale
    try Check.reach(self)
  }

  /// - Throws: `DistributionError` unless `mean` is finite and above 0.
  public init(mean: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try self.init(scale: mean * (Double.pi / 2).squareRoot())
  }

  public static let family = Family(
    name: "half-normal",
    summary: "sizes of deviations; priors of standard deviations",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["scale"], uncertain: .moved([.scale])) { (v) throws(DistributionError) in
        try HalfNormal(scale: v[0])
      },
      Parametrisation(["mean"], uncertain: .moved([.scale])) { (v) throws(DistributionError) in
        try HalfNormal(mean: v[0])
      },
    ],
    source: "Johnson, Kotz and Balakrishnan (1994), section 13.10")

  public var parameters: [NamedValue] { [NamedValue("scale", scale)] }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { (2 / Double.pi).squareRoot() }
  public var standardVariance: Double { 1 - 2 / Double.pi }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double {
    2 * Double.exp(-0.5 * z * z) / Deviance.sqrtTwoPi
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let w = z * 0.5.squareRoot()
    return side == .lower ? Double.erf(w) : Double.erfc(w)
  }
}
