// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Weibull distribution.
///
/// ```
/// P(X > x) = exp(−(x/scale)^shape),   x > 0
/// mean = scale Γ(1 + 1/shape),   variance = scale² (Γ(1 + 2/shape) − Γ(1 + 1/shape)²)
/// ```
/// As in accelerated failure time models; the proportional hazards form has lambda = scale^(−shape).
public struct Weibull: LocationScaleDistribution, Hashable {
  public let shape: Double
  public let scale: Double

  /// Shapes for which all draws are doubles, and fine enough for the accuracy rule.
  public static let shapeRange = 0.1...1e4

  /// - Throws: `DistributionError` unless `shape` is in `shapeRange` and `scale` finite and above 0.
  public init(shape: Double, scale: Double) throws(DistributionError) {
    try Check.positive(shape, "shape")
    try Check.within(shape, Self.shapeRange, "shape")
    try Check.positive(scale, "scale")
    self.shape = shape
    self.scale = scale
    try Check.reach(self)
  }

  /// The Weibull with a mean and standard deviation; the shape solves
  ///
  /// ```
  /// Γ(1 + 2/shape) / Γ(1 + 1/shape)² = 1 + (sd/mean)²
  /// ```
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = standardDeviation / mean
    let target = Double.log(onePlus: ratio * ratio)
    let ends = (1 / Self.shapeRange.upperBound, 1 / Self.shapeRange.lowerBound)
    if !(target >= Self.logSquares(ends.0) && target <= Self.logSquares(ends.1)) {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation)",
        expected: "a Weibull with shape from \(Self.shapeRange.lowerBound) to "
          + "\(Self.shapeRange.upperBound)",
        advice: ratio < 1
          ? "With so small an sd a normal is as good: family: normal."
          : "So large an sd against the mean is not usable: check the numbers.")
    }
    let step = RootFinder.root(ends.0, ends.1) { Self.logSquares($0) - target }
    let unit = Double.exp(GammaRatio.logRatio(1, step: step))
    try self.init(shape: 1 / step, scale: mean / unit)
  }

  /// log Γ(1 + 2h) − 2 log Γ(1 + h).
  private static func logSquares(_ h: Double) -> Double {
    GammaRatio.logSecondDifference(at: 1 + h, step: h)
  }

  public static let family = Family(
    name: "weibull",
    summary: "times to an event with a hazard that rises or falls",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["shape", "scale"], uncertain: .moved([.shape, .scale])) {
        (v) throws(DistributionError) in
        try Weibull(shape: v[0], scale: v[1])
      },
      Parametrisation(["shape", "mean"], uncertain: .moved([.shape, .scale])) {
        (v) throws(DistributionError) in
        try Check.positive(v[1], "mean")
        let unit = try Weibull(shape: v[0], scale: 1)
        return try Weibull(shape: v[0], scale: v[1] / unit.mean)
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try Weibull(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Weibull(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 21")

  public var parameters: [NamedValue] { [NamedValue("shape", shape), NamedValue("scale", scale)] }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [NamedValue("shape", shape)] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { Double.exp(GammaRatio.logRatio(1, step: 1 / shape)) }
  public var standardVariance: Double {
    Double.expMinusOne(Self.logSquares(1 / shape)) * standardMean * standardMean
  }
  public var standardMode: Double? {
    shape >= 1 ? Double.pow((shape - 1) / shape, 1 / shape) : nil
  }

  public func standardDensity(_ z: Double) -> Double {
    let w = Double.pow(z, shape)
    return w > 750 ? 0 : shape * Double.pow(z, shape - 1) * Double.exp(-w)
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let w = Double.pow(z, shape)
    return side == .lower ? -Double.expMinusOne(-w) : Double.exp(-w)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    Double.pow(tail.exponentialQuantile, 1 / shape)
  }
}
