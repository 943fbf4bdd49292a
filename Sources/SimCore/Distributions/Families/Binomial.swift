// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The binomial distribution: successes in n independent trials.
///
/// ```
/// P(X = k) = n! / (k! (n−k)!) · p^k (1−p)^(n−k),   k = 0, 1, …, n
/// mean = n p,   variance = n p (1−p)
/// ```
/// Numerics: tails from `BetaTails`: P(X > k) is the beta(k+1, n−k) distribution function at p.
public struct Binomial: WholeNumberDistribution, Hashable {
  public let trials: Double
  public let probability: Double

  /// - Parameters:
  ///   - trials: a whole number from 1 to 1e9.
  ///   - probability: from 0 to 1.
  /// - Throws: `DistributionError` for others.
  public init(trials: Double, probability: Double) throws(DistributionError) {
    try Check.whole(trials, 1...WholeNumbers.mostTrials, "n")
    try Check.within(probability, 0...1, "p")
    self.trials = trials
    self.probability = probability
  }

  public static let family = Family(
    name: "binomial",
    summary: "events among n people or trials",
    supportText: "0, 1, …, n",
    parametrisations: [
      Parametrisation(["n", "p"], allowsPositional: true, uncertain: .count(.binomial)) {
        (v) throws(DistributionError) in
        try Binomial(trials: v[0], probability: v[1])
      }
    ],
    source: "Johnson, Kemp and Kotz (2005), chapter 3; Loader (2000)")

  public var parameters: [NamedValue] {
    [NamedValue("n", trials), NamedValue("p", probability)]
  }
  public var support: Support {
    Support(lower: probability == 1 ? trials : 0, upper: probability == 0 ? 0 : trials)
  }
  public var mean: Double { trials * probability }
  public var variance: Double { trials * probability * (1 - probability) }
  public var mode: Double? { uniqueMode(near: (trials + 1) * probability) }

  public func mass(_ k: Double) -> Double {
    BinomialMass.mass(k, trials - k, p: probability, q: 1 - probability)
  }
  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    BetaTails.tail(probability, alpha: k + 1, beta: trials - k, upper: side == .lower)
  }
}
