// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A number as a report prints it.
package struct Numeral {
  package let value: Double
  package let hasPercent: Bool
  /// In UTF-8 bytes.
  package let offset: Int
  /// Its digits when it is written as a whole number.
  package let wholeDigits: String?
}

extension Numeral {
  /// Reads `1 235 000`, `-0.5`, `1e5` or `40 %` from the cursor on.
  ///
  /// - Parameter shift: a power of ten applied to the decimal digits before rounding.
  static func read(_ cursor: inout TextCursor, shift: Int = 0) throws(TextProblem) -> Numeral {
    let start = cursor.index
    let offset = cursor.offset
    var decimal = Decimal()
    decimal.exponent = shift
    if cursor.take("-") { decimal.isNegative = true } else { _ = cursor.take("+") }
    decimal.integer = Decimal.takeDigits(&cursor)
    if decimal.integer.isEmpty {
      guard cursor.current == ".", cursor.peek(1)?.isDecimalDigit == true else {
        throw NumeralSlips.notANumber(cursor, from: start)
      }
    }
    try NumeralSlips.checkPrefix(cursor, decimal.integer, from: start)
    var isWhole = true
    try takeGroups(&cursor, &decimal, from: start)
    if cursor.current == "." {
      guard cursor.peek(1)?.isDecimalDigit == true else {
        throw TextProblem(
          cursor.offset, "a point without digits after it",
          expected: "a digit", advice: "Write \(decimal.integer) or \(decimal.integer).0.")
      }
      cursor.index += 1
      decimal.fraction = Decimal.takeDigits(&cursor)
      isWhole = false
    }
    try NumeralSlips.checkSeparators(cursor, from: start)
    let beforeExponent = cursor.index
    decimal.takeExponent(&cursor)
    if cursor.index != beforeExponent { isWhole = false }
    let end = cursor.index
    let hasPercent = takePercent(&cursor)
    if hasPercent { decimal.exponent -= 2 } else { cursor.index = end }
    let value = try decimal.value(offset, cursor.slice(start, end))
    return Numeral(
      value: value, hasPercent: hasPercent, offset: offset,
      wholeDigits: isWhole && !hasPercent && !decimal.isNegative ? decimal.integer : nil)
  }

  /// Reads the rest of `1/3` if it stands next.
  func quotient(_ cursor: inout TextCursor) throws(TextProblem) -> Numeral? {
    var probe = cursor
    probe.skipSpaces()
    guard !hasPercent, probe.take("/") else { return nil }
    probe.skipSpaces()
    guard probe.current?.isDecimalDigit == true else { return nil }
    let denominator = try Numeral.read(&probe)
    if denominator.hasPercent { return nil }
    if denominator.value == 0 {
      throw TextProblem(denominator.offset, "a division by 0", expected: "a number other than 0")
    }
    cursor = probe
    return Numeral(
      value: value / denominator.value, hasPercent: false, offset: offset, wholeDigits: nil)
  }

  /// The whole text as one number.
  package static func only(_ text: String, shift: Int = 0) throws(TextProblem) -> Numeral {
    var cursor = TextCursor(text)
    cursor.skipSpaces()
    let numeral = try read(&cursor, shift: shift)
    cursor.skipSpaces()
    if !cursor.isAtEnd {
      throw TextProblem(
        cursor.offset, "\(Excerpt.quoted(cursor.rest)) after the number", expected: "nothing more")
    }
    return numeral
  }

  private static func takePercent(_ cursor: inout TextCursor) -> Bool {
    cursor.skipSpaces()
    return cursor.take("%")
  }

  /// ` 235 000` after `1`: one space, three digits, as often as they come.
  private static func takeGroups(
    _ cursor: inout TextCursor, _ decimal: inout Decimal, from start: Int
  ) throws(TextProblem) {
    let first = decimal.integer
    while cursor.current == " " {
      var ahead = 1
      while cursor.peek(ahead) == " " { ahead += 1 }
      guard let next = cursor.peek(ahead), next.isDecimalDigit else { return }
      var count = 0
      while cursor.peek(ahead + count)?.isDecimalDigit == true { count += 1 }
      guard ahead == 1, count == 3, (1...3).contains(first.utf8.count), !first.hasPrefix("0") else {
        let offset = cursor.offset
        cursor.index += ahead + count
        throw TextProblem(
          offset, "a space inside the number \(Excerpt.quoted(cursor.slice(start, cursor.index)))",
          expected: "groups of exactly three digits",
          advice: "Write 12 345 or 12345.")
      }
      cursor.index += 1
      decimal.integer += Decimal.takeDigits(&cursor)
    }
  }
}
