// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The beta distribution on (0, 1).
///
/// ```
/// f(x) = x^(alpha−1) (1−x)^(beta−1) / B(alpha, beta)
/// mean = alpha / (alpha+beta),   variance = alpha beta / ((alpha+beta)² (alpha+beta+1))
/// ```
/// Numerics: tails from `BetaTails`; accuracy by shapes in docs/accuracy.md.
public struct Beta: Distribution, Hashable {
  public let alpha: Double
  public let beta: Double

  /// Shapes the tail functions are verified for.
  public static let shapeRange = 1e-2...1e6

  /// - Throws: `DistributionError` unless both shapes are in `shapeRange`.
  public init(alpha: Double, beta: Double) throws(DistributionError) {
    try Check.positive(alpha, "alpha")
    try Check.positive(beta, "beta")
    try Check.within(alpha, Self.shapeRange, "alpha")
    try Check.within(beta, Self.shapeRange, "beta")
    self.alpha = alpha
    self.beta = beta
  }

  /// The beta with a mean and standard deviation.
  ///
  /// ```
  /// n = mean (1 − mean) / sd² − 1,   alpha = mean n,   beta = (1 − mean) n
  /// ```
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    if !(mean > 0 && mean < 1) {
      throw DistributionError(
        found: "mean = \(mean)", expected: "a beta mean between 0 and 1",
        advice: "Write shares as 0.4 or 40%; for quantities without an upper limit use gamma.")
    }
    try Check.positive(standardDeviation, "sd")
    let limit = (mean * (1 - mean)).squareRoot()
    if !(standardDeviation < limit) {
      throw DistributionError(
        found: "sd = \(standardDeviation) with mean = \(mean)",
        expected: "a beta with sd below √(mean (1 − mean)) = \(limit)",
        advice: "Check the range: it is wider than any beta with this mean can be.")
    }
    let size = mean * (1 - mean) / (standardDeviation * standardDeviation) - 1
    let alpha = mean * size
    let beta = (1 - mean) * size
    guard Self.shapeRange.contains(alpha), Self.shapeRange.contains(beta) else {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation), which need alpha = \(alpha), "
          + "beta = \(beta)",
        expected: "beta shapes from \(Self.shapeRange.lowerBound) to \(Self.shapeRange.upperBound)",
        advice: alpha > 1
          ? "With so small an sd a normal is as good: family: normal."
          : "The sd is so large that nearly all draws are 0 or 1: check the numbers.")
    }
    try self.init(alpha: alpha, beta: beta)
  }

  public static let family = Family(
    name: "beta",
    summary: "shares, probabilities, utilities",
    supportText: "0 < x < 1",
    parametrisations: [
      Parametrisation(["alpha", "beta"], allowsPositional: true) { (v) throws(DistributionError) in
        try Beta(alpha: v[0], beta: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try Beta(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Beta(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 25")

  public var parameters: [NamedValue] { [NamedValue("alpha", alpha), NamedValue("beta", beta)] }
  public var support: Support { .unit }
  public var mean: Double { alpha / (alpha + beta) }
  public var variance: Double {
    let sum = alpha + beta
    return (alpha / sum) * (beta / sum) / (sum + 1)
  }
  public var mode: Double? {
    alpha >= 1 && beta >= 1 && alpha + beta > 2 ? (alpha - 1) / (alpha + beta - 2) : nil
  }

  public func density(_ x: Double) -> Double {
    x < 0 || x > 1 ? 0 : BetaTails.density(x, alpha: alpha, beta: beta)
  }
  public func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : x >= 1 ? 1 : BetaTails.tail(x, alpha: alpha, beta: beta, upper: false)
  }
  public func survival(_ x: Double) -> Double {
    x <= 0 ? 1 : x >= 1 ? 0 : BetaTails.tail(x, alpha: alpha, beta: beta, upper: true)
  }

  /// 1 − X is a beta with the shapes exchanged.
  public var mirrored: (any Distribution)? { Beta(checkedAlpha: beta, checkedBeta: alpha) }

  private init(checkedAlpha: Double, checkedBeta: Double) {
    alpha = checkedAlpha
    beta = checkedBeta
  }

  public var sampling: SamplingForm { .table(standard: self, location: 0, scale: 1) }
}
