// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The inverse gamma distribution: 1/X is a gamma.
///
/// ```
/// f(x) = scale^shape x^(−shape−1) exp(−scale/x) / Γ(shape),   x > 0
/// mean = scale / (shape−1),   variance = mean² / (shape−2)
/// ```
/// The mean is infinite up to shape 1, the variance up to shape 2.
///
/// Numerics: each tail is the other tail of the gamma distribution at scale/x, from `GammaTails`.
public struct InverseGamma: LocationScaleDistribution, Hashable {
  public let shape: Double
  public let scale: Double

  /// Shapes for which all draws are doubles and the tail functions are verified.
  public static let shapeRange = 0.1...1e7

  /// - Throws: `DistributionError` unless `shape` is in `shapeRange` and `scale` finite and above 0.
  public init(shape: Double, scale: Double) throws(DistributionError) {
    try Check.positive(shape, "shape")
    try Check.within(shape, Self.shapeRange, "shape")
    try Check.positive(scale, "scale")
    self.shape = shape
    self.scale = scale
    try Check.reach(self)
  }

  /// The inverse gamma with a mean and standard deviation.
  ///
  /// ```
  /// shape = 2 + (mean/sd)²,   scale = mean (shape − 1)
  /// ```
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = mean / standardDeviation
    let shape = 2 + ratio * ratio
    guard shape > 2, Self.shapeRange.contains(shape) else {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation), which needs shape = \(shape)",
        expected: "an inverse gamma with shape above 2 and up to \(Self.shapeRange.upperBound)",
        advice: ratio > 1
          ? "With so small an sd a normal is as good: family: normal."
          : "So large an sd against the mean is not usable: check the numbers.")
    }
    try self.init(shape: shape, scale: mean * (1 + ratio * ratio))
  }

  public static let family = Family(
    name: "inverse-gamma",
    summary: "variances; positive quantities with a heavy upper tail",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["shape", "scale"], uncertain: .moved([.shape, .scale])) {
        (v) throws(DistributionError) in
        try InverseGamma(shape: v[0], scale: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try InverseGamma(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try InverseGamma(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1994), section 17.8.4")

  public var parameters: [NamedValue] { [NamedValue("shape", shape), NamedValue("scale", scale)] }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [NamedValue("shape", shape)] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { shape > 1 ? 1 / (shape - 1) : .infinity }
  public var standardVariance: Double {
    shape > 2 ? 1 / ((shape - 1) * (shape - 1) * (shape - 2)) : .infinity
  }
  public var standardMode: Double? { 1 / (shape + 1) }

  public func standardDensity(_ z: Double) -> Double {
    let w = 1 / z
    guard w.isFinite else { return 0 }
    let density = GammaTails.density(w, shape: shape)
    return density > 0 ? density * w * w : 0
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let w = 1 / z
    guard w.isFinite else { return side == .lower ? 0 : 1 }
    return GammaTails.tail(w, shape: shape, upper: side == .lower)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    guard let gamma = try? Gamma(shape: shape, scale: 1) else { return .infinity }
    return 1 / gamma.quantile(tail.opposite)
  }
}

extension TailProbability {
  /// The same probability in the other tail: what a falling function makes of it.
  var opposite: TailProbability {
    TailProbability(probability, side: side == .lower ? .upper : .lower)
  }
}
