// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The exponential distribution.
///
/// ```
/// f(x) = rate exp(−rate x),   x > 0
/// mean = 1/rate,   variance = 1/rate²
/// ```
public struct Exponential: LocationScaleDistribution, Hashable {
  /// The mean.
  public let scale: Double
  public var rate: Double { 1 / scale }

  /// - Throws: `DistributionError` unless `rate` and 1/rate are finite and above 0.
  public init(rate: Double) throws(DistributionError) {
    try Check.positive(rate, "rate")
    try self.init(mean: 1 / rate)
  }

  /// - Throws: `DistributionError` unless `mean` is finite and above 0.
  public init(mean: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    scale = mean
    try Check.reach(self)
  }

  public static let family = Family(
    name: "exponential",
    summary: "waiting times at a constant rate",
    supportText: "x > 0",
    parametrisations: [
      Parametrisation(["rate"], uncertain: .moved([.rate])) { (v) throws(DistributionError) in
        try Exponential(rate: v[0])
      },
      Parametrisation(["mean"], uncertain: .moved([.scale])) { (v) throws(DistributionError) in
        try Exponential(mean: v[0])
      },
    ],
    source: "Johnson, Kotz and Balakrishnan (1994), chapter 19")

  public var parameters: [NamedValue] { [NamedValue("mean", scale)] }
  public var location: Double { 0 }
  public var shapes: [NamedValue] { [] }
  public var standardSupport: Support { .positive }
  public var standardMean: Double { 1 }
  public var standardVariance: Double { 1 }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double { Double.exp(-z) }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    side == .lower ? -Double.expMinusOne(-z) : Double.exp(-z)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double { tail.exponentialQuantile }
}

extension TailProbability {
  /// The quantile of the exponential distribution with mean 1: −log(1 − p) or −log p.
  var exponentialQuantile: Double {
    side == .lower ? -Double.log(onePlus: -probability) : -Double.log(probability)
  }
}
