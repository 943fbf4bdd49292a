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

  /// Native parameters in the family's order, for reports and as the identity of a table.
  var parameters: [NamedValue] { get }
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

  /// How draws are made from one uniform.
  var sampling: SamplingForm { get }
}

extension Distribution {
  public var standardDeviation: Double { variance.squareRoot() }

  public var mirrored: (any Distribution)? { nil }

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

/// How a variate is made from its uniform u by inversion.
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
  /// One of the discrete forms, read with one uniform.
  case discrete(any DiscreteDistribution)
}
