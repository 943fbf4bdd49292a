// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// A distribution restricted to an interval: the law of X given a < X < b. Never clipped: no draw is
/// moved to a limit.
///
/// ```
/// f(x) = g(x) / m,   m = P(a < X < b),   a < x < b
/// P(X <= x | a < X < b) = P(a < X <= x) / m
/// ```
/// Numerics: probabilities of intervals are differences of the nearer tails, and quadrature of the
/// density where a difference would cancel; the probability m may be as small as 1e-290. Quantiles are
/// mapped to the base's nearer tail, then polished by Newton steps on the restricted law.
public struct Truncated: Distribution {
  public let base: any Distribution
  public let support: Support
  public let mean: Double
  public let variance: Double
  /// The probability that the base gives to the interval.
  public let probability: Double
  private let low: End
  private let high: End
  /// The law of 1 − X of the base, when the upper limit is the end of a support of (0, 1): doubles near
  /// 1 are too coarse there.
  private let mirror: (any Distribution)?

  /// A limit, and the base's tails there.
  struct End: Sendable {
    let x: Double
    let cumulative: Double
    let survival: Double
  }

  /// The least probability that an interval may have.
  public static let leastProbability = 1e-290

  /// - Parameters:
  ///   - lower: the lower limit; `nil` leaves this end as it is.
  ///   - upper: the upper limit; `nil` leaves this end as it is.
  /// - Throws: `DistributionError` unless the limits are finite, in order, and have at least
  ///   `leastProbability` between them.
  public init(_ base: any Distribution, from lower: Double? = nil, to upper: Double? = nil)
    throws(DistributionError)
  {
    try Check.limits(lower, upper)
    // Restricting twice is restricting once to the common part.
    let inner = (base as? Truncated)?.base ?? base
    if !inner.atoms.isEmpty, !(inner is Constant) {
      // Laws with point masses have restrictions of their own.
      throw DistributionError(
        found: "\(type(of: inner).family.name) with a point mass",
        expected: "its own restricted form, from `restriction`")
    }
    let outer = base.support
    if inner is Constant {
      throw DistributionError(
        found: "a constant with limits", expected: "a distribution", advice: "Leave the limits out."
      )
    }
    if inner is any DiscreteDistribution {
      throw DistributionError(
        found: "the discrete \(type(of: inner).family.name) with limits that are left out",
        expected: "a continuous distribution", advice: "Use TruncatedDiscrete.")
    }
    let a = max(lower ?? -.infinity, outer.lower)
    let b = min(upper ?? .infinity, outer.upper)
    if !(a < b && a.nextUp < b) {
      throw Self.empty(inner, lower, upper, 0)
    }
    self.base = inner
    support = Support(lower: a, upper: b)
    low = Self.end(inner, a)
    high = Self.end(inner, b)
    let whole = Self.probability(inner, low, high, from: a, length: b - a)
    if !(whole >= Self.leastProbability) { throw Self.empty(inner, lower, upper, whole) }
    probability = whole
    mirror = b == outer.upper ? inner.mirrored : nil
    (mean, variance) = Self.moments(inner, low, high, whole)
  }

  private static func empty(
    _ base: any Distribution, _ lower: Double?, _ upper: Double?, _ probability: Double
  ) -> DistributionError {
    let above: PlainText? = lower.map { "above \($0)" }
    let below: PlainText? = upper.map { "below \($0)" }
    let limits = [above, below].compactMap { $0?.text }
    return DistributionError(
      found: "\(type(of: base).family.name) \(limits.joined(separator: " and ")), which has "
        + "probability \(probability)",
      expected: "limits with a probability of at least \(leastProbability)",
      advice: "Check the limits against the distribution.")
  }

  static func end(_ base: any Distribution, _ x: Double) -> End {
    let support = base.support
    if x <= support.lower { return End(x: x, cumulative: 0, survival: 1) }
    if x >= support.upper { return End(x: x, cumulative: 1, survival: 0) }
    return End(x: x, cumulative: base.cumulative(x), survival: base.survival(x))
  }

  public static let family = Family(
    name: "truncated",
    summary: "any continuous distribution between limits",
    supportText: "lower < x < upper",
    parametrisations: [],
    source: "Johnson, Kotz and Balakrishnan (1994), section 12.3")

  public var parameters: [NamedValue] { named(base.parameters) }
  public var identity: [NamedValue] { named(base.identity) }
  public var breaks: [Double] { base.breaks.filter { $0 > support.lower && $0 < support.upper } }

  private func named(_ values: [NamedValue]) -> [NamedValue] {
    let name = type(of: base).family.name
    return values.map { NamedValue("\(name) \($0.name)", $0.value) }
      + [NamedValue("lower", support.lower), NamedValue("upper", support.upper)]
  }

  public var mode: Double? {
    guard let mode = base.mode else { return nil }
    if mode >= support.lower && mode <= support.upper { return mode }
    // Only for a base that falls away from its mode is the nearer limit the most likely value.
    let (near, far) =
      mode < support.lower ? (support.lower, support.upper) : (support.upper, support.lower)
    return far.isFinite && base.density(far) > base.density(near) ? nil : near
  }

  public func density(_ x: Double) -> Double {
    x >= support.lower && x <= support.upper ? base.density(x) / probability : 0
  }

  /// The density at x, which lies `length` below the upper limit.
  func density(_ x: Double, below length: Double) -> Double {
    if let mirror, length < 0.5 { return mirror.density(length) / probability }
    return density(x)
  }

