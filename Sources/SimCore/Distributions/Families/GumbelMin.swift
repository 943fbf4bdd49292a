// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Gumbel distribution of minima, extreme value type I.
///
/// ```
/// P(X > x) = exp(−exp(z)),   z = (x − location)/scale
/// mean = location − γ scale,   variance = π² scale² / 6,   γ = 0.5772…
/// ```
public struct GumbelMin: LocationScaleDistribution, Hashable {
  /// The mode.
  public let location: Double
  public let scale: Double

  /// - Throws: `DistributionError` unless `location` is finite and `scale` finite and above 0.
  public init(location: Double, scale: Double) throws(DistributionError) {
    try Check.finite(location, "location")
    try Check.positive(scale, "scale")
    self.location = location
    self.scale = scale
    try Check.reach(self)
  }

  /// The member with a mean and standard deviation: scale = √6 sd/π, location = mean + γ scale.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let scale = standardDeviation * (6.0.squareRoot() / Double.pi)
    try self.init(location: mean + Self.eulerGamma * scale, scale: scale)
  }

  /// Euler's constant.
  private static let eulerGamma = 0.5772156649015329

  public static let family = Family(
    name: "gumbel-min",
    summary: "the smallest of many; skewed to the left, any sign",
    supportText: "any number",
    parametrisations: [
      Parametrisation(["location", "scale"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try GumbelMin(location: v[0], scale: v[1])
      },
      Parametrisation(["mean", "sd"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try GumbelMin(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try GumbelMin(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 22")

  public var parameters: [NamedValue] {
    [NamedValue("location", location), NamedValue("scale", scale)]
  }
  public var shapes: [NamedValue] { [] }
  public var standardSupport: Support { .real }
  public var standardMean: Double { -Self.eulerGamma }
  public var standardVariance: Double { Double.pi * Double.pi / 6 }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double {
    let t = Double.exp(z)
    return t > 750 ? 0 : t * Double.exp(-t)
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let t = Double.exp(z)
    return side == .upper ? Double.exp(-t) : -Double.expMinusOne(-t)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    Double.log(tail.exponentialQuantile)
  }
}
