// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The log-uniform distribution: log x is uniform. Also called reciprocal.
///
/// ```
/// f(x) = 1 / (x L),   L = log(max/min),   min < x < max
/// mean = (max − min)/L,   variance = mean² (h coth h − 1),   h = L/2
/// ```
/// The standard form is x/min − 1, which keeps its digits near the lower end.
public struct LogUniform: LocationScaleDistribution, Hashable {
  public let low: Double
  public let high: Double
  /// max/min − 1.
  private let excess: Double
  /// log(max/min).
  private let logRatio: Double

  /// - Throws: `DistributionError` unless `0 < low < high` and both and their ratio are finite.
  public init(low: Double, high: Double) throws(DistributionError) {
    try Check.positive(low, "min")
    try Check.positive(high, "max")
    if !(low < high) {
      throw DistributionError(found: "min = \(low), max = \(high)", expected: "min below max")
    }
    self.low = low
    self.high = high
    excess = (high - low) / low
    if !excess.isFinite {
      throw DistributionError(
        found: "min = \(low), max = \(high)", expected: "a ratio that fits in a double")
    }
    logRatio = Double.log(onePlus: excess)
    try Check.reach(self)
  }

  /// The log-uniform with a mean and standard deviation; its log-ratio is 2h with
  /// h coth h − 1 = (sd/mean)².
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = standardDeviation / mean
    let squared = ratio * ratio
    if !(squared >= 1e-20 && squared < 300) {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation)",
        expected: "an sd from 1e-10 to 17 times the mean of a log-uniform")
    }
    let half = RootFinder.root(0.9 * (3 * squared).squareRoot(), 2 + 2 * ratio + squared) {
      Self.squaredVariation($0) - squared
    }
    let low = mean * 2 * half / Double.expMinusOne(2 * half)
    try self.init(low: low, high: low + 2 * half * mean)
  }

  /// h coth h − 1, the squared coefficient of variation.
  ///
  /// Numerics: Lambert's continued fraction up to 2, where the difference would cancel.
  private static func squaredVariation(_ h: Double) -> Double {
    if h > 2 { return h / Double.tanh(h) - 1 }
    var fraction = 25.0
    for odd in stride(from: 23.0, through: 3, by: -2) { fraction = odd + h * h / fraction }
    return h * h / fraction
  }

  public static let family = Family(
    name: "log-uniform",
    summary: "unknown orders of magnitude between two limits",
    supportText: "min < x < max",
    parametrisations: [
      Parametrisation(["min", "max"], allowsPositional: true) { (v) throws(DistributionError) in
        try LogUniform(low: v[0], high: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try LogUniform(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try LogUniform(mean: mean, standardDeviation: sd)
    },
    source: "Hamming (1970), doi:10.1002/j.1538-7305.1970.tb04281.x")

  public var parameters: [NamedValue] { [NamedValue("min", low), NamedValue("max", high)] }
  public var location: Double { low }
  public var scale: Double { low }
  public var shapes: [NamedValue] { [NamedValue("max/min - 1", excess)] }
  public var support: Support { Support(lower: low, upper: high) }
  public var standardSupport: Support { Support(lower: 0, upper: excess) }
  public var mean: Double { (high - low) / logRatio }
  public var variance: Double { mean * mean * Self.squaredVariation(logRatio / 2) }
  public var mode: Double? { low }
  public var standardMean: Double { excess / logRatio - 1 }
  public var standardVariance: Double {
    let mean = excess / logRatio
    return mean * mean * Self.squaredVariation(logRatio / 2)
  }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double { 1 / ((1 + z) * logRatio) }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let distance = side == .lower ? z : (excess - z) / (1 + z)
    return min(max(Double.log(onePlus: distance) / logRatio, 0), 1)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    if tail.side == .lower { return Double.expMinusOne(p * logRatio) }
    // From the upper end while that is near, else from the lower.
    return p * logRatio < 0.5
      ? excess + (1 + excess) * Double.expMinusOne(-p * logRatio)
      : Double.expMinusOne((1 - p) * logRatio)
  }
}
