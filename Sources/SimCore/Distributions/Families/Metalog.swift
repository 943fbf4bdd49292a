// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The metalog distribution: a quantile function with as many shape terms as there are quantiles to meet.
///
/// ```
/// M(y) = μ(y) + s(y) L,   L = log(y/(1 − y)),   d = y − ½
/// μ = a₁ + a₄ d + a₅ d² + a₇ d³ + a₉ d⁴,   s = a₂ + a₃ d + a₆ d² + a₈ d³ + a₁₀ d⁴
/// Q(y) = M   lower + exp M   upper − exp(−M)   lower + (upper − lower)/(1 + exp(−M))
/// ```
/// without limits, bounded below, above, and on both sides.
///
/// Coefficients: 3 to 10, such that M rises everywhere; others are refused (`MetalogFeasibility`).
///
/// Numerics: the quantile is the formula, with L and d from the smaller tail. Tails are found by Newton
/// steps on L within a bracket, so that they keep their digits; moments by integrals of the quantile
/// function.
///
/// Source: Keelin (2016), doi:10.1287/deca.2016.0338, equations 6 to 11 and table 1.
public struct Metalog: Distribution {
  /// a₁, a₂, …
  public let coefficients: [Double]
  /// The stated limits; `nil` for none.
  public let lower: Double?
  public let upper: Double?
  public let support: Support
  public let mean: Double
  public let variance: Double
  let series: MetalogSeries

  /// - Throws: `DistributionError` unless there are 3 to 10 finite coefficients with which M rises
  ///   everywhere, the limits are finite and in order, and the draws are doubles.
  public init(coefficients: [Double], lower: Double? = nil, upper: Double? = nil)
    throws(DistributionError)
  {
    guard MetalogSeries.terms.contains(coefficients.count) else {
      throw DistributionError(
        found: "\(coefficients.count) coefficients", expected: "3 to 10 coefficients")
    }
    for (k, a) in coefficients.enumerated() { try Check.finite(a, "coefficient a\(k + 1)") }
    try Check.limits(lower, upper)
    let series = MetalogSeries(coefficients)
    if let fault = MetalogFeasibility.fault(series) {
      throw DistributionError(
        found: "coefficients with which the quantiles fall \(fault.text)",
        expected: "coefficients with which quantiles rise everywhere")
    }
    var law = Metalog(unchecked: series, lower, upper)
    let least = law.quantile(TailProbability(0x1p-53, side: .lower))
    let most = law.quantile(TailProbability(0x1p-53, side: .upper))
    if !((10 * least).isFinite && (10 * most).isFinite && least < most) {
      throw DistributionError(
        found: "a metalog with values from \(least) to \(most)",
        expected: "draws that differ and fit in a double")
    }
    let moments = QuantileMoments { law.quantile($0) }
    law = Metalog(unchecked: series, lower, upper, moments.mean, moments.variance)
    self = law
  }

  private init(
    unchecked series: MetalogSeries, _ lower: Double?, _ upper: Double?, _ mean: Double = .nan,
    _ variance: Double = .nan
  ) {
    self.series = series
    coefficients = series.coefficients
    self.lower = lower
    self.upper = upper
    self.mean = mean
    self.variance = variance
    let ends = series.ends
    support = Support(
      lower: Self.value(ends.lower, lower, upper), upper: Self.value(ends.upper, lower, upper))
  }

  public static let family = Family(
    name: "metalog",
    summary: "any shape that stated quantiles ask for, with or without limits",
    supportText: "any number, or between the limits",
    parametrisations: [],
    source: "Keelin (2016), doi:10.1287/deca.2016.0338")

  public var parameters: [NamedValue] {
    coefficients.enumerated().map { NamedValue("a\($0 + 1)", $1) }
      + [lower.map { NamedValue("lower", $0) }, upper.map { NamedValue("upper", $0) }]
      .compactMap { $0 }
  }

  /// The value on the scale of the limits.
  static func value(_ m: Double, _ lower: Double?, _ upper: Double?) -> Double {
    switch (lower, upper) {
    case (nil, nil): return m
    case (let a?, nil): return a + Double.exp(m)
    case (nil, let b?): return b - Double.exp(-m)
    case (let a?, let b?):
      let e = Double.exp(-abs(m))
      return m < 0 ? a + (b - a) * (e / (1 + e)) : b - (b - a) * (e / (1 + e))
    }
  }

