// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The discrete uniform distribution: all whole numbers from min to max as likely.
///
/// ```
/// P(X = k) = 1/(max − min + 1);   mean = (min + max)/2,   variance = ((max − min + 1)² − 1)/12
/// ```
public struct DiscreteUniform: WholeNumberDistribution, Hashable {
  public let low: Double
  public let high: Double
  private var count: Double { high - low + 1 }

  /// Whole numbers up to here, and their differences, are exact.
  public static let range = -1e15...1e15

  /// - Throws: `DistributionError` unless both are whole numbers in `range` and `low <= high`.
  public init(low: Double, high: Double) throws(DistributionError) {
    try Check.whole(low, Self.range, "min")
    try Check.whole(high, Self.range, "max")
    if !(low <= high) {
      throw DistributionError(found: "min = \(low), max = \(high)", expected: "min up to max")
    }
    self.low = low
    self.high = high
  }

  public static let family = Family(
    name: "discrete-uniform",
    summary: "whole numbers between two limits, all as likely",
    supportText: "min, min + 1, …, max",
    parametrisations: [
      Parametrisation(["min", "max"], allowsPositional: true) { (v) throws(DistributionError) in
        try DiscreteUniform(low: v[0], high: v[1])
      }
    ],
    source: "Johnson, Kemp and Kotz (2005), section 6.10.1")

  public var parameters: [NamedValue] { [NamedValue("min", low), NamedValue("max", high)] }
  public var support: Support { Support(lower: low, upper: high) }
  public var mean: Double { low + (high - low) / 2 }
  public var variance: Double { (count - 1) * (count + 1) / 12 }
  public var mode: Double? { low == high ? low : nil }

  public func mass(_ k: Double) -> Double { 1 / count }
  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    side == .lower ? (k - low + 1) / count : (high - k) / count
  }

  public var discreteForm: DiscreteForm { .even(low: low, count: UInt64(count)) }

  public func restricted(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> any DiscreteDistribution
  {
    let limits = try TruncatedDiscrete.limits(self, lower, upper)
    return try DiscreteUniform(low: limits.lower.rounded(.up), high: limits.upper.rounded(.down))
  }
}
