// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which arguments of a parametrisation may differ from one iteration to the next, and what they do to a
/// draw. All other arguments are shapes: they decide a quantile table and have to be numbers.
public enum UncertainArguments: Sendable, Hashable {
  /// The value is location + scale · Z, with Z drawn from the member at location 0 and scale 1.
  case moved([Role])
  /// The value is exp(location + scale · Z), with Z a standard normal.
  case movedLogarithm([Role])
  /// The same, from the mean and the standard deviation of the value itself.
  case logarithmOfMoments
  /// The value is low + (high − low) · U, with the two ends as arguments in this order.
  case between
  /// A count, inverted anew in each iteration; all arguments may be formulas.
  case count(CountLaw)
  /// Whether something happens: a binomial of one trial.
  case chance

  /// What an argument does, by its place.
  public enum Role: Sendable, Hashable {
    case shape, location, scale
    /// One over the scale.
    case rate
  }
}
