// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Rates of discounting that are known when a model is compiled.
public enum DiscountRate {
  /// Whether a number may be a rate per year: above −1, where the factor 1 + r would be 0 or less, and below 1.
  ///
  /// No one discounts by 100 % a year or more: such a number is a percentage without its sign, 4 for 4 %. NaN is
  /// left to the check of values, which names its inputs.
  public static func isPossible(_ rate: Double) -> Bool { !(rate <= -1 || rate >= 1) }
}
