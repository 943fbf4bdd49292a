// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A number as it prints: digits · 10^exponent.
///
/// Edges computed with these print as short as a person would write them: 0.3, never
/// 0.30000000000000004. For the few numbers of a result table, not for draws.
struct ShortDecimal: Sendable, Hashable {
  let digits: Int
  let exponent: Int

  init(digits: Int, exponent: Int) {
    self.digits = digits
    self.exponent = exponent
  }

  /// The shortest decimal that reads back as `x`.
  ///
  /// - Precondition: `x` is finite.
  init(_ x: Double) {
    precondition(x.isFinite, "\(x) has no digits")
    var digits = 0
    var exponent = 0
    var isFraction = false
    let text = x.magnitude.description
    let parts = text.split(separator: "e")
    for character in parts[0].utf8 {
      if character == UInt8(ascii: ".") {
        isFraction = true
      } else {
        digits = digits * 10 + Int(character - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      }
    }
    if parts.count > 1, let stated = Int(parts[1]) { exponent += stated }
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    self.init(digits: x < 0 ? -digits : digits, exponent: digits == 0 ? 0 : exponent)
  }

  /// The nearest double, rounded once; infinite where it is too large.
  var value: Double {
    // The text always has the form of a number.
    Double("\(digits)e\(exponent)") ?? .nan
  }

  /// The same number with a smaller exponent; `nil` where the digits don't fit.
  func digits(atExponent wanted: Int) -> Int? {
    if digits == 0 { return 0 }
    guard wanted <= exponent, exponent - wanted <= 18 else { return nil }
    var result = digits
    for _ in 0..<(exponent - wanted) {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = product
    }
    return result
  }
}
