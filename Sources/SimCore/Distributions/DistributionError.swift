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

  /// Limits of a restriction: finite and in order.
  static func limits(_ lower: Double?, _ upper: Double?) throws(DistributionError) {
    if let lower { try Check.finite(lower, "lower limit") }
    if let upper { try Check.finite(upper, "upper limit") }
    if let lower, let upper, !(lower < upper) {
      throw DistributionError(
        found: "limits \(lower) and \(upper)", expected: "a lower limit below the upper")
    }
  }

  static func nothingLeft(_ law: PlainText, _ lower: Double?, _ upper: Double?)
    -> DistributionError
  {
    let above: PlainText? = lower.map { "above \($0)" }
    let below: PlainText? = upper.map { "below \($0)" }
    let limits = [above, below].compactMap { $0?.text }.joined(separator: " and ")
    return DistributionError(
      found: "\(law.text) \(limits), which has no probability",
      expected: "limits with some probability between them",
      advice: "Check the limits against the distribution.")
  }

  /// Laws whose density is a mass can't be put together with densities.
  static func continuous(_ law: any Distribution, _ verb: PlainText) throws(DistributionError) {
    guard law is any DiscreteDistribution else { return }
    throw DistributionError(
      found: "a \(verb.text) \(type(of: law).family.name)",
      expected: "a continuous distribution, or a single number",
      advice: "Do it in a formula: the values of a discrete parameter can be used in a variable.")
  }
}
