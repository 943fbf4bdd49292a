// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Splits a formula into numbers, names and signs.
struct FormulaLexer {
  private var cursor: TextCursor
  private var place = Place.elsewhere

  /// Signs of units, such as € and %, are signs of nothing elsewhere in a formula.
  private enum Place {
    case elsewhere
    case afterNumber
    case inUnit
  }

  init(_ text: String) {
    cursor = TextCursor(text)
  }

  /// All tokens with an `end` at last. Where the text can't be split further, the end comes early and
  /// the problem with it, so that a fault before that place is reported first.
  static func tokens(of text: String) -> (tokens: [PlacedToken], problem: TextProblem?) {
    var lexer = FormulaLexer(text)
    var tokens: [PlacedToken] = []
    while true {
      do throws(TextProblem) {
        let token = try lexer.next()
        tokens.append(token)
        if token.token == .end { return (tokens, nil) }
      } catch {
        tokens.append(PlacedToken(token: .end, offset: error.offset, text: ""))
        return (tokens, error)
      }
    }
  }

  private mutating func next() throws(TextProblem) -> PlacedToken {
    cursor.skipSpaces()
    let start = cursor.index
    let offset = cursor.offset
    guard let scalar = cursor.current else {
      return PlacedToken(token: .end, offset: offset, text: "")
    }
    let token: FormulaToken
    if place == .inUnit, !scalar.isDecimalDigit, !Names.starts(scalar) {
      cursor.index += 1
      token = .sign(String(scalar))
    } else if scalar.isDecimalDigit || (scalar == "." && cursor.peek(1)?.isDecimalDigit == true) {
      token = try number(from: start, offset)
    } else if Names.starts(scalar) {
      while let next = cursor.current, Names.continues(next) { cursor.index += 1 }
      token = .name(Names.normalised(cursor.slice(start, cursor.index)))
    } else {
      token = try sign(scalar, offset)
    }
    place = Self.next(after: token, place)
    return PlacedToken(token: token, offset: offset, text: cursor.slice(start, cursor.index))
  }

  private static func next(after token: FormulaToken, _ place: Place) -> Place {
    switch (token, place) {
    case (.sign("]"), .inUnit): .elsewhere
    case (_, .inUnit), (.sign("["), .afterNumber): .inUnit
    case (.number, _): .afterNumber
    default: .elsewhere
    }
  }

  private mutating func number(from start: Int, _ offset: Int) throws(TextProblem) -> FormulaToken {
    var decimal = Decimal()
    decimal.integer = Decimal.takeDigits(&cursor)
    try NumeralSlips.checkPrefix(cursor, decimal.integer, from: start)
    if cursor.current == ".", cursor.peek(1)?.isDecimalDigit == true {
      cursor.index += 1
      decimal.fraction = Decimal.takeDigits(&cursor)
    }
    if cursor.current == "." || cursor.current == ":" {
      try NumeralSlips.checkSeparators(cursor, from: start)
    }
    decimal.takeExponent(&cursor)
    let end = cursor.index
    if cursor.current == ",", cursor.peek(1)?.isDecimalDigit == true {
      throw FormulaSlips.commaBetweenDigits(cursor)
    }
    cursor.skipSpaces()
    if cursor.take("%") { decimal.exponent -= 2 } else { cursor.index = end }
    return .number(try decimal.value(offset, cursor.slice(start, end)))
  }

  /// Signs that stand for themselves, longest first.
  private static let signs = [
    "<=", ">=", "==", "!=", "+", "-", "*", "/", "^", "<", ">", "(", ")", ",", "=", "[", "]",
  ]
  private static let equivalents: [Unicode.Scalar: String] = [
    "×": "*", "·": "*", "⋅": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
  ]

  private mutating func sign(_ scalar: Unicode.Scalar, _ offset: Int) throws(TextProblem)
    -> FormulaToken
  {
    if let plain = Self.equivalents[scalar] {
      cursor.index += 1
      return .sign(plain)
    }
    if let slip = Self.slip(scalar, cursor.peek(1)) {
      throw TextProblem(
        offset, slip.found, expected: "a number, name or operator", advice: slip.advice)
    }
    for sign in Self.signs {
      let letters = Array(sign.unicodeScalars)
      if letters.indices.allSatisfy({ cursor.peek($0) == letters[$0] }) {
        cursor.index += letters.count
        return .sign(sign)
      }
    }
    throw TextProblem(
      offset, "the character \(Excerpt.quoted(String(scalar)))",
      expected: "a number, name or operator")
  }

  /// Operators of other languages.
  private static func slip(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar?)
    -> (found: String, advice: String)?
  {
    switch (scalar, next) {
    case ("*", "*"): ("`**`", "Write ^ for a power.")
    case ("&", _): ("`&`", "Write `and`.")
    case ("|", _): ("`|`", "Write `or`.")
    case ("!", "="): nil
    case ("!", _): ("`!`", "Write `not`.")
    case ("<", ">"): ("`<>`", "Write != for `differs from`.")
    case ("{", _): ("`{`", "Write round brackets.")
    case ("%", _): ("`%`", "A percent sign follows a number directly: 40%.")
    case (";", _): ("`;`", "Separate arguments with a comma and a space.")
    case ("–", _), ("—", _): ("a dash", "Write the minus sign as a hyphen.")
    case ("±", _): ("`±`", "An uncertain number belongs in a parameter of its own.")
    case ("$", _), ("€", _), ("£", _):
      (
        "a currency sign",
        "Put the currency in `unit`, or in brackets after the number, as in 12[€/user]."
      )
    case ("\"", _), ("'", _): ("a quotation mark", "Formulas hold no texts.")
    default: nil
    }
  }
}
