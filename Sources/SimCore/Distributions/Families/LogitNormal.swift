// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The logit-normal distribution: log(x/(1−x)) is normal.
///
/// ```
/// P(X <= x) = Φ((log(x/(1−x)) − meanlogit) / sdlogit),   0 < x < 1
/// ```
/// Mean and variance have no closed form.
///
/// Numerics: moments by the trapezoidal rule, which converges exponentially here.
public struct LogitNormal: Distribution, Hashable {
  public let meanLogit: Double
  public let sdLogit: Double
  private let moments: Moments

  /// - Throws: `DistributionError` unless both are finite, `sdLogit` is above 0 and at most 50, and
  ///   draws are doubles above 0.
  public init(meanLogit: Double, sdLogit: Double) throws(DistributionError) {
    try Check.finite(meanLogit, "meanlogit")
    try Check.positive(sdLogit, "sdlogit")
    if !(sdLogit <= 50 && sdLogit >= 1e-6 && abs(meanLogit) + 9 * sdLogit < 700) {
      throw DistributionError(
        found: "meanlogit = \(meanLogit), sdlogit = \(sdLogit)",
        expected: "an sdlogit from 1e-6 to 50 and draws that fit in a double",
        advice: "Check the units: both are on the scale of log(x/(1−x)).")
    }
    self.init(checkedMean: meanLogit, sd: sdLogit)
  }

  private init(checkedMean: Double, sd: Double) {
    meanLogit = checkedMean
    sdLogit = sd
    moments = Moments(checkedMean, sd)
  }

