// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Laplace distribution, also called double exponential.
///
/// ```
/// f(x) = exp(−|x − location|/scale) / (2 scale)
/// mean = location,   variance = 2 scale²
/// ```
public struct Laplace: LocationScaleDistribution, Hashable {
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

  /// The Laplace with a mean and standard deviation: scale = sd/√2.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    try self.init(location: mean, scale: standardDeviation * 0.5.squareRoot())
  }

  public static let family = Family(
    name: "laplace",
    summary: "quantities of either sign, peaked, with exponential tails",
    supportText: "any number",
    parametrisations: [
      Parametrisation(["location", "scale"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try Laplace(location: v[0], scale: v[1])
      },
      Parametrisation(["mean", "sd"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try Laplace(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Laplace(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 24")

  public var parameters: [NamedValue] {
    [NamedValue("location", location), NamedValue("scale", scale)]
  }
  public var shapes: [NamedValue] { [] }
  public var standardSupport: Support { .real }
  public var standardMean: Double { 0 }
  public var standardVariance: Double { 2 }
  public var standardMode: Double? { 0 }
  public var standardBreaks: [Double] { [0] }

  public func standardDensity(_ z: Double) -> Double { 0.5 * Double.exp(-abs(z)) }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let outer = 0.5 * Double.exp(-abs(z))
    return (z > 0) == (side == .upper) ? outer : 1 - outer
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    let z =
      p <= 0.25
      ? Double.log(2 * p)
      : p <= 0.5
        ? Double.log(onePlus: -(1 - 2 * p))
        : -Double.log(onePlus: -(2 * p - 1))
    return tail.side == .lower ? z : -z
  }
}
