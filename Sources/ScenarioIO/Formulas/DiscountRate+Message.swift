// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What messages say of a rate of discounting that can't be one.
extension DiscountRate {
  static let expected = "a rate per year above -1 and below 1"

  static func found(_ rate: Double) -> String {
    "a discount rate of \(NumberText.string(rate)), \(ReadableNumber.short(100 * rate)) % a year"
  }

  /// How to write a rate that was meant as a percentage.
  static func advice(_ rate: Double) -> String {
    guard rate >= 1, rate <= 50 else { return "Write 4% or 0.04 for 4 % a year." }
    let percent = NumberText.string(rate)
    return "Write \(percent)% or \(ReadableNumber.short(rate / 100)) for \(percent) % a year."
  }
}
