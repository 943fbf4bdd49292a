// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The generalised gamma distribution in Stacy's form: a power of a gamma.
///
/// ```
/// X = scale · G^(1/power),   G a gamma with this shape and scale 1
/// f(x) = |power| / (scale Γ(shape)) (x/scale)^(shape·power−1) exp(−(x/scale)^power),   x > 0
/// mean = scale Γ(shape + 1/power) / Γ(shape)
/// ```
/// Prentice's form, which survival regressions report, is the same family:
///
/// ```
/// shape = 1/q²,   power = q/sigma,   scale = exp(mu) shape^(−1/power)
/// ```
/// A negative power makes the upper tail heavy; moments that don't exist are infinite.
///
/// Numerics: tails from `GammaTails`; far below its smallest values, where G is no double, from the
/// leading term of its series.
///
/// Source: Stacy (1962), doi:10.1214/aoms/1177704481; Prentice (1974), doi:10.1093/biomet/61.3.539.
public struct GeneralisedGamma: LocationScaleDistribution, Hashable {
  public let shape: Double
  public let power: Double
  public let scale: Double
  private let gamma: Gamma
  /// log Γ(shape + 1).
  private let logFactorial: Double

  public static let shapeRange = 1e-3...1e6
  public static let powerRange = 0.01...1000.0
  /// Below this, P(G <= g) = g^shape / Γ(shape+1) to the last digit.
  private static let leadingTermLimit = 1e-30

  /// - Throws: `DistributionError` unless `shape` is in `shapeRange`, the size of `power` in
  ///   `powerRange`, `scale` finite and above 0, and all draws are doubles.
  public init(shape: Double, power: Double, scale: Double) throws(DistributionError) {
    try Check.positive(shape, "shape")
    try Check.within(shape, Self.shapeRange, "shape")
    if !(Self.powerRange.contains(abs(power))) {
      throw DistributionError(
        found: "power = \(power)",
        expected: "a power from \(Self.powerRange.lowerBound) to \(Self.powerRange.upperBound), "
          + "or the same below 0")
    }
    try Check.positive(scale, "scale")
    // The lowest draw of G is about 2^(−53/shape).
    if !(shape * abs(power) >= 0.06) {
      throw DistributionError(
        found: "shape = \(shape), power = \(power)",
        expected: "shape · power of at least 0.06, so that draws fit in a double")
    }
    self.shape = shape
    self.power = power
    self.scale = scale
    gamma = try Gamma(shape: shape, scale: 1)
    logFactorial = Double.logGamma(shape + 1)
    try Check.reach(self)
  }

  /// Prentice's form; `sigma` above 0 and `q` other than 0.
  public init(mu: Double, sigma: Double, q: Double) throws(DistributionError) {
    try Check.finite(mu, "mu")
    try Check.positive(sigma, "sigma")
    if !(abs(q) >= 1e-3 && abs(q) <= 30) {
      throw DistributionError(
        found: "q = \(q)", expected: "a q from 0.001 to 30, or the same below 0",
        advice: "With q = 0 it is lognormal(meanlog = mu, sdlog = sigma).")
    }
    let scale = Double.exp(mu + 2 * Double.log(abs(q)) * (sigma / q))
    try Check.positive(scale, "exp(mu) · |q|^(2 sigma / q)")
    try self.init(shape: 1 / (q * q), power: q / sigma, scale: scale)
  }

  public static let family = Family(
    name: "generalised-gamma",
    summary: "survival times; holds gamma, Weibull and lognormal as special cases",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["shape", "power", "scale"], uncertain: .moved([.shape, .shape, .scale])) {
        (v) throws(DistributionError) in
        try GeneralisedGamma(shape: v[0], power: v[1], scale: v[2])
      },
      Parametrisation(["mu", "sigma", "q"]) { (v) throws(DistributionError) in
        try GeneralisedGamma(mu: v[0], sigma: v[1], q: v[2])
      },
    ],
    source: "Stacy (1962), doi:10.1214/aoms/1177704481")

  public var parameters: [NamedValue] {
    [NamedValue("shape", shape), NamedValue("power", power), NamedValue("scale", scale)]
  }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [NamedValue("shape", shape), NamedValue("power", power)] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double {
    shape + 1 / power > 0 ? Double.exp(GammaRatio.logRatio(shape, step: 1 / power)) : .infinity
  }
  public var standardVariance: Double {
    if !(shape + 2 / power > 0) { return .infinity }
    let h = 1 / power
    let logSquares = GammaRatio.logSecondDifference(at: shape + h, step: h)
    return Double.expMinusOne(logSquares) * standardMean * standardMean
  }
  public var standardMode: Double? {
    let product = shape * power
    if power > 0 && product < 1 { return nil }
    return Double.pow(max(shape - 1 / power, 0), 1 / power)
  }

  public func standardDensity(_ z: Double) -> Double {
    if z == 0 {
      let product = shape * power
      return power < 0 || product > 1
        ? 0 : product < 1 ? .infinity : power * Double.exp(-Double.logGamma(shape))
    }
    let g = Double.pow(z, power)
    let size = abs(power)
    if g < Self.leadingTermLimit { return size * shape * leadingTerm(z) / z }
    let density = GammaTails.density(min(g, .greatestFiniteMagnitude), shape: shape)
    return density > 0 ? size * density * (g / z) : 0
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let g = Double.pow(z, power)
    let isUpper = (side == .upper) == (power > 0)
    if g < Self.leadingTermLimit {
      let lower = leadingTerm(z)
      return isUpper ? 1 - lower : lower
    }
    if g > 1e12 { return isUpper ? 0 : 1 }
    return GammaTails.tail(g, shape: shape, upper: isUpper)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let gammaTail = power > 0 ? tail : tail.opposite
    let p = gammaTail.side == .lower ? gammaTail.probability : 1 - gammaTail.probability
    let logLeading = (Double.log(p) + logFactorial) / shape
    if logLeading < -70 { return Double.exp(logLeading / power) }
    return Double.pow(gamma.quantile(gammaTail), 1 / power)
  }

  /// z^(shape·power) / Γ(shape+1), in logarithms.
  private func leadingTerm(_ z: Double) -> Double {
    min(Double.exp(shape * (power * Double.log(z)) - logFactorial), 1)
  }
}
