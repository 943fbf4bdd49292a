// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The gamma distribution.
///
/// ```
/// f(x) = x^(shape−1) exp(−x/scale) / (Γ(shape) scale^shape),   x > 0
/// mean = shape · scale,   variance = shape · scale²
/// ```
/// Numerics: tails from `GammaTails`; accuracy by shape in docs/accuracy.md.
public struct Gamma: Distribution, Hashable {
  public let shape: Double
  public let scale: Double

  /// Shapes the tail functions are verified for.
  public static let shapeRange = 1e-3...1e7

  /// - Throws: `DistributionError` unless `shape` is in `shapeRange` and `scale` finite and above 0.
  public init(shape: Double, scale: Double) throws(DistributionError) {
    try Check.positive(shape, "shape")
    try Check.within(shape, Self.shapeRange, "shape")
    try Check.positive(scale, "scale")
    try Check.finite(shape * scale * scale * 1000, "shape · scale²")
    self.shape = shape
    self.scale = scale
  }

  /// The gamma with a mean and standard deviation: shape = (mean/sd)², scale = sd²/mean.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = mean / standardDeviation
    let shape = ratio * ratio
    guard Self.shapeRange.contains(shape) else {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation), which needs shape = \(shape)",
        expected: "a gamma with shape from \(Self.shapeRange.lowerBound) to "
          + "\(Self.shapeRange.upperBound)",
        advice: shape > 1
          ? "With so small an sd a normal is as good: family: normal."
          : "So large an sd against the mean is not a usable gamma: check the numbers.")
    }
    try self.init(shape: shape, scale: standardDeviation * (standardDeviation / mean))
  }

  public static let family = Family(
    name: "gamma",
    summary: "costs, durations, counts per person: positive, skewed",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["shape", "scale"], uncertain: .moved([.shape, .scale])) {
        (v) throws(DistributionError) in
        try Gamma(shape: v[0], scale: v[1])
      },
      Parametrisation(["shape", "rate"], uncertain: .moved([.shape, .rate])) {
        (v) throws(DistributionError) in
        try Check.positive(v[1], "rate")
        return try Gamma(shape: v[0], scale: 1 / v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try Gamma(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Gamma(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 17")

  public var parameters: [NamedValue] { [NamedValue("shape", shape), NamedValue("scale", scale)] }
  public var support: Support { .positive }
  public var mean: Double { shape * scale }
  public var variance: Double { shape * scale * scale }
  public var mode: Double? { shape >= 1 ? (shape - 1) * scale : nil }

  public func density(_ x: Double) -> Double {
    x < 0 ? 0 : GammaTails.density(x / scale, shape: shape) / scale
  }
  public func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : GammaTails.tail(x / scale, shape: shape, upper: false)
  }
  public func survival(_ x: Double) -> Double {
    x <= 0 ? 1 : GammaTails.tail(x / scale, shape: shape, upper: true)
  }

  public var sampling: SamplingForm {
    .table(standard: Gamma(checkedShape: shape), location: 0, scale: scale)
  }

  /// Scale 1; the shape was checked.
  private init(checkedShape: Double) {
    self.shape = checkedShape
    self.scale = 1
  }
}