  public func cumulative(_ x: Double) -> Double {
    if x <= support.lower { return 0 }
    if x >= support.upper { return 1 }
    return support.lower.isFinite
      ? lowerPart(to: x, length: x - support.lower) : min(base.cumulative(x) / probability, 1)
  }

  public func survival(_ x: Double) -> Double {
    if x <= support.lower { return 1 }
    if x >= support.upper { return 0 }
    return support.upper.isFinite
      ? upperPart(from: x, length: support.upper - x) : min(base.survival(x) / probability, 1)
  }

  /// P(X <= x), where x lies `length` above the lower limit: right however small that is against it.
  func lowerPart(to x: Double, length: Double) -> Double {
    let part = Self.probability(base, low, Self.end(base, x), from: low.x, length: length)
    return min(part / probability, 1)
  }

  /// P(X > x), where x lies `length` below the upper limit: right however small that is against it.
  func upperPart(from x: Double, length: Double) -> Double {
    if let mirror, length < 0.5 { return min(mirror.cumulative(length) / probability, 1) }
    let part = Self.probability(base, Self.end(base, x), high, from: high.x, length: -length)
    return min(part / probability, 1)
  }

  /// The base's probability between two points, which are `length` apart.
  ///
  /// - Parameters:
  ///   - start: the point that the length is counted from.
  ///   - length: signed; may be smaller than the spacing of doubles at the points.
  static func probability(
    _ base: some Distribution, _ from: End, _ to: End, from start: Double, length: Double
  ) -> Double {
    let difference: Double
    let reference: Double
    if to.cumulative <= 0.5 {
      difference = to.cumulative - from.cumulative
      reference = to.cumulative
    } else if from.survival <= 0.5 {
      difference = from.survival - to.survival
      reference = from.survival
    } else {
      difference = 1 - from.cumulative - to.survival
      reference = 1
    }
    if difference >= 0.1 * reference || !length.isFinite { return max(difference, 0) }
    if length == 0 { return 0 }
    func density(_ t: Double) -> Double { base.density(start + length * t) }
    let (first, middle, last) = (density(0), density(0.5), density(1))
    if abs(first - 2 * middle + last) <= 1e-7 * middle {
      // All but straight: Simpson's rule has no error left.
      return abs(length) * (first + 4 * middle + last) / 6
    }
    let rule = GaussLegendre.sixteen
    let whole = rule.integral(0, 1, density)
    let halves = rule.integral(0, 0.5, density) + rule.integral(0.5, 1, density)
    // A density with a kink or a pole in between is left to the difference.
    if !(abs(whole - halves) <= 1e-13 * halves) { return max(difference, 0) }
    return abs(length) * halves
  }

  public func quantile(_ tail: TailProbability) -> Double {
    var x = support.interior(base.quantile(baseTail(tail)))
    let sign: Double = tail.side == .lower ? -1 : 1
    var miss = self.tail(x, tail.side) - tail.probability
    for _ in 0..<4 where abs(miss) > 1e-15 * tail.probability {
      let next = support.interior(x + sign * miss / density(x))
      if next == x || !next.isFinite { break }
      let nextMiss = self.tail(next, tail.side) - tail.probability
      if !(abs(nextMiss) < abs(miss)) { break }
      x = next
      miss = nextMiss
    }
    return x
  }

  /// The tail of the base that belongs to one of the restricted law, from the nearer side.
  func baseTail(_ tail: TailProbability) -> TailProbability {
    let p = tail.probability
    let below = (tail.side == .lower ? p : 1 - p) * probability
    let above = (tail.side == .lower ? 1 - p : p) * probability
    // From the limit whose part is smaller.
    let cumulative = below <= above ? low.cumulative + below : high.cumulative - above
    if cumulative <= 0.5 {
      return TailProbability(max(cumulative, .leastNonzeroMagnitude), side: .lower)
    }
    let survival = below <= above ? low.survival - below : high.survival + above
    return TailProbability(
      min(max(survival, .leastNonzeroMagnitude), (1.0).nextDown), side: .upper)
  }

  /// Mean and variance by integration of the quantile function; infinite where an end with infinite
  /// moments is left open.
  private static func moments(_ base: any Distribution, _ low: End, _ high: End, _ whole: Double)
    -> (Double, Double)
  {
    let law = Truncated(base, low, high, whole)
    var split: Double?
    if let mode = base.mode, mode > low.x, mode < high.x { split = law.cumulative(mode) }
    let moments = QuantileMoments(splitAt: split) { law.quantile($0) }
    return (moments.mean, moments.variance)
  }

  /// Without moments, to compute them from.
  private init(_ base: any Distribution, _ low: End, _ high: End, _ probability: Double) {
    self.base = base
    self.low = low
    self.high = high
    self.probability = probability
    support = Support(lower: low.x, upper: high.x)
    mirror = high.x == base.support.upper ? base.mirrored : nil
    mean = .nan
    variance = .nan
  }

  public var sampling: SamplingForm {
    let (a, b) = (support.lower, support.upper)
    switch (a.isFinite, b.isFinite) {
    case (true, true):
      return .table(
        standard: TruncatedExcess(self, .between(a, b)), location: a, scale: b - a)
    case (true, false):
      return .table(standard: TruncatedExcess(self, .above(a)), location: a, scale: 1)
    case (false, true):
      return .table(standard: TruncatedExcess(self, .below(b)), location: b, scale: 1)
    case (false, false): return base.sampling
    }
  }
}
