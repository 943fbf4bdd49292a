// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a distribution can't be made from the numbers given.
public struct DistributionError: Error, Sendable, Hashable {
  /// What was found, with the offending value: `sd = -1`.
  public let found: String
  /// What was expected: `a number above 0`.
  public let expected: String
  /// What to do; may be empty.
  public let advice: String

  public init(found: PlainText, expected: PlainText, advice: PlainText = "") {
    self.found = found.text
    self.expected = expected.text
    self.advice = advice.text
  }
}

/// Checks shared by the families. Each rejects with a negated comparison, so that NaN fails too.
enum Check {
  static func positive(_ value: Double, _ name: String) throws(DistributionError) {
    if !(value > 0 && value < .infinity) {
      throw DistributionError(found: "\(name) = \(value)", expected: "a finite number above 0")
    }
  }

  static func finite(_ value: Double, _ name: String) throws(DistributionError) {
    if !value.isFinite {
      throw DistributionError(found: "\(name) = \(value)", expected: "a finite number")
    }
  }

  static func whole(_ value: Double, _ range: ClosedRange<Double>, _ name: String)
    throws(DistributionError)
  {
    if !(range.contains(value) && value == value.rounded(.down)) {
      throw DistributionError(
        found: "\(name) = \(value)",
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  static func within(_ value: Double, _ range: ClosedRange<Double>, _ name: String)
    throws(DistributionError)
  {
    if !range.contains(value) {
      throw DistributionError(
        found: "\(name) = \(value)",
        expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}
