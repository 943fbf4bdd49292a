// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Fisher's F distribution: the ratio of two mean squares.
///
/// ```
/// X = (df2/df1) B/(1−B),   B a beta(df1/2, df2/2)
/// mean = df2/(df2−2),   variance = 2 df2² (df1+df2−2) / (df1 (df2−2)² (df2−4))
/// ```
/// The mean is infinite up to df2 2, the variance up to df2 4.
///
/// Numerics: tails from `BetaTails` at B or 1 − B, whichever is smaller.
public struct FisherF: LocationScaleDistribution, Hashable {
  public let df1: Double
  public let df2: Double
  private let below: Beta
  private let above: Beta

  /// Degrees of freedom for which all draws are doubles and the tail functions are verified.
  public static let degreesRange = 0.2...1e6

  /// - Throws: `DistributionError` unless both are in `degreesRange`.
  public init(df1: Double, df2: Double) throws(DistributionError) {
    try Check.positive(df1, "df1")
    try Check.positive(df2, "df2")
    try Check.within(df1, Self.degreesRange, "df1")
    try Check.within(df2, Self.degreesRange, "df2")
    self.df1 = df1
    self.df2 = df2
    below = try Beta(alpha: df1 / 2, beta: df2 / 2)
    above = try Beta(alpha: df2 / 2, beta: df1 / 2)
    try Check.reach(self)
  }

  public static let family = Family(
    name: "fisher-f",
    summary: "ratios of variances",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["df1", "df2"], allowsPositional: true) { (v) throws(DistributionError) in
        try FisherF(df1: v[0], df2: v[1])
      }
    ],
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 27")

  public var parameters: [NamedValue] { [NamedValue("df1", df1), NamedValue("df2", df2)] }
  public var location: Double { 0 }
  public var scale: Double { 1 }
  public var shapes: [NamedValue] { parameters }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { df2 > 2 ? df2 / (df2 - 2) : .infinity }
  public var standardVariance: Double {
    if !(df2 > 4) { return .infinity }
    let mean = df2 / (df2 - 2)
    return 2 * mean * mean * ((df1 + df2 - 2) / df1) / (df2 - 4)
  }
  public var standardMode: Double? {
    df1 >= 2 ? (df1 - 2) / df1 * (df2 / (df2 + 2)) : nil
  }

  /// B/(1 − B) as a multiple of z.
  private var odds: Double { df1 / df2 }

  public func standardDensity(_ z: Double) -> Double {
    let w = odds * z
    if w <= 1 { return below.density(w / (1 + w)) / (1 + w) / (1 + w) * odds }
    let rest = 1 / (1 + w)
    return above.density(rest) * rest * rest * odds
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let w = odds * z
    if w <= 1 { return below.tail(w / (1 + w), side) }
    return above.tail(1 / (1 + w), side == .lower ? .upper : .lower)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let share = below.quantile(tail)
    if share <= 0.5 { return share / (1 - share) / odds }
    let rest = above.quantile(tail.opposite)
    return (1 - rest) / rest / odds
  }
}
