// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Cauchy distribution.
///
/// ```
/// f(x) = 1 / (π scale (1 + z²)),   z = (x − location)/scale
/// ```
/// It has neither mean nor variance: both are given as infinity. Its centre is the median, `location`.
public struct Cauchy: LocationScaleDistribution, Hashable {
  /// The median.
  public let location: Double
  /// Half the distance between the quartiles.
  public let scale: Double

  /// - Throws: `DistributionError` unless `location` is finite and `scale` finite and above 0.
  public init(location: Double, scale: Double) throws(DistributionError) {
    try Check.finite(location, "location")
    try Check.positive(scale, "scale")
    self.location = location
    self.scale = scale
    try Check.reach(self)
  }

  public static let family = Family(
    name: "cauchy",
    summary: "ratios of centred quantities; has no mean and no sd",
    supportText: "any number",
    parametrisations: [
      Parametrisation(["location", "scale"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try Cauchy(location: v[0], scale: v[1])
      }
    ],
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 16")

  public var parameters: [NamedValue] {
    [NamedValue("location", location), NamedValue("scale", scale)]
  }
  public var shapes: [NamedValue] { [] }
  public var standardSupport: Support { .real }
  public var standardMean: Double { .infinity }
  public var standardVariance: Double { .infinity }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double { 1 / (Double.pi * (1 + z * z)) }

  /// The angle that the tail spans, over π.
  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    Double.atan2(y: 1, x: side == .lower ? -z : z) / Double.pi
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    // −cot(πp) by the form whose argument is small.
    let z =
      p < 0.25
      ? -1 / Double.tan(Double.pi * p)
      : p <= 0.75 ? Double.tan(Double.pi * (p - 0.5)) : 1 / Double.tan(Double.pi * (1 - p))
    return tail.side == .lower ? z : -z
  }
}
