// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Gompertz distribution: a hazard that grows exponentially.
///
/// ```
/// hazard(x) = rate exp(shape x),   P(X > x) = exp(−(rate/shape)(exp(shape x) − 1)),   x > 0
/// ```
/// `shape` is the growth of the log hazard and `rate` the hazard at 0, as in survival regressions. A
/// shape below 0, which leaves a share that never has the event, is refused.
///
/// Numerics: mean and variance by `QuantileMoments`.
public struct Gompertz: LocationScaleDistribution, Hashable {
  public let shape: Double
  public let rate: Double
  public let scale: Double
  /// rate/shape: the shape of the standard form.
  private let ratio: Double
  private let moments: QuantileMoments

  /// Values of rate/shape for which the tail functions are verified.
  public static let ratioRange = 1e-15...1e6

  /// - Throws: `DistributionError` unless both are finite and above 0 and rate/shape is in
  ///   `ratioRange`.
  public init(shape: Double, rate: Double) throws(DistributionError) {
    if shape < 0 {
      throw DistributionError(
        found: "shape = \(shape)", expected: "a finite number above 0",
        advice: "With a negative shape some never have the event, and there is no distribution.")
    }
    try Check.positive(shape, "shape")
    try Check.positive(rate, "rate")
    try Check.within(rate / shape, Self.ratioRange, "rate/shape")
    self.shape = shape
    self.rate = rate
    scale = 1 / shape
    try Check.positive(scale, "1/shape")
    let ratio = rate / shape
    self.ratio = ratio
    moments = QuantileMoments { Self.quantile($0, ratio) }
    try Check.reach(self)
  }

  public static let family = Family(
    name: "gompertz",
    summary: "adult lifetimes: a hazard that grows exponentially with age",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["shape", "rate"]) { (v) throws(DistributionError) in
        try Gompertz(shape: v[0], rate: v[1])
      }
    ],
    source: "Johnson, Kotz and Balakrishnan (1995), section 22.8; Jackson (2016), "
      + "doi:10.18637/jss.v070.i08")

  public var parameters: [NamedValue] { [NamedValue("shape", shape), NamedValue("rate", rate)] }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [NamedValue("rate/shape", ratio)] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { moments.mean }
  public var standardVariance: Double { moments.variance }
  public var standardMode: Double? { max(-Double.log(ratio), 0) }

  public func standardDensity(_ z: Double) -> Double {
    let hazard = ratio * Double.expMinusOne(z)
    return hazard > 800 ? 0 : (ratio + hazard) * Double.exp(-hazard)
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let hazard = ratio * Double.expMinusOne(z)
    return side == .lower ? -Double.expMinusOne(-hazard) : Double.exp(-hazard)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double { Self.quantile(tail, ratio) }

  private static func quantile(_ tail: TailProbability, _ ratio: Double) -> Double {
    Double.log(onePlus: tail.exponentialQuantile / ratio)
  }
}
