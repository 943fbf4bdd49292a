// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A decimal number as digits, rounded to a double once, so that `40%` is exactly the double `0.4`.
struct Decimal {
  var isNegative = false
  var integer = ""
  var fraction = ""
  /// Power of ten, with a percent sign counted as -2.
  var exponent = 0

  /// Beyond this every double is 0 or infinite, whatever its digits.
  private static let largestExponent = 1_000_000

  /// Reads `e+12` if it stands next.
  mutating func takeExponent(_ cursor: inout TextCursor) {
    guard let letter = cursor.current, letter == "e" || letter == "E" else { return }
    var ahead = 1
    let sign = cursor.peek(1)
    if sign == "+" || sign == "-" { ahead = 2 }
    guard let first = cursor.peek(ahead), first.isDecimalDigit else { return }
    cursor.index += ahead
    var value = 0
    while let digit = cursor.current, digit.isDecimalDigit {
      value = min(value * 10 + Int(digit.value - 48), Self.largestExponent)
      cursor.index += 1
    }
    exponent += sign == "-" ? -value : value
  }

  static func takeDigits(_ cursor: inout TextCursor) -> String {
    var digits = String.UnicodeScalarView()
    while let digit = cursor.current, digit.isDecimalDigit {
      digits.append(digit)
      cursor.index += 1
    }
    return String(digits)
  }

  /// The nearest double; refused where that is infinite, or 0 for digits that are not.
  func value(_ offset: Int, _ text: String) throws(TextProblem) -> Double {
    let digits = "\(isNegative ? "-" : "")\(integer.isEmpty ? "0" : integer)"
    let text = Excerpt.quoted(text)
    guard let value = Double("\(digits).\(fraction.isEmpty ? "0" : fraction)e\(exponent)") else {
      throw TextProblem(offset, text, expected: "a number")
    }
    if !value.isFinite {
      throw TextProblem(
        offset, "the number \(text), which is too large",
        expected: "at most \(Double.greatestFiniteMagnitude)")
    }
    if value == 0, (integer + fraction).contains(where: { $0 != "0" }) {
      throw TextProblem(
        offset, "the number \(text), which is too close to zero",
        expected: "0 or at least \(Double.leastNonzeroMagnitude)")
    }
    return value
  }
}