  /// M at a value inside the limits: the inverse of `value`.
  static func position(_ x: Double, _ lower: Double?, _ upper: Double?) -> Double {
    switch (lower, upper) {
    case (nil, nil): x
    case (let a?, nil): Double.log(x - a)
    case (nil, let b?): -Double.log(b - x)
    case (let a?, let b?): Double.log((x - a) / (b - x))
    }
  }

  /// dx/dM at a value.
  private func stretch(_ x: Double) -> Double {
    switch (lower, upper) {
    case (nil, nil): 1
    case (let a?, nil): x - a
    case (nil, let b?): b - x
    case (let a?, let b?): (x - a) * ((b - x) / (b - a))
    }
  }

  public func density(_ x: Double) -> Double {
    guard x > support.lower, x < support.upper else { return 0 }
    let logit = series.logit(at: Self.position(x, lower, upper))
    let share = Double.exp(-abs(logit))
    let density = share / ((1 + share) * (1 + share)) / (series.slope(logit) * stretch(x))
    return density.isNaN ? 0 : density
  }
  public func cumulative(_ x: Double) -> Double { tail(x, sign: -1) }
  public func survival(_ x: Double) -> Double { tail(x, sign: 1) }

  private func tail(_ x: Double, sign: Double) -> Double {
    if x <= support.lower { return sign < 0 ? 0 : 1 }
    if x >= support.upper { return sign < 0 ? 1 : 0 }
    let logit = series.logit(at: Self.position(x, lower, upper))
    let e = Double.exp(-abs(logit))
    return sign * logit > 0 ? e / (1 + e) : 1 / (1 + e)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    support.interior(Self.value(series.value(at: tail), lower, upper))
  }

  /// The point of greatest density, to 1e-8 of its logit; `nil` when it is an end, or when two are as high.
  public var mode: Double? {
    let grid = (-300...300).map { Double($0) / 10 }
    func height(_ logit: Double) -> Double {
      let share = Double.exp(-abs(logit))
      let x = Self.value(series.value(logit: logit), lower, upper)
      return share / ((1 + share) * (1 + share)) / (series.slope(logit) * stretch(x))
    }
    let heights = grid.map(height)
    guard let best = heights.indices.max(by: { heights[$0] < heights[$1] }),
      best > 0, best < grid.count - 1
    else { return nil }
    let found = GoldenSection.maximum(from: grid[best - 1], to: grid[best + 1], height)
    let top = max(height(found), heights[best])
    let isShared = grid.indices.contains {
      abs($0 - best) > 1 && heights[$0] >= top * (1 - 1e-9)
    }
    return isShared
      ? nil : support.interior(Self.value(series.value(logit: found), lower, upper))
  }

  /// 1 − X for limits 0 and 1: each term changes places with itself or its negative.
  public var mirrored: (any Distribution)? {
    guard lower == 0, upper == 1 else { return nil }
    return Metalog(unchecked: series.mirrored, 0, 1, 1 - mean, variance)
  }

  /// Tables are shared between laws that differ by their limits, or by a₁ where that moves or stretches.
  public var sampling: SamplingForm {
    var centred = series
    centred.coefficients[0] = 0
    let a = coefficients[0]
    switch (lower, upper) {
    case (nil, nil):
      return .table(
        standard: Metalog(unchecked: centred, nil, nil, mean - a, variance), location: a, scale: 1)
    case (let low?, nil):
      let scale = Double.exp(a)
      return .table(
        standard: Metalog(
          unchecked: centred, 0, nil, (mean - low) / scale, variance / scale / scale),
        location: low, scale: scale)
    case (nil, let high?):
      let scale = Double.exp(-a)
      return .table(
        standard: Metalog(
          unchecked: centred, nil, 0, (mean - high) / scale, variance / scale / scale),
        location: high, scale: scale)
    case (let low?, let high?):
      let width = high - low
      return .table(
        standard: Metalog(unchecked: series, 0, 1, (mean - low) / width, variance / width / width),
        location: low, scale: width)
    }
  }
}
