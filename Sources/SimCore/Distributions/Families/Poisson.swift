// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The Poisson distribution: events at a constant rate.
///
/// ```
/// P(X = k) = mean^k e^(−mean) / k!,   k = 0, 1, 2, …;   variance = mean
/// ```
/// Numerics: tails from `GammaTails`: P(X > k) is the gamma(k+1) distribution function at the mean.
public struct Poisson: WholeNumberDistribution, Hashable {
  public let mean: Double

  /// - Throws: `DistributionError` unless `mean` is above 0 and at most 1e9.
  public init(mean: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    if !(mean <= WholeNumbers.mostTrials) {
      throw DistributionError(
        found: "mean = \(mean)", expected: "a mean up to \(WholeNumbers.mostTrials)",
        advice: "Use normal with this mean and sd = √mean.")
    }
    self.mean = mean
  }

  public static let family = Family(
    name: "poisson",
    summary: "counts of events at a constant rate",
    supportText: "0, 1, 2, …",
    parametrisations: [
      Parametrisation(["mean"], allowsPositional: true, uncertain: .count(.poisson)) {
        (v) throws(DistributionError) in
        try Poisson(mean: v[0])
      }
    ],
    source: "Johnson, Kemp and Kotz (2005), chapter 4; Loader (2000)")

  public var parameters: [NamedValue] { [NamedValue("mean", mean)] }
  public var support: Support { Support(lower: 0, upper: .infinity) }
  public var variance: Double { mean }
  public var mode: Double? { uniqueMode(near: mean) }

  public func mass(_ k: Double) -> Double { GammaTails.prefactor(mean, shape: k) }
  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    GammaTails.tail(mean, shape: k + 1, upper: side == .lower)
  }
}
