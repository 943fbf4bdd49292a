// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the text of a unit.
///
/// ```
/// unit    = [ "1" ] factor { ( "/" | "per" | "*" ) factor }
/// factor  = base [ "^" power ] | "(" unit ")" [ "^" power ]
/// base    = name [ " " price year ], where one digit from 2 on at the end of the name is a power
/// ```
/// A product after a division needs brackets, since `NOK/user*year` is read in two ways.
package struct UnitReader {
  package struct Result {
    package var unit: Unit
    /// Base units in the order of the text, with their places in UTF-8 bytes.
    package var bases: [(base: UnitBase, offset: Int)] = []
  }

  private static let deepestNesting = 16

  var cursor: TextCursor
  let system: UnitSystem
  var bases: [(base: UnitBase, offset: Int)] = []
  private var depth = 0

  static func read(_ text: String, _ system: UnitSystem) throws(TextProblem) -> Result {
    var reader = UnitReader(cursor: TextCursor(text), system: system)
    let unit = try reader.product()
    reader.cursor.skipSpaces()
    if !reader.cursor.isAtEnd { throw reader.unexpected() }
    return Result(unit: unit, bases: reader.bases)
  }

  /// Reads a unit where no currency and no base units are declared.
  package static func read(_ text: String) throws(TextProblem) -> Result {
    try read(text, UnitSystem())
  }

  private init(cursor: TextCursor, system: UnitSystem) {
    self.cursor = cursor
    self.system = system
  }

  mutating func product() throws(TextProblem) -> Unit {
    var unit = try factor()
    var hasDivided = false
    while true {
      cursor.skipSpaces()
      let sign = cursor.offset
      if cursor.take("/") || cursor.takeWord("per") {
        hasDivided = true
        unit = try Self.checked(unit / (try factor()), sign)
      } else if cursor.take("*") || cursor.take("·") || cursor.take("⋅") || cursor.take("×") {
        if hasDivided {
          throw TextProblem(
            sign, "a product after a division in the unit \(Excerpt.quoted(cursor.text))",
            expected: "brackets",
            advice: "NOK/user*year can be read in two ways: write NOK*year/user or NOK/user/year.")
        }
        unit = try Self.checked(unit * (try factor()), sign)
      } else {
        return unit
      }
    }
  }

  private mutating func factor() throws(TextProblem) -> Unit {
    cursor.skipSpaces()
    let start = cursor.offset
    var unit: Unit
    if cursor.take("(") {
      depth += 1
      defer { depth -= 1 }
      if depth > Self.deepestNesting {
        throw TextProblem(start, "a unit nested more than \(Self.deepestNesting) levels deep")
      }
      unit = try product()
      cursor.skipSpaces()
      guard cursor.take(")") else {
        throw TextProblem(start, "a `(` that is never closed", expected: "a `)` for it")
      }
    } else if cursor.current?.isDecimalDigit == true || cursor.current == "." {
      return try number(start)
    } else {
      unit = try compound()
    }
    if let exponent = try exponent() {
      guard let raised = unit.power(exponent) else { throw Self.tooHigh(start) }
      unit = raised
    }
    return unit
  }

  /// Only 1 is a unit among numbers.
  mutating func number(_ start: Int) throws(TextProblem) -> Unit {
    let first = cursor.index
    while let scalar = cursor.current, scalar.isDecimalDigit || scalar == "." { cursor.index += 1 }
    let digits = cursor.slice(first, cursor.index)
    if digits == "1" { return .one }
    throw TextProblem(
      start, "the number `\(Excerpt.shortened(digits))` in a unit",
      expected: "names of units, or 1",
      advice: "A factor belongs in a formula, as in 12[month/year]; a unit such as a thousand "
        + "cases needs a name of its own.")
  }

  /// `^2`, `^-1`, `^(1/2)`, `²`.
  private mutating func exponent() throws(TextProblem) -> Double? {
    let start = cursor.offset
    if let power = cursor.current.flatMap(Self.superscript) {
      cursor.index += 1
      return Double(power)
    }
    var probe = cursor
    probe.skipSpaces()
    guard probe.take("^") else { return nil }
    cursor = probe
    cursor.skipSpaces()
    let hasBracket = cursor.take("(")
    let sign = cursor.take("-") ? -1.0 : 1
    let above = digits()
    var below: Double? = 1
    if hasBracket {
      cursor.skipSpaces()
      if cursor.take("/") { below = digits() }
      cursor.skipSpaces()
    }
    guard let above, let below, above > 0, below > 0, !hasBracket || cursor.take(")") else {
      throw TextProblem(
        start, "the power in the unit \(Excerpt.quoted(cursor.text))",
        expected: "a whole number or a quotient, such as m^2 or m^(1/2)")
    }
    return sign * above / below
  }

  mutating func digits() -> Double? {
    cursor.skipSpaces()
    let start = cursor.index
    while cursor.current?.isDecimalDigit == true { cursor.index += 1 }
    return Double(cursor.slice(start, cursor.index))
  }

  static func superscript(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "²": 2
    case "³": 3
    default: nil
    }
  }

  /// Signs that are units of their own: %, ‰, €, $, £.
  static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "%" || scalar == "‰" || scalar.properties.generalCategory == .currencySymbol
  }

  static func starts(_ scalar: Unicode.Scalar) -> Bool {
    Names.starts(scalar) || scalar == "°" || isSign(scalar)
  }
}
