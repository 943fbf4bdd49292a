// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The beta distribution on [min, max], also called the four-parameter beta.
///
/// ```
/// X = min + (max − min) · B,   B a beta(alpha, beta)
/// ```
/// Numerics: positions in the upper half are taken from `max`, so that both tails keep their digits.
public struct ScaledBeta: Distribution, Hashable {
  public let low: Double
  public let high: Double
  private let standard: Beta
  private let reflected: Beta

  public var alpha: Double { standard.alpha }
  public var beta: Double { standard.beta }

  /// - Throws: `DistributionError` unless both shapes are in `Beta.shapeRange`, `low` and `high` are
  ///   finite and `low < high`.
  public init(alpha: Double, beta: Double, low: Double, high: Double) throws(DistributionError) {
    try self.init(Beta(alpha: alpha, beta: beta), low: low, high: high)
  }

  /// The member on [low, high] with a mean and standard deviation.
  public init(mean: Double, standardDeviation: Double, low: Double, high: Double)
    throws(DistributionError)
  {
    try Self.check(low, high)
    if !(mean > low && mean < high) {
      throw DistributionError(
        found: "mean = \(mean)", expected: "a mean between min = \(low) and max = \(high)")
    }
    try Check.positive(standardDeviation, "sd")
    let limit = ((mean - low) * (high - mean)).squareRoot()
    if !(standardDeviation < limit) {
      throw DistributionError(
        found: "sd = \(standardDeviation) with mean = \(mean)",
        expected: "an sd below √((mean − min)(max − mean)) = \(limit)")
    }
    let width = high - low
    try self.init(
      Beta(mean: (mean - low) / width, standardDeviation: standardDeviation / width), low: low,
      high: high)
  }

  private init(_ beta: Beta, low: Double, high: Double) throws(DistributionError) {
    try Self.check(low, high)
    self.low = low
    self.high = high
    standard = beta
    reflected = try Beta(alpha: beta.beta, beta: beta.alpha)
  }

  private static func check(_ low: Double, _ high: Double) throws(DistributionError) {
    try Check.finite(low, "min")
    try Check.finite(high, "max")
    if !(low < high) {
      throw DistributionError(found: "min = \(low), max = \(high)", expected: "min below max")
    }
    try Check.finite((high - low) * (high - low), "(max − min)²")
  }

  public static let family = Family(
    name: "scaled-beta",
    summary: "bounded quantities; utilities that can be below 0",
    supportText: "min < x < max",
    parametrisations: [
      Parametrisation(["alpha", "beta", "min", "max"]) { (v) throws(DistributionError) in
        try ScaledBeta(alpha: v[0], beta: v[1], low: v[2], high: v[3])
      },
      Parametrisation(["mean", "sd", "min", "max"]) { (v) throws(DistributionError) in
        try ScaledBeta(mean: v[0], standardDeviation: v[1], low: v[2], high: v[3])
      },
    ],
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 25, equation 25.1")

  public var parameters: [NamedValue] {
    [
      NamedValue("alpha", alpha), NamedValue("beta", beta), NamedValue("min", low),
      NamedValue("max", high),
    ]
  }
  public var support: Support { Support(lower: low, upper: high) }
  public var mean: Double { low + (high - low) * standard.mean }
  public var variance: Double { (high - low) * (high - low) * standard.variance }
  public var mode: Double? { standard.mode.map { low + (high - low) * $0 } }

  public func density(_ x: Double) -> Double {
    let below = (x - low) / (high - low)
    let density =
      below <= 0.5
      ? standard.density(below) : reflected.density((high - x) / (high - low))
    return density / (high - low)
  }
  public func cumulative(_ x: Double) -> Double {
    let below = (x - low) / (high - low)
    return below <= 0.5
      ? standard.cumulative(below) : reflected.survival((high - x) / (high - low))
  }
  public func survival(_ x: Double) -> Double {
    let below = (x - low) / (high - low)
    return below <= 0.5
      ? standard.survival(below) : reflected.cumulative((high - x) / (high - low))
  }
  public func quantile(_ tail: TailProbability) -> Double {
    let below = standard.quantile(tail)
    let width = high - low
    let x = below <= 0.5 ? low + width * below : high - width * reflected.quantile(tail.opposite)
    return support.interior(x)
  }

  public var sampling: SamplingForm { .table(standard: standard, location: low, scale: high - low) }
}
