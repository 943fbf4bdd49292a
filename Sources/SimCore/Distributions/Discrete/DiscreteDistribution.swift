// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution over listed values or whole numbers.
///
/// What `Distribution` declares reads so here: `density` is the probability mass P(X = x), 0 between the
/// values; `quantile` is the smallest value x with P(X <= x) at or above the probability given from
/// below, or with P(X > x) at or below the one given from above. The ends of the support belong to it.
public protocol DiscreteDistribution: Distribution {
  /// How one uniform becomes a value.
  var discreteForm: DiscreteForm { get }
  /// The law of X given `lower <= X <= upper`, limits included; `nil` leaves an end as it is.
  func restricted(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> any DiscreteDistribution
}

extension DiscreteDistribution {
  public var sampling: SamplingForm { .discrete(self) }

  public func restricted(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> any DiscreteDistribution
  {
    try TruncatedDiscrete(self, from: lower, to: upper)
  }
}

/// How a value of a discrete distribution is found from its uniform.
public enum DiscreteForm: Sendable {
  /// All whole numbers low, low + 1, … as likely; an integer product, exact.
  case even(low: Double, count: UInt64)
  /// An exact table of the whole numbers `first ..< first + count`; a uniform can't reach the others.
  case whole(first: Double, count: Int)
  /// An exact table of listed values.
  case listed(ValueTable)
  /// ⌈Y⌉ − 1 of a positive continuous Y: for more whole numbers than a table can hold.
  case rounded(any Distribution)
}
