// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Pareto distribution of type I.
///
/// ```
/// P(X > x) = (min/x)^shape,   x > min
/// mean = shape min/(shape−1),   variance = mean² / (shape (shape−2))
/// ```
/// The mean is infinite up to shape 1, the variance up to shape 2. The standard form is x/min − 1, which
/// keeps its digits near the lower end.
public struct Pareto: LocationScaleDistribution, Hashable {
  public let low: Double
  public let shape: Double

  /// Shapes for which all draws are doubles, and fine enough for the accuracy rule.
  public static let shapeRange = 0.1...1e7

  /// - Throws: `DistributionError` unless `low` is finite and above 0 and `shape` in `shapeRange`.
  public init(low: Double, shape: Double) throws(DistributionError) {
    try Check.positive(low, "min")
    try Check.positive(shape, "shape")
    try Check.within(shape, Self.shapeRange, "shape")
    self.low = low
    self.shape = shape
    try Check.reach(self)
  }

  /// The Pareto with a mean and standard deviation.
  ///
  /// ```
  /// shape = 1 + √(1 + (mean/sd)²),   min = mean (shape−1)/shape
  /// ```
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = mean / standardDeviation
    let root = (1 + ratio * ratio).squareRoot()
    if !(1 + root > 2 && root < Self.shapeRange.upperBound) {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation), which need shape = \(1 + root)",
        expected: "a Pareto with shape above 2 and up to \(Self.shapeRange.upperBound)")
    }
    try self.init(low: mean * (root / (1 + root)), shape: 1 + root)
  }

  public static let family = Family(
    name: "pareto",
    summary: "incomes, sizes, losses above a limit: a power-law tail",
    supportText: "x > min",
    parametrisations: [
      Parametrisation(["min", "shape"], uncertain: .moved([.scale, .shape])) {
        (v) throws(DistributionError) in
        try Pareto(low: v[0], shape: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try Pareto(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Pareto(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 20")

  public var parameters: [NamedValue] { [NamedValue("min", low), NamedValue("shape", shape)] }
  public var location: Double { low }
  public var scale: Double { low }
  public var shapes: [NamedValue] { [NamedValue("shape", shape)] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { shape > 1 ? 1 / (shape - 1) : .infinity }
  public var standardVariance: Double {
    shape > 2 ? shape / ((shape - 1) * (shape - 1) * (shape - 2)) : .infinity
  }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double {
    shape * Double.exp(-(shape + 1) * Double.log(onePlus: z))
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let exponent = -shape * Double.log(onePlus: z)
    return side == .lower ? -Double.expMinusOne(exponent) : Double.exp(exponent)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    Double.expMinusOne(tail.exponentialQuantile / shape)
  }
}
