// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The exponential power distribution, also called generalised normal or Subbotin.
///
/// ```
/// f(x) = shape / (2 scale Γ(1/shape)) exp(−|z|^shape),   z = (x − location)/scale
/// mean = location,   variance = scale² Γ(3/shape) / Γ(1/shape)
/// ```
/// Shape 1 is the Laplace distribution, shape 2 the normal with sd = scale/√2.
///
/// Numerics: |z|^shape is a gamma with shape 1/shape; tails from `GammaTails`.
public struct ExponentialPower: LocationScaleDistribution, Hashable {
  public let location: Double
  public let scale: Double
  public let shape: Double
  /// |Z|, which is a power of a gamma variate.
  private let magnitude: GeneralisedGamma
  /// shape / (2 Γ(1/shape)).
  private let peak: Double

  /// Shapes the tail functions are verified for.
  public static let shapeRange = 0.2...100.0

  /// - Throws: `DistributionError` unless `location` is finite, `scale` finite and above 0 and `shape`
  ///   in `shapeRange`.
  public init(location: Double, scale: Double, shape: Double) throws(DistributionError) {
    try Check.finite(location, "location")
    try Check.positive(scale, "scale")
    try Check.positive(shape, "shape")
    try Check.within(shape, Self.shapeRange, "shape")
    self.location = location
    self.scale = scale
    self.shape = shape
    magnitude = try GeneralisedGamma(shape: 1 / shape, power: shape, scale: 1)
    peak = 0.5 / Double.exp(Double.logGamma(1 + 1 / shape))
    try Check.reach(self)
  }

  /// The member with a given shape, mean and standard deviation.
  public init(mean: Double, standardDeviation: Double, shape: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let unit = try ExponentialPower(location: 0, scale: 1, shape: shape)
    try self.init(
      location: mean, scale: standardDeviation / unit.standardDeviation, shape: shape)
  }

  public static let family = Family(
    name: "exponential-power",
    summary: "quantities of either sign with tails from heavy to none",
    supportText: "any number",
    parametrisations: [
      Parametrisation(
        ["location", "scale", "shape"], uncertain: .moved([.location, .scale, .shape])
      ) { (v) throws(DistributionError) in
        try ExponentialPower(location: v[0], scale: v[1], shape: v[2])
      },
      Parametrisation(["mean", "sd", "shape"], uncertain: .moved([.location, .scale, .shape])) {
        (v) throws(DistributionError) in
        try ExponentialPower(mean: v[0], standardDeviation: v[1], shape: v[2])
      },
    ],
    source: "Johnson, Kotz and Balakrishnan (1995), section 24.6")

  public var parameters: [NamedValue] {
    [NamedValue("location", location), NamedValue("scale", scale), NamedValue("shape", shape)]
  }
  public var shapes: [NamedValue] { [NamedValue("shape", shape)] }
  public var standardSupport: Support { .real }
  public var standardMean: Double { 0 }
  public var standardVariance: Double {
    Double.exp(GammaRatio.logRatio(1 / shape, step: 2 / shape))
  }
  public var standardMode: Double? { 0 }
  /// All derivatives exist at 0 for even shapes alone.
  public var standardBreaks: [Double] { shape.remainder(dividingBy: 2) == 0 ? [] : [0] }

  public func standardDensity(_ z: Double) -> Double {
    peak * Double.exp(-Double.pow(abs(z), shape))
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let outer = 0.5 * magnitude.survival(abs(z))
    return (z > 0) == (side == .upper) ? outer : 1 - outer
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    let isOuter = p <= 0.5
    let outer = isOuter ? p : 1 - p
    if outer == 0.5 { return 0 }
    let distance = magnitude.quantile(
      outer <= 0.25
        ? TailProbability(2 * outer, side: .upper)
        : TailProbability(1 - 2 * outer, side: .lower))
    return isOuter == (tail.side == .upper) ? distance : -distance
  }
}
