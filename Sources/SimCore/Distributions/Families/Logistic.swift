// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The logistic distribution.
///
/// ```
/// P(X <= x) = 1 / (1 + exp(−z)),   z = (x − location)/scale
/// mean = location,   variance = π² scale² / 3
/// ```
public struct Logistic: LocationScaleDistribution, Hashable {
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

  /// The logistic with a mean and standard deviation: scale = √3 sd/π.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    try self.init(location: mean, scale: standardDeviation * (3.0.squareRoot() / Double.pi))
  }

  public static let family = Family(
    name: "logistic",
    summary: "quantities of either sign with heavier tails than the normal",
    supportText: "any number",
    parametrisations: [
      Parametrisation(["location", "scale"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try Logistic(location: v[0], scale: v[1])
      },
      Parametrisation(["mean", "sd"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try Logistic(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Logistic(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 23")

  public var parameters: [NamedValue] {
    [NamedValue("location", location), NamedValue("scale", scale)]
  }
  public var shapes: [NamedValue] { [] }
  public var standardSupport: Support { .real }
  public var standardMean: Double { 0 }
  public var standardVariance: Double { Double.pi * Double.pi / 3 }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double {
    let e = Double.exp(-abs(z))
    return e / ((1 + e) * (1 + e))
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let outward = side == .lower ? -z : z
    let e = Double.exp(-abs(z))
    return outward > 0 ? e / (1 + e) : 1 / (1 + e)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    let z = p < 0.3 ? Double.log(p / (1 - p)) : -2 * Double.atanh(1 - 2 * p)
    return tail.side == .lower ? z : -z
  }
}