  /// The logit-normal with a mean and standard deviation.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    if !(mean > 0 && mean < 1) {
      throw DistributionError(
        found: "mean = \(mean)", expected: "a mean between 0 and 1",
        advice: "Write shares as 0.4 or 40%.")
    }
    try Check.positive(standardDeviation, "sd")
    let limit = (mean * (1 - mean)).squareRoot()
    if !(standardDeviation < limit) {
      throw DistributionError(
        found: "sd = \(standardDeviation) with mean = \(mean)",
        expected: "an sd below √(mean (1 − mean)) = \(limit)",
        advice: "Check the range: it is wider than any distribution of shares can be.")
    }
    let most = 50.0
    if Moments(Self.location(mean, most), most).variance.squareRoot() <= standardDeviation
      || standardDeviation < 1e-5 * mean * (1 - mean)
    {
      throw DistributionError(
        found: "mean = \(mean), sd = \(standardDeviation)",
        expected: "a logit-normal with sdlogit from 1e-5 to \(most)")
    }
    let small = standardDeviation / (mean * (1 - mean))
    let sd = RootFinder.root(0.5 * small, most) {
      let moments = Moments(Self.location(mean, $0), $0)
      return moments.variance.squareRoot() - standardDeviation
    }
    try self.init(meanLogit: Self.location(mean, sd), sdLogit: sd)
  }

  /// The meanlogit that gives a mean at a fixed sdlogit, by bracketed Newton steps.
  private static func location(_ mean: Double, _ sd: Double) -> Double {
    var low = -700.0
    var high = 700.0
    var at = Double.log(mean / (1 - mean))
    for _ in 0..<100 {
      let moments = Moments(at, sd)
      // The smaller of mean and 1 − mean, for its digits.
      let gap = mean < 0.5 ? moments.mean - mean : (1 - mean) - moments.complement
      if gap == 0 { return at }
      if gap < 0 { low = at } else { high = at }
      var next = at - gap / moments.slope
      if !(next > low && next < high) { next = low + 0.5 * (high - low) }
      if abs(next - at) <= 2 * at.ulp { return next }
      at = next
    }
    return at
  }

  public static let family = Family(
    name: "logit-normal",
    summary: "shares whose log odds are normal, as regressions give them",
    supportText: "0 < x < 1",
    parametrisations: [
      Parametrisation(["meanlogit", "sdlogit"]) { (v) throws(DistributionError) in
        try LogitNormal(meanLogit: v[0], sdLogit: v[1])
      },
      Parametrisation(["mean", "sd"]) { (v) throws(DistributionError) in
        try LogitNormal(mean: v[0], standardDeviation: v[1])
      },
    ],
    fromMoments: { (mean, sd) throws(DistributionError) in
      try LogitNormal(mean: mean, standardDeviation: sd)
    },
    source: "Aitchison and Shen (1980), doi:10.1093/biomet/67.2.261")

  public var parameters: [NamedValue] {
    [NamedValue("meanlogit", meanLogit), NamedValue("sdlogit", sdLogit)]
  }
  public var support: Support { .unit }
  public var mean: Double { moments.mean }
  public var variance: Double { moments.variance }

  /// The mode, where the log density's slope 2x − 1 − (logit x − meanlogit)/sdlogit² changes sign; `nil`
  /// when there are two equal ones, or when it lies closer to 0 or 1 than any double.
  public var mode: Double? {
    let squared = sdLogit * sdLogit
    func slope(_ y: Double) -> Double { y - meanLogit - squared * Double.tanh(0.5 * y) }
    let low = meanLogit - squared - 1
    let high = meanLogit + squared + 1
    func inside(_ y: Double) -> Double? {
      let x = VectorExponential.logistic(y)
      return x > 0 && x < 1 ? x : nil
    }
    guard squared > 2 else { return inside(RootFinder.root(low, high, slope)) }
    // The slope falls between ± turn, where x(1−x) = 1/(2 sdlogit²).
    let turn = 2 * Double.atanh((1 - 2 / squared).squareRoot())
    var modes: [Double] = []
    if slope(-turn) >= 0 { modes.append(RootFinder.root(min(low, -turn), -turn, slope)) }
    if slope(turn) <= 0 { modes.append(RootFinder.root(turn, max(high, turn), slope)) }
    guard modes.count == 2 else { return modes.first.flatMap(inside) }
    if meanLogit == 0 { return nil }
    return inside(meanLogit < 0 ? modes[0] : modes[1])
  }

  public func density(_ x: Double) -> Double {
    guard x > 0, x < 1 else { return 0 }
    let z = (logit(x) - meanLogit) / sdLogit
    let exponent = -0.5 * z * z - Double.log(x)
    return Double.exp(exponent) / (Deviance.sqrtTwoPi * sdLogit * (1 - x))
  }
  public func cumulative(_ x: Double) -> Double { tail(at: x, upper: false) }
  public func survival(_ x: Double) -> Double { tail(at: x, upper: true) }

  private func tail(at x: Double, upper: Bool) -> Double {
    if x <= 0 { return upper ? 1 : 0 }
    if x >= 1 { return upper ? 0 : 1 }
    return Normal.tail((logit(x) - meanLogit) / sdLogit, upper: upper)
  }

  private func logit(_ x: Double) -> Double {
    abs(x - 0.5) < 0.25 ? 2 * Double.atanh(2 * (x - 0.5)) : Double.log(x) - Double.log(onePlus: -x)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    support.interior(
      VectorExponential.logistic(meanLogit + sdLogit * Normal.standard.quantile(tail)))
  }

  /// 1 − X is a logit-normal with the other sign of meanlogit.
  public var mirrored: (any Distribution)? { LogitNormal(checkedMean: -meanLogit, sd: sdLogit) }

  /// From the table of the normal.
  public var sampling: SamplingForm {
    .logisticOfTable(standard: Normal.standard, location: meanLogit, scale: sdLogit)
  }

  /// Integrals of functions of x over the normal variate z.
  ///
  /// ```
  /// step = min(0.4, 0.4/sdlogit): the poles of the logistic function lie π/sdlogit from the real line
  /// ```
  private struct Moments: Hashable {
    var mean = 0.0
    /// 1 − mean, with its own digits.
    var complement = 0.0
    var variance = 0.0
    /// d mean / d meanlogit.
    var slope = 0.0

    init(_ location: Double, _ sd: Double) {
      // Far from one half the integrals gather where the odds reach 1.
      let reach = 12 + min(sd, abs(location) / sd)
      let steps = Int((reach / min(0.4, 0.4 / sd)).rounded(.up))
      let step = reach / Double(steps)
      func sum(_ f: (_ x: Double, _ rest: Double) -> Double) -> Double {
        var total = 0.0
        for i in -steps...steps {
          let z = Double(i) * step
          let y = location + sd * z
          let e = Double.exp(-abs(y))
          let small = e / (1 + e)
          let large = 1 / (1 + e)
          total += Double.exp(-0.5 * z * z) * (y < 0 ? f(small, large) : f(large, small))
        }
        return total * step / Deviance.sqrtTwoPi
      }
      mean = sum { x, _ in x }
      complement = sum { _, rest in rest }
      slope = sum { x, rest in x * rest }
      let (m, c) = (mean, complement)
      variance = sum { x, rest in
        let distance = x < rest ? x - m : c - rest
        return distance * distance
      }
    }
  }
}
