// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The lognormal distribution: log x is normal.
///
/// ```
/// f(x) = exp(−(log x − meanlog)² / (2 sdlog²)) / (x sdlog √(2π)),   x > 0
/// mean = exp(meanlog + sdlog²/2),   variance = (exp(sdlog²) − 1) mean²
/// ```
public struct LogNormal: Distribution, Hashable {
  public let meanLog: Double
  public let sdLog: Double

  /// - Throws: `DistributionError` unless both are finite, `sdLog` is above 0, and the variance and
  ///   values out to 10 standard deviations of the logarithm are doubles.
  public init(meanLog: Double, sdLog: Double) throws(DistributionError) {
    try Check.finite(meanLog, "meanlog")
    try Check.positive(sdLog, "sdlog")
    let squared = sdLog * sdLog
    if !(abs(meanLog) + max(10 * sdLog, squared) < 700 && 2 * (meanLog + squared) < 700) {
      throw DistributionError(
        found: "meanlog = \(meanLog), sdlog = \(sdLog)",
        expected: "a lognormal whose draws fit in a double",
        advice: "Check the units: meanlog and sdlog are on the scale of the logarithm.")
    }
    self.meanLog = meanLog
    self.sdLog = sdLog
  }

  /// The lognormal with a mean and standard deviation on the natural scale.
  ///
  /// ```
  /// sdlog² = log(1 + (sd/mean)²),   meanlog = log mean − sdlog²/2
  /// ```
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let ratio = standardDeviation / mean
    let squared = Double.log(onePlus: ratio * ratio)
    try self.init(meanLog: Double.log(mean) - squared / 2, sdLog: squared.squareRoot())
  }

  public static let family = Family(
    name: "lognormal",
    summary: "ratios, relative risks, strongly skewed costs",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["meanlog", "sdlog"], uncertain: .movedLogarithm([.location, .scale])) {
        (v) throws(DistributionError) in
        try LogNormal(meanLog: v[0], sdLog: v[1])
      },
      Parametrisation(["mean", "sd"], uncertain: .logarithmOfMoments) {
        (v) throws(DistributionError) in
        try LogNormal(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try LogNormal(mean: mean, standardDeviation: sd)
    },
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 14")

  public var parameters: [NamedValue] {
    [NamedValue("meanlog", meanLog), NamedValue("sdlog", sdLog)]
  }
  public var support: Support { .positive }
  public var mean: Double { Double.exp(meanLog + sdLog * sdLog / 2) }
  public var variance: Double { Double.expMinusOne(sdLog * sdLog) * mean * mean }
  public var mode: Double? { Double.exp(meanLog - sdLog * sdLog) }

  public func density(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    return (GSL.normalDensity((Double.log(x) - meanLog) / sdLog) ?? 0) / sdLog / x
  }
  public func cumulative(_ x: Double) -> Double {
    x > 0 ? Normal.tail((Double.log(x) - meanLog) / sdLog, upper: false) : 0
  }
  public func survival(_ x: Double) -> Double {
    x > 0 ? Normal.tail((Double.log(x) - meanLog) / sdLog, upper: true) : 1
  }

  /// From the table of the normal.
  public var sampling: SamplingForm {
    .exponentialOfTable(standard: Normal.standard, location: meanLog, scale: sdLog)
  }
}
