// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A univariate distribution with fixed, valid parameters: continuous, unless it conforms to
/// `DiscreteDistribution`, which says what the functions mean there.
///
/// Values of conforming types are valid by construction: every initialiser checks and throws
/// `DistributionError`. Functions never return NaN for a finite argument.
public protocol Distribution: Sendable {
  /// The family this distribution belongs to: name, parametrisations, fits.
  static var family: Family { get }

  /// Native parameters in the family's order, for reports.
  var parameters: [NamedValue] { get }
  /// What tells this member from all others of its family, and with it its quantile table. Default:
  /// `parameters`; laws made of long data report a summary and are identified by all of it.
  var identity: [NamedValue] { get }
  var support: Support { get }
  /// Infinity where it is infinite or does not exist.
  var mean: Double { get }
  /// Infinity where it is infinite or does not exist.
  var variance: Double { get }
  /// The most likely value; `nil` where it is not unique or not finite.
  var mode: Double? { get }

  /// Probability density at `x`; 0 outside the support, possibly infinite at an end of it.
  func density(_ x: Double) -> Double
  /// P(X <= x). Relative accuracy in the lower tail.
  func cumulative(_ x: Double) -> Double
  /// P(X > x). Relative accuracy in the upper tail.
  func survival(_ x: Double) -> Double
  /// The value whose tail has the given probability, strictly inside the support.
  ///
  /// Numerics: within 1e-11 and 1e-8 relative in probability, or the best double (docs/accuracy.md).
  func quantile(_ tail: TailProbability) -> Double

  /// The distribution of 1 − X for a support of (0, 1), where doubles near 1 are too coarse to invert the
  /// upper tail; `nil` otherwise.
  var mirrored: (any Distribution)? { get }

  /// Values inside the support at which the quantile function is not smooth: kinks, poles and jumps of the
  /// density, edges of gaps. Quantile tables are split there, and at point masses.
  var breaks: [Double] { get }

  /// Values that are taken with a probability of their own, ascending.
  var atoms: [Atom] { get }

  /// The law given that a value lies in an interval, and the probability of that.
  ///
  /// - Parameters:
  ///   - lower: the lower limit; `nil` leaves this end as it is.
  ///   - upper: the upper limit; `nil` leaves this end as it is.
  /// - Throws: `DistributionError` for limits that are not in order or have no probability between them.
  func restriction(from lower: Double?, to upper: Double?) throws(DistributionError) -> Restriction

  /// How draws are made.
  var sampling: SamplingForm { get }
}

/// A value and the probability that it is taken.
public struct Atom: Sendable, Hashable {
  public let value: Double
  public let probability: Double

  public init(value: Double, probability: Double) {
    self.value = value
    self.probability = probability
  }
}

/// A law restricted to an interval.
public struct Restriction: Sendable {
  public let law: any Distribution
  /// The probability that the unrestricted law gives to the interval.
  public let probability: Double

  public init(law: any Distribution, probability: Double) {
    self.law = law
    self.probability = probability
  }
}

extension Distribution {
  public var standardDeviation: Double { variance.squareRoot() }

  public var identity: [NamedValue] { parameters }

  public var mirrored: (any Distribution)? { nil }

  public var breaks: [Double] { [] }

  public var atoms: [Atom] { [] }

  public func restriction(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> Restriction
  {
    if let discrete = self as? any DiscreteDistribution {
      let law = try discrete.restricted(from: lower, to: upper)
      let below = law.support.lower.nextDown
      return Restriction(
        law: law, probability: max(cumulative(law.support.upper) - cumulative(below), 0))
    }
    let law = try Truncated(self, from: lower, to: upper)
    return Restriction(law: law, probability: law.probability)
  }

  /// Default: the bracketed solver on the tail functions.
  public func quantile(_ tail: TailProbability) -> Double {
    QuantileSolver.solve(self, tail)
  }

  /// The tail function of one side.
  public func tail(_ x: Double, _ side: TailProbability.Side) -> Double {
    side == .lower ? cumulative(x) : survival(x)
  }

  /// The quantile for a cumulative probability in (0, 1).
  public func quantile(cumulative u: Double) -> Double {
    quantile(TailProbability(cumulative: u))
  }
}

/// A number with the name it has in its family.
public struct NamedValue: Sendable, Hashable {
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// How a variate is made from its uniform u, by inversion where nothing else is said.
public enum SamplingForm: Sendable {
  /// Always the same number; uses no uniform.
  case constant(Double)
  /// low + u (high − low).
  case uniform(low: Double, high: Double)
  /// The closed-form inverse of the triangular distribution.
  case triangular(Triangular)
  /// location + scale · Q(u), with Q read from a verified table of the standard distribution.
  /// Tables are shared between parameters whose standard distribution is the same.
  case table(standard: any Distribution, location: Double, scale: Double)
  /// exp(location + scale · Q(u)), with Q as above.
  case exponentialOfTable(standard: any Distribution, location: Double, scale: Double)
  /// 1/(1 + exp(−location − scale · Q(u))), with Q as above.
  case logisticOfTable(standard: any Distribution, location: Double, scale: Double)
  /// One of the discrete forms, read with one uniform.
  case discrete(any DiscreteDistribution)
  /// One of the values, each as likely as any other; ascending.
  case resampled([Double])
  /// Straight lines between knots.
  case piecewiseLinear(PiecewiseLinear)
  /// A component chosen by a second uniform, drawn by the first; by its own quantile function when only
  /// one uniform is at hand.
  case mixture(Mixture)
  /// A value chosen by a second uniform plus a normal by the first; else as for a mixture.
  case smoothed(SmoothedEmpirical)
  /// location + scale · Y, with Y drawn as stated; a negative scale takes the complement of each uniform,
  /// so that draws still rise with u.
  case scaled(any Distribution, location: Double, scale: Double)
  /// The logarithm of a gamma with this shape and scale 1, also where the gamma is below every double.
  case logGamma(shape: Double)
}
