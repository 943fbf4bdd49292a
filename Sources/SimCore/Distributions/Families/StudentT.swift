// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Student's t distribution with a location and a scale.
///
/// ```
/// f(x) = Γ((df+1)/2) / (Γ(df/2) √(π df) scale) · (1 + z²/df)^(−(df+1)/2),   z = (x − location)/scale
/// mean = location,   variance = scale² df/(df−2)
/// ```
/// The mean does not exist up to df 1: it is then given as infinity, like the variance up to df 2.
///
/// Numerics: tails from `BetaTails`, at df/(df+z²) or z²/(df+z²), whichever is smaller.
public struct StudentT: LocationScaleDistribution, Hashable {
  public let degreesOfFreedom: Double
  public let location: Double
  public let scale: Double
  private let logConstant: Double

  /// Degrees of freedom for which all draws are doubles and the tail functions are verified.
  public static let degreesRange = 0.2...1e6

  /// - Throws: `DistributionError` unless `degreesOfFreedom` is in `degreesRange`, `location` finite
  ///   and `scale` finite and above 0.
  public init(degreesOfFreedom: Double, location: Double = 0, scale: Double = 1)
    throws(DistributionError)
  {
    try Check.positive(degreesOfFreedom, "df")
    try Check.within(degreesOfFreedom, Self.degreesRange, "df")
    try Check.finite(location, "location")
    try Check.positive(scale, "scale")
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
    logConstant =
      GammaRatio.logRatio(degreesOfFreedom / 2, step: 0.5)
      - 0.5 * Double.log(Double.pi * degreesOfFreedom)
    try Check.reach(self)
  }

  /// The member with given degrees of freedom above 2, mean and standard deviation.
  public init(degreesOfFreedom: Double, mean: Double, standardDeviation: Double)
    throws(DistributionError)
  {
    if !(degreesOfFreedom > 2) {
      throw DistributionError(
        found: "df = \(degreesOfFreedom)", expected: "df above 2, so that there is an sd",
        advice: "Give location and scale instead.")
    }
    try Check.finite(mean, "mean")
    try Check.positive(standardDeviation, "sd")
    let share = (degreesOfFreedom - 2) / degreesOfFreedom
    try self.init(
      degreesOfFreedom: degreesOfFreedom, location: mean,
      scale: standardDeviation * share.squareRoot())
  }

  public static let family = Family(
    name: "student-t",
    summary: "means of few observations; heavy tails on both sides",
    supportText: "any number",
    parametrisations: [
      Parametrisation(["df", "location", "scale"], uncertain: .moved([.shape, .location, .scale])) {
        (v) throws(DistributionError) in
        try StudentT(degreesOfFreedom: v[0], location: v[1], scale: v[2])
      },
      Parametrisation(["df"]) { (v) throws(DistributionError) in
        try StudentT(degreesOfFreedom: v[0])
      },
      Parametrisation(["df", "mean", "sd"], uncertain: .moved([.shape, .location, .scale])) {
        (v) throws(DistributionError) in
        try StudentT(degreesOfFreedom: v[0], mean: v[1], standardDeviation: v[2])
      },
    ],
    source: "Johnson, Kotz and Balakrishnan (1995), chapter 28")

  public var parameters: [NamedValue] {
    [
      NamedValue("df", degreesOfFreedom), NamedValue("location", location),
      NamedValue("scale", scale),
    ]
  }
  public var shapes: [NamedValue] { [NamedValue("df", degreesOfFreedom)] }
  public var standardSupport: Support { .real }
  public var standardMean: Double { degreesOfFreedom > 1 ? 0 : .infinity }
  public var standardVariance: Double {
    degreesOfFreedom > 2 ? degreesOfFreedom / (degreesOfFreedom - 2) : .infinity
  }
  public var standardMode: Double? { 0 }

  public func standardDensity(_ z: Double) -> Double {
    let q = abs(z) / degreesOfFreedom.squareRoot()
    let logSum = q < 1e100 ? Double.log(onePlus: q * q) : 2 * Double.log(q)
    return Double.exp(logConstant - 0.5 * (degreesOfFreedom + 1) * logSum)
  }

  public func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double {
    let outer = 0.5 * folded(abs(z), upper: true)
    return (z > 0) == (side == .upper) ? outer : 1 - outer
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    // The distance from the centre, solved on the side of |Z| that has the smaller probability.
    let p = tail.probability
    let isOuter = p <= 0.5
    let outer = isOuter ? p : 1 - p
    if outer == 0.5 { return 0 }
    let target =
      outer <= 0.25
      ? TailProbability(2 * outer, side: .upper) : TailProbability(1 - 2 * outer, side: .lower)
    let distance = QuantileSolver.solve(Folded(t: self), target)
    return isOuter == (tail.side == .upper) ? distance : -distance
  }

  /// P(|Z| > z) or P(|Z| <= z), for z ≥ 0.
  fileprivate func folded(_ z: Double, upper: Bool) -> Double {
    let df = degreesOfFreedom
    let q = z / df.squareRoot()
    let ratio = q * q
    if ratio <= 1 {
      let x = ratio / (1 + ratio)
      if x == 0 { return upper ? 1 : 0 }
      return BetaTails.tail(x, alpha: 0.5, beta: df / 2, upper: upper)
    }
    let x = 1 / (1 + ratio)
    if x == 0 { return upper ? 0 : 1 }
    return BetaTails.tail(x, alpha: df / 2, beta: 0.5, upper: !upper)
  }

  /// |Z|, for the solver: its quantiles keep their digits near the centre and far out.
  private struct Folded: Distribution {
    let t: StudentT

    static var family: Family { StudentT.family }
    var parameters: [NamedValue] { t.shapes }
    var support: Support { .positive }
    /// Where the solver starts.
    var mean: Double { 1 }
    var variance: Double { .infinity }
    var mode: Double? { 0 }
    func density(_ x: Double) -> Double { x < 0 ? 0 : 2 * t.standardDensity(x) }
    func cumulative(_ x: Double) -> Double { x <= 0 ? 0 : t.folded(x, upper: false) }
    func survival(_ x: Double) -> Double { x <= 0 ? 1 : t.folded(x, upper: true) }
    var sampling: SamplingForm { .table(standard: self, location: 0, scale: 1) }
  }
}
