// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The uniform distribution: every value between two limits is equally likely.
public struct Uniform: Distribution, Hashable {
  public let low: Double
  public let high: Double

  /// - Throws: `DistributionError` unless both are finite and `low < high`.
  public init(low: Double, high: Double) throws(DistributionError) {
    try Check.finite(low, "min")
    try Check.finite(high, "max")
    if !(low < high) {
      throw DistributionError(found: "min = \(low), max = \(high)", expected: "min below max")
    }
    try Check.finite(high - low, "max − min")
    self.low = low
    self.high = high
  }

  public static let family = Family(
    name: "uniform",
    summary: "any value between two limits, all as likely",
    supportText: "min < x < max",
    parametrisations: [
      Parametrisation(["min", "max"], allowsPositional: true, uncertain: .between) {
        (v) throws(DistributionError) in
        try Uniform(low: v[0], high: v[1])
      },
      Parametrisation(["mean", "sd"], uncertain: .moved([.location, .scale])) {
        (v) throws(DistributionError) in
        try Uniform(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try Uniform(mean: mean, standardDeviation: sd)
    },
    fromBounds: { (base, baseIs, low, high) throws(DistributionError) in
      let middle = low + (high - low) / 2
      // A uniform has no centre of its own to move: the base must be the middle it implies.
      if !(abs(base - middle) <= 1e-9 * (high - low)) {
        throw DistributionError(
          found: "base \(base) between \(low) and \(high)",
          expected: "the middle of a uniform range, \(middle)",
          advice: "Use family: pert or triangular for a base off the middle.")
      }
      return try Uniform(low: low, high: high)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 26")

  /// The uniform with a mean and standard deviation: mean ± √3 sd.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let half = 3.0.squareRoot() * standardDeviation
    try self.init(low: mean - half, high: mean + half)
  }

  public var parameters: [NamedValue] { [NamedValue("min", low), NamedValue("max", high)] }
  public var support: Support { Support(lower: low, upper: high) }
  public var mean: Double { low + (high - low) / 2 }
  public var variance: Double { (high - low) * (high - low) / 12 }
  public var mode: Double? { nil }

  public func density(_ x: Double) -> Double { x < low || x > high ? 0 : 1 / (high - low) }
  public func cumulative(_ x: Double) -> Double { min(max((x - low) / (high - low), 0), 1) }
  public func survival(_ x: Double) -> Double { min(max((high - x) / (high - low), 0), 1) }
  public func quantile(_ tail: TailProbability) -> Double {
    let distance = tail.probability * (high - low)
    return support.interior(tail.side == .lower ? low + distance : high - distance)
  }

  public var sampling: SamplingForm { .uniform(low: low, high: high) }
}
