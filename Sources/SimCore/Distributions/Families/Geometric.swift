// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The geometric distribution: failures before the first success, 0 included.
///
/// ```
/// P(X = k) = p (1−p)^k,   P(X > k) = (1−p)^(k+1),   k = 0, 1, 2, …
/// mean = (1−p)/p,   variance = (1−p)/p²
/// ```
public struct Geometric: WholeNumberDistribution, Hashable {
  public let probability: Double
  /// −log(1 − p)
  private let rate: Double

  /// Probabilities for which every draw is an exact whole number.
  public static let probabilityRange = 1e-12...1.0

  /// - Throws: `DistributionError` unless `probability` is in `probabilityRange`.
  public init(probability: Double) throws(DistributionError) {
    try Check.within(probability, Self.probabilityRange, "p")
    self.probability = probability
    rate = -Double.log(onePlus: -probability)
  }

  /// - Throws: `DistributionError` unless `mean`, the failures expected, is above 0 and up to 1e12.
  public init(mean: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.within(mean, 0...9.999e11, "mean")
    try self.init(probability: 1 / (1 + mean))
  }

  public static let family = Family(
    name: "geometric",
    summary: "failures before the first success, or whole periods survived",
    supportText: "0, 1, 2, …",
    parametrisations: [
      Parametrisation(["p"]) { (v) throws(DistributionError) in try Geometric(probability: v[0]) },
      Parametrisation(["mean"]) { (v) throws(DistributionError) in try Geometric(mean: v[0]) },
    ],
    source: "Johnson, Kemp and Kotz (2005), section 5.2")

  public var parameters: [NamedValue] { [NamedValue("p", probability)] }
  public var support: Support { Support(lower: 0, upper: probability == 1 ? 0 : .infinity) }
  public var mean: Double { (1 - probability) / probability }
  public var variance: Double { (1 - probability) / (probability * probability) }
  public var mode: Double? { 0 }

  public func mass(_ k: Double) -> Double {
    k == 0 ? probability : probability * Double.exp(-rate * k)
  }
  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    let exponent = -rate * (k + 1)
    return side == .lower ? -Double.expMinusOne(exponent) : Double.exp(exponent)
  }

  public var continuousForm: (any Distribution)? { try? Exponential(rate: rate) }
}
