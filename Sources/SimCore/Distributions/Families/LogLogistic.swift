// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The log-logistic distribution: log x is logistic. Also called Fisk.
///
/// ```
/// P(X > x) = 1 / (1 + (x/scale)^shape),   x > 0
/// mean = scale b / sin b,   variance = mean² (tan(b)/b − 1),   b = π/shape
/// ```
/// The mean is infinite up to shape 1, the variance up to shape 2.
public struct LogLogistic: LocationScaleDistribution, Hashable {
  public let shape: Double
  /// The median.
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

  /// The log-logistic with a mean and standard deviation; its shape π/b solves
  /// tan(b)/b − 1 = (sd/mean)².
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = standardDeviation / mean
    let squared = ratio * ratio
    let least = Double.pi / Self.shapeRange.upperBound
    if !(squared >= Self.squaredVariation(least) && squared < 1e6) {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation)",
        expected: "a log-logistic with shape above 2 and up to \(Self.shapeRange.upperBound)",
        advice: ratio < 1
          ? "With so small an sd a normal is as good: family: normal."
          : "So large an sd against the mean is not usable: check the numbers.")
    }
    let b = RootFinder.root(least, (Double.pi / 2).nextDown) {
      Self.squaredVariation($0) - squared
    }
    try self.init(shape: Double.pi / b, scale: mean * Double.sin(b) / b)
  }

  /// tan(b)/b − 1, the squared coefficient of variation, for b below π/2.
  ///
  /// Numerics: Lambert's continued fraction up to 1, where the difference would cancel.
  private static func squaredVariation(_ b: Double) -> Double {
    if b > 1 { return Double.tan(b) / b - 1 }
    var fraction = 21.0
    for odd in stride(from: 19.0, through: 3, by: -2) { fraction = odd - b * b / fraction }
    let c = b * b / fraction
    return c / (1 - c)
  }

  public static let family = Family(
    name: "log-logistic",
    summary: "times to an event with a hazard that rises, then falls",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["shape", "scale"], uncertain: .moved([.shape, .scale])) {
        (v) throws(DistributionError) in
        try LogLogistic(shape: v[0], scale: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try LogLogistic(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try LogLogistic(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), section 23.11")

  public var parameters: [NamedValue] { [NamedValue("shape", shape), NamedValue("scale", scale)] }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [NamedValue("shape", shape)] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double {
    if !(shape > 1) { return .infinity }
    // sin(π/shape) from the nearer end of [0, π].
    let sine = Double.sin(Double.pi * (shape < 2 ? (shape - 1) / shape : 1 / shape))
    return Double.pi / shape / sine
  }
  public var standardVariance: Double {
    if !(shape > 2) { return .infinity }
    return standardMean * standardMean * Self.squaredVariation(Double.pi / shape)
  }
  public var standardMode: Double? {
    shape >= 1 ? Double.pow((shape - 1) / (shape + 1), 1 / shape) : nil
  }

  public func standardDensity(_ z: Double) -> Double {
    if z <= 1 {
      let w = 1 + Double.pow(z, shape)
      return shape * Double.pow(z, shape - 1) / (w * w)
    }
    let w = 1 + Double.pow(z, -shape)
    return shape * Double.pow(z, -shape - 1) / (w * w)
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let small = Double.pow(z, z <= 1 ? shape : -shape)
    return (z <= 1) == (side == .lower) ? small / (1 + small) : 1 / (1 + small)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    return Double.pow(tail.side == .lower ? p / (1 - p) : (1 - p) / p, 1 / shape)
  }
}
