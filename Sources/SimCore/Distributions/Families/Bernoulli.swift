// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The Bernoulli distribution: 1 with probability p, else 0.
///
/// ```
/// P(X = 1) = p,   P(X = 0) = 1 − p;   mean = p,   variance = p (1−p)
/// ```
public struct Bernoulli: WholeNumberDistribution, Hashable {
  public let probability: Double

  /// - Throws: `DistributionError` unless `probability` is in 0 … 1.
  public init(probability: Double) throws(DistributionError) {
    try Check.within(probability, 0...1, "p")
    self.probability = probability
  }

  public static let family = Family(
    name: "bernoulli",
    summary: "whether something happens: 1 or 0",
    supportText: "0, 1",
    parametrisations: [
      Parametrisation(["p"], allowsPositional: true, uncertain: .chance) {
        (v) throws(DistributionError) in
        try Bernoulli(probability: v[0])
      }
    ],
    source: "Johnson, Kemp and Kotz (2005), section 3.1")

  public var parameters: [NamedValue] { [NamedValue("p", probability)] }
  public var support: Support {
    Support(lower: probability == 1 ? 1 : 0, upper: probability == 0 ? 0 : 1)
  }
  public var mean: Double { probability }
  public var variance: Double { probability * (1 - probability) }
  public var mode: Double? { probability == 0.5 ? nil : probability > 0.5 ? 1 : 0 }

  public func mass(_ k: Double) -> Double { k == 1 ? probability : 1 - probability }
  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    side == .lower ? 1 - probability : probability
  }
}
