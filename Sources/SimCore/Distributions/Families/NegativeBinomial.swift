// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The negative binomial distribution: failures before the `size`-th success, or a Poisson count whose
/// rate is gamma distributed between people.
///
/// ```
/// P(X = k) = Γ(k + size) / (k! Γ(size)) · p^size (1−p)^k,   k = 0, 1, 2, …
/// mean = size (1−p)/p,   variance = mean + mean²/size
/// ```
/// Numerics: tails from `BetaTails`, at p or at 1 − p, whichever is smaller.
public struct NegativeBinomial: WholeNumberDistribution, Hashable {
  public let mean: Double
  /// Not necessarily whole: the shape of the gamma between people.
  public let size: Double
  /// p and 1 − p, each to full relative accuracy.
  private let success: Double
  private let failure: Double

  /// Sizes for which the tail functions are verified.
  public static let sizeRange = 0.01...1e9
  /// Means for which every draw is an exact whole number.
  public static let leastMean = 1e-9
  /// Beyond here the upper tail is below every double: (1 − p)^1e18 with 1 − p at most 1 − 1e-11.
  private static let farthest = 1e18

  /// - Throws: `DistributionError` unless `mean` is in 1e-9 … 1e9 and `size` in `sizeRange`.
  public init(mean: Double, size: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.within(mean, Self.leastMean...WholeNumbers.mostTrials, "mean")
    try Check.positive(size, "size")
    try Check.within(size, Self.sizeRange, "size")
    self.init(mean: mean, size: size, success: size / (size + mean), failure: mean / (size + mean))
  }

  /// - Throws: `DistributionError` unless `probability` is inside 0 … 1 and the mean in its bounds.
  public init(size: Double, probability: Double) throws(DistributionError) {
    if !(probability > 0 && probability < 1) {
      throw DistributionError(found: "p = \(probability)", expected: "a number between 0 and 1")
    }
    try Check.positive(size, "size")
    try Check.within(size, Self.sizeRange, "size")
    let mean = size * ((1 - probability) / probability)
    try Check.within(mean, Self.leastMean...WholeNumbers.mostTrials, "mean = size (1 − p)/p")
    self.init(mean: mean, size: size, success: probability, failure: 1 - probability)
  }

  /// The member with this mean and standard deviation.
  ///
  /// ```
  /// size = mean² / (sd² − mean)
  /// ```
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try Check.positive(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let excess = (-mean).addingProduct(standardDeviation, standardDeviation)
    if !(excess > 0) {
      throw DistributionError(
        found: "sd = \(standardDeviation) with mean = \(mean)",
        expected: "an sd above √mean = \(mean.squareRoot())",
        advice: "With sd = √mean it is a poisson; with less use binomial.")
    }
    let size = mean * (mean / excess)
    if !Self.sizeRange.contains(size) {
      throw DistributionError(
        found: "mean = \(mean) with sd = \(standardDeviation), which is size = \(size)",
        expected: "a size from \(Self.sizeRange.lowerBound) to \(Self.sizeRange.upperBound)",
        advice: size > 1 ? "Use poisson." : "Check the sd.")
    }
    try self.init(mean: mean, size: size)
  }

  private init(mean: Double, size: Double, success: Double, failure: Double) {
    self.mean = mean
    self.size = size
    self.success = success
    self.failure = failure
  }

  public static let family = Family(
    name: "negative-binomial",
    summary: "counts that vary more than a Poisson, such as visits per person",
    supportText: "0, 1, 2, …",
    parametrisations: [
      Parametrisation(["mean", "size"]) { (v) throws(DistributionError) in
        try NegativeBinomial(mean: v[0], size: v[1])
      },
      Parametrisation(["size", "p"]) { (v) throws(DistributionError) in
        try NegativeBinomial(size: v[0], probability: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try NegativeBinomial(mean: v[0], standardDeviation: v[1])
      },
    ],
    source: "Johnson, Kemp and Kotz (2005), chapter 5")

  public var parameters: [NamedValue] { [NamedValue("mean", mean), NamedValue("size", size)] }
  public var support: Support { Support(lower: 0, upper: .infinity) }
  public var variance: Double { mean / success }
  public var mode: Double? {
    size <= 1
      ? uniqueMode(near: 0) : uniqueMode(near: (size - 1) * (failure / success))
  }

  public func mass(_ k: Double) -> Double {
    k > Self.farthest
      ? 0 : BinomialMass.mass(size, k, p: success, q: failure) * (size / (size + k))
  }
  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    tail(beyond: k + 1, side)
  }

  /// P(X < y) or P(X >= y), continued to all y > 0.
  func tail(beyond y: Double, _ side: TailProbability.Side) -> Double {
    if y > Self.farthest { return side == .lower ? 1 : 0 }
    return success <= failure
      ? BetaTails.tail(success, alpha: size, beta: y, upper: side == .upper)
      : BetaTails.tail(failure, alpha: y, beta: size, upper: side == .lower)
  }

  public var continuousForm: (any Distribution)? { ContinuousForm(law: self) }

  /// Y with P(Y <= y) = P(X < y): the law of X joined up between whole numbers.
  struct ContinuousForm: Distribution {
    let law: NegativeBinomial

    static var family: Family { NegativeBinomial.family }
    var parameters: [NamedValue] { law.parameters }
    var support: Support { .positive }
    var mean: Double { law.mean + 0.5 }
    var variance: Double { law.variance }
    var mode: Double? { nil }

    func cumulative(_ x: Double) -> Double { x <= 0 ? 0 : law.tail(beyond: x, .lower) }
    func survival(_ x: Double) -> Double { x <= 0 ? 1 : law.tail(beyond: x, .upper) }
    /// The slope of the nearer tail, by a central difference: right to about 1e-8, which is enough for
    /// Newton steps.
    func density(_ x: Double) -> Double {
      guard x > 0, x < .infinity else { return 0 }
      let step = 1e-4 * x
      let side: TailProbability.Side = cumulative(x) <= 0.5 ? .lower : .upper
      let difference = tail(x + step, side) - tail(x - step, side)
      return abs(difference) / (2 * step)
    }
    var sampling: SamplingForm { .table(standard: self, location: 0, scale: 1) }
  }
}
