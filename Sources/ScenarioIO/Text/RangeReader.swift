// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Reads what follows the base of an assessment: `(low to high)` or `± half`.
enum RangeReader {
  /// Reads `±` or `+/-` if it stands next.
  static func takePlusMinus(_ cursor: inout TextCursor) -> Bool {
    if cursor.take("±") { return true }
    guard cursor.current == "+", cursor.peek(1) == "/", cursor.peek(2) == "-" else { return false }
    cursor.index += 3
    return true
  }

  // MARK: base (low to high)

  static func bracketed(_ base: Numeral, _ cursor: inout TextCursor) throws(TextProblem)
    -> StatedNumbers
  {
    let opening = cursor.offset
    cursor.index += 1
    let label = try RangeLabel.read(&cursor)
    cursor.skipSpaces()
    let low = try number(&cursor, "the low number", opening)
    try separator(&cursor, opening)
    let high = try number(&cursor, "the high number", opening)
    cursor.skipSpaces()
    guard cursor.take(")") else {
      if cursor.isAtEnd { throw unclosed(opening) }
      throw TextProblem(
        cursor.offset, "\(Excerpt.quoted(cursor.rest)) in a range", expected: "a `)`",
        advice: "A range is written `base (low to high)`.")
    }
    try expectEnd(&cursor)
    try checkOrder(base, low, high)
    return StatedNumbers(
      base: base.value, low: low.value, high: high.value, reading: label?.reading,
      readingOffset: label?.offset ?? 0)
  }

  private static func number(_ cursor: inout TextCursor, _ what: String, _ opening: Int)
    throws(TextProblem) -> Numeral
  {
    cursor.skipSpaces()
    if cursor.isAtEnd { throw unclosed(opening) }
    let offset = cursor.offset
    do {
      let numeral = try Numeral.read(&cursor)
      return try numeral.quotient(&cursor) ?? numeral
    } catch {
      if error.offset == offset, error.expected == "a number" {
        throw TextProblem(
          offset, "\(error.found) as \(what) of a range", expected: "a number",
          advice: "A range is written `base (low to high)`.")
      }
      throw error
    }
  }

  private static func separator(_ cursor: inout TextCursor, _ opening: Int) throws(TextProblem) {
    cursor.skipSpaces()
    if cursor.take("–") || cursor.take("—") || cursor.take("-") || cursor.takeWord("to") { return }
    if cursor.isAtEnd { throw unclosed(opening) }
    let sign = cursor.current
    if sign == "," || sign == ";" {
      throw TextProblem(
        cursor.offset, "\(Excerpt.quoted(String(sign!))) between the ends of a range",
        expected: "`to` or a dash", advice: "A range is written `base (low to high)`.")
    }
    if sign == ")" {
      throw TextProblem(
        cursor.offset, "a range with one end", expected: "`base (low to high)`")
    }
    throw TextProblem(
      cursor.offset, "\(Excerpt.quoted(cursor.rest)) in a range", expected: "`to` or a dash",
      advice: "A range is written `base (low to high)`.")
  }

  private static func checkOrder(_ base: Numeral, _ low: Numeral, _ high: Numeral)
    throws(TextProblem)
  {
    // Reports print `40% (20 to 60)`: the number that lost its sign is named.
    let percent =
      [base, low, high].contains { $0.hasPercent } && ![base, low, high].allSatisfy(\.hasPercent)
      ? "If all three are percentages, write % after each." : ""
    if low.value > high.value {
      throw TextProblem(
        low.offset,
        "a low number \(shortest(low.value)) above the high number \(shortest(high.value))",
        expected: "low below high", advice: percent)
    }
    if low.value > base.value {
      throw TextProblem(
        low.offset, "a low number \(shortest(low.value)) above the base \(shortest(base.value))",
        expected: "low at or below base", advice: percent)
    }
    if high.value < base.value {
      throw TextProblem(
        high.offset, "a high number \(shortest(high.value)) below the base \(shortest(base.value))",
        expected: "high at or above base", advice: percent)
    }
    if low.value == high.value {
      throw TextProblem(
        low.offset, "a range whose ends are equal", expected: "low below high",
        advice: "Write the number alone if it is certain.")
    }
  }

  // MARK: base ± half

  static func plusMinus(_ base: Numeral, _ cursor: inout TextCursor) throws(TextProblem)
    -> StatedNumbers
  {
    cursor.skipSpaces()
    let half = try Numeral.read(&cursor)
    cursor.skipSpaces()
    let isPoints = cursor.takeWord("pp")
    try expectEnd(&cursor)
    let width = try halfWidth(base, half, isPoints)
    return StatedNumbers(base: base.value, low: base.value - width, high: base.value + width)
  }

  private static func halfWidth(_ base: Numeral, _ half: Numeral, _ isPoints: Bool)
    throws(TextProblem) -> Double
  {
    if half.value < 0 {
      throw TextProblem(half.offset, "a negative number after ±", expected: "a number above 0")
    }
    if half.value == 0 {
      throw TextProblem(
        half.offset, "± 0", expected: "a number above 0",
        advice: "Write the number alone if it is certain.")
    }
    if isPoints {
      if half.hasPercent {
        throw TextProblem(
          half.offset, "both % and pp after ±", expected: "one of them",
          advice: "Write ±5 pp for percentage points.")
      }
      return half.value / 100
    }
    if base.hasPercent { throw ambiguous(base, half) }
    guard half.hasPercent else { return half.value }
    if base.value == 0 {
      throw TextProblem(
        half.offset, "a percentage of the base 0", expected: "an absolute number after ±",
        advice: "A share of nothing is nothing: write ± and a number in the unit of the value.")
    }
    return abs(base.value) * half.value
  }

  private static func ambiguous(_ base: Numeral, _ half: Numeral) -> TextProblem {
    guard half.hasPercent else {
      return TextProblem(
        half.offset, "± and a plain number after a percentage", expected: "percentage points",
        advice: "Write ±\(shortest(half.value)) pp.")
    }
    let points = half.value * 100
    let low = base.value - base.value * half.value
    let high = base.value + base.value * half.value
    return TextProblem(
      half.offset, "± with a percentage after a percentage, which can mean two things",
      expected: "percentage points or a ratio",
      advice: """
        Write ±\(shortest(points)) pp for percentage points, or \(shortest(base.value)) \
        ±\(shortest(points))% for \(shortest(low)) to \(shortest(high)).
        """)
  }

  // MARK: shared

  /// A number without the noise of its last digits, for messages.
  private static func shortest(_ value: Double) -> String {
    let rounded = (value * 1e9).rounded() / 1e9
    guard rounded.isFinite, rounded != 0 || value == 0 else { return String(value) }
    let isWhole = rounded == rounded.rounded() && rounded.magnitude < 1e15
    return isWhole ? String(Int(rounded)) : String(rounded)
  }

  private static func unclosed(_ opening: Int) -> TextProblem {
    TextProblem(opening, "a `(` that is never closed", expected: "`base (low to high)`")
  }

  private static func expectEnd(_ cursor: inout TextCursor) throws(TextProblem) {
    cursor.skipSpaces()
    if cursor.isAtEnd { return }
    throw TextProblem(
      cursor.offset, "\(Excerpt.quoted(cursor.rest)) after the range", expected: "nothing more",
      advice: "Put a unit in `unit` and a remark in `description`.")
  }
}
