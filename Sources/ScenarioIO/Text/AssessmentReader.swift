// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Reads a parameter's `value`: a number, a base with its range, a distribution, or a constant formula.
package enum AssessmentReader {
  package static func read(_ text: String) throws(TextProblem) -> Assessment {
    try read(text, nil)
  }

  /// - Parameter family: that is stated beside the text, for advice.
  static func read(_ text: String, _ family: Family?) throws(TextProblem) -> Assessment {
    var cursor = TextCursor(text)
    cursor.skipSpaces()
    guard let first = cursor.current else {
      throw TextProblem(0, "an empty value", expected: examples)
    }
    if Names.starts(first) { return try word(text, cursor) }
    let startsNumber =
      first.isDecimalDigit || first == "."
      || ((first == "-" || first == "+")
        && (cursor.peek(1)?.isDecimalDigit == true || cursor.peek(1) == "."))
    guard startsNumber else {
      if first == "(" || first == "-" { return .number(try ConstantEvaluator.number(text)) }
      throw AssessmentSlips.start(cursor, first)
    }
    return try number(text, cursor, family)
  }

  static let examples = "a value such as `5`, `5 (3 to 9)`, `5 ±30%` or `gamma(mean = 5, sd = 2)`"

  private static func number(_ text: String, _ start: TextCursor, _ family: Family?)
    throws(TextProblem) -> Assessment
  {
    var cursor = start
    var base = try Numeral.read(&cursor)
    let afterFirst = cursor
    if let quotient = try fraction(base, &cursor) { base = quotient }
    cursor.skipSpaces()
    guard let next = cursor.current else { return .number(base.value) }
    if next == "(" {
      try AssessmentSlips.checkSpread(base, cursor, from: start.index, family)
      return .range(try RangeReader.bracketed(base, &cursor))
    }
    if RangeReader.takePlusMinus(&cursor) {
      return .range(try RangeReader.plusMinus(base, &cursor))
    }
    var probe = cursor
    if probe.takeWord("of") {
      return .events(try EventCount.read(base, &probe))
    }
    probe = afterFirst
    try AssessmentSlips.checkBareRange(probe)
    probe.skipSpaces()
    guard let sign = probe.current, isOperator(sign, probe.peek(1)) else {
      throw AssessmentSlips.trailing(cursor)
    }
    if sign == "+" || sign == "-" { throw AssessmentSlips.bareDifference(probe) }
    return .number(try ConstantEvaluator.number(text))
  }

  /// `1/3` as one number, when a range or nothing follows; else it begins a formula.
  private static func fraction(_ numerator: Numeral, _ cursor: inout TextCursor)
    throws(TextProblem) -> Numeral?
  {
    var probe = cursor
    guard let quotient = try numerator.quotient(&probe) else { return nil }
    let end = probe
    probe.skipSpaces()
    guard probe.isAtEnd || probe.current == "(" || RangeReader.takePlusMinus(&probe) else {
      return nil
    }
    cursor = end
    return quotient
  }

  private static func isOperator(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar?) -> Bool {
    "+-*/^×÷·<>=!≤≥≠".unicodeScalars.contains(scalar)
  }

  /// A text that begins with a name: a distribution, or a formula that begins with a function.
  private static func word(_ text: String, _ start: TextCursor) throws(TextProblem) -> Assessment {
    var cursor = start
    // Names of families may have hyphens: `log-uniform`.
    while let scalar = cursor.current,
      Names.continues(scalar) || scalar == "-" && cursor.peek(1).map(Names.starts) == true
    { cursor.index += 1 }
    let name = start.slice(start.index, cursor.index)
    cursor.skipSpaces()
    guard cursor.current == "(" else {
      if Function(rawValue: name) != nil { return .number(try ConstantEvaluator.number(text)) }
      throw AssessmentSlips.word(name, start)
    }
    if let family = FamilyRegistry.family(named: name) {
      return .distribution(try FamilyCall.read(text, family))
    }
    if Function(rawValue: name) != nil { return .number(try ConstantEvaluator.number(text)) }
    throw AssessmentSlips.unknownFamily(name, start)
  }
}
