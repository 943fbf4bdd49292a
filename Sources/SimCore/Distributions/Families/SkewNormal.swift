// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The skew-normal distribution.
///
/// ```
/// f(x) = 2 φ(z) Φ(shape z) / scale,   z = (x − location)/scale
/// mean = location + scale δ √(2/π),   variance = scale² (1 − 2δ²/π),   δ = shape/√(1 + shape²)
/// ```
/// Shape 0 is the normal; the sign of the shape is the sign of the skewness, at most 0.995.
///
/// Numerics: tails from `SkewNormalTails`.
///
/// Source: Azzalini (1985), Scandinavian Journal of Statistics 12, 171–178.
public struct SkewNormal: LocationScaleDistribution, Hashable {
  public let location: Double
  public let scale: Double
  public let shape: Double

  /// Shapes the tail functions are verified for.
  public static let shapeRange = -1000.0...1000

  /// - Throws: `DistributionError` unless `location` is finite, `scale` finite and above 0 and `shape`
  ///   in `shapeRange`.
  public init(location: Double, scale: Double, shape: Double) throws(DistributionError) {
    try Check.finite(location, "location")
    try Check.positive(scale, "scale")
    try Check.within(shape, Self.shapeRange, "shape")
    self.location = location
    self.scale = scale
    self.shape = shape
    try Check.reach(self)
  }

  /// The member with a mean, standard deviation and skewness.
  ///
  /// ```
  /// δ² = (π/2) g / (g + c),   g = |skewness|^(2/3),   c = ((4−π)/2)^(2/3)
  /// ```
  public init(mean: Double, standardDeviation: Double, skewness: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let g = Double.pow(abs(skewness), 2.0 / 3)
    let c = Double.pow((4 - Double.pi) / 2, 2.0 / 3)
    let squared = Double.pi / 2 * g / (g + c)
    let shape = (squared / (1 - squared)).squareRoot()
    if !(squared < 1 && shape <= Self.shapeRange.upperBound) {
      throw DistributionError(
        found: "skewness = \(skewness)", expected: "a skewness between −0.9952 and 0.9952",
        advice: "For more skewed quantities use gamma or lognormal.")
    }
    let scale = standardDeviation / (1 - 2 * squared / Double.pi).squareRoot()
    let shift = scale * (2 * squared / Double.pi).squareRoot()
    try self.init(
      location: skewness < 0 ? mean + shift : mean - shift, scale: scale,
      shape: skewness < 0 ? -shape : shape)
  }

  public static let family = Family(
    name: "skew-normal",
    summary: "quantities of either sign, somewhat skewed",
    supportText: "any number",
    parametrisations: [
      Parametrisation(
        ["location", "scale", "shape"], uncertain: .moved([.location, .scale, .shape])
      ) { (v) throws(DistributionError) in
        try SkewNormal(location: v[0], scale: v[1], shape: v[2])
      },
      Parametrisation(["mean", "sd", "skewness"], uncertain: .moved([.location, .scale, .shape])) {
        (v) throws(DistributionError) in
        try SkewNormal(mean: v[0], standardDeviation: v[1], skewness: v[2])
      },
    ],
    source: "Azzalini (1985)")

  public var parameters: [NamedValue] {
    [NamedValue("location", location), NamedValue("scale", scale), NamedValue("shape", shape)]
  }
  public var shapes: [NamedValue] { [NamedValue("shape", shape)] }
  public var standardSupport: Support { .real }
  public var standardMean: Double {
    (2 / Double.pi).squareRoot() * (shape / (1 + shape * shape).squareRoot())
  }
  public var standardVariance: Double {
    // 1 − 2δ²/π, written without the difference.
    let squared = shape * shape
    return (1 + squared * (1 - 2 / Double.pi)) / (1 + squared)
  }
  /// The root of z Φ(shape z) = shape φ(shape z).
  public var standardMode: Double? {
    let size = abs(shape)
    let mode = RootFinder.root(0, 1) { z in
      z * Normal.tail(size * z, upper: false)
        - size * Double.exp(-0.5 * (size * z) * (size * z)) / Deviance.sqrtTwoPi
    }
    return shape < 0 ? -mode : mode
  }

  public func standardDensity(_ z: Double) -> Double {
    2 * Double.exp(-0.5 * z * z) / Deviance.sqrtTwoPi * Normal.tail(shape * z, upper: false)
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    // −Z has the shape with the other sign.
    shape >= 0
      ? SkewNormalTails.tail(z, shape: shape, upper: side == .upper)
      : SkewNormalTails.tail(-z, shape: -shape, upper: side == .lower)
  }
}
