// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What the assessment reader says about text that it can't read.
enum AssessmentSlips {
  static func start(_ cursor: TextCursor, _ first: Unicode.Scalar) -> TextProblem {
    let text = Excerpt.quoted(cursor.rest)
    switch first {
    case "±":
      return TextProblem(cursor.offset, "\(text) without a base", expected: "`base ± half`")
    case "<", ">", "≤", "≥", "~", "≈":
      return TextProblem(
        cursor.offset, text, expected: AssessmentReader.examples,
        advice: "Say how uncertain the number is with a range or a distribution.")
    case "$", "€", "£":
      return TextProblem(
        cursor.offset, "a currency sign in \(text)", expected: "a number",
        advice: "Put the currency in `unit`.")
    default:
      return TextProblem(cursor.offset, text, expected: AssessmentReader.examples)
    }
  }

  /// `2-12`, `2–12` and `2 to 12`: a range without a base, or a difference, or a date.
  static func checkBareRange(_ cursor: TextCursor) throws(TextProblem) {
    var probe = cursor
    let isTight = probe.current == "-" && probe.peek(1)?.isDecimalDigit == true
    probe.skipSpaces()
    if isTight {
      throw TextProblem(
        cursor.offset, "a hyphen between two digits", expected: "a range or a difference",
        advice:
          "Write a range with its base, `base (low to high)`; write a difference with spaces, `12 - 2`."
      )
    }
    let offset = probe.offset
    if probe.current == "–" || probe.current == "—" || probe.takeWord("to") {
      throw TextProblem(
        offset, "a range without a base", expected: "`base (low to high)`",
        advice: "If every value between the two is equally likely, write uniform(min, max).")
    }
  }

  /// `0.85 (SE 0.03)`: a mean with its standard error or deviation, as papers print them.
  static func checkSpread(
    _ base: Numeral, _ bracket: TextCursor, from start: Int, _ family: Family?
  ) throws(TextProblem) {
    var cursor = bracket
    cursor.index += 1
    cursor.skipSpaces()
    let offset = cursor.offset
    let found: String
    let argument: String
    if cursor.takeWord("se") || cursor.takeWord("s.e.") {
      (found, argument) = ("a standard error in place of a range", "se")
    } else if cursor.takeWord("sd") || cursor.takeWord("s.d.") {
      (found, argument) = ("a standard deviation in place of a range", "sd")
    } else {
      return
    }
    cursor.skipSpaces()
    if cursor.take("=") || cursor.take(":") || cursor.take(",") { cursor.skipSpaces() }
    let spreadStart = cursor.index
    guard (try? Numeral.read(&cursor)) != nil else { return }
    let mean = bracket.slice(start, bracket.index).filter { !$0.isWhitespace }
    let spread = bracket.slice(spreadStart, cursor.index).filter { !$0.isWhitespace }
    let stated = family.flatMap { $0.fromMoments == nil ? nil : $0.name }
    let usual = base.value < 0 ? "normal" : base.value <= 1 ? "beta" : "gamma"
    let call = "\(stated ?? usual)(mean = \(mean), \(argument) = \(spread))"
    throw TextProblem(
      offset, found, expected: "`base (low to high)` or a distribution",
      advice: family == nil
        ? "Write `\(call)`." : "Write `\(call)`, and leave `family` out.")
  }

  static func trailing(_ cursor: TextCursor) -> TextProblem {
    let text = Excerpt.quoted(cursor.rest)
    guard let first = cursor.current, Names.starts(first) else {
      return TextProblem(
        cursor.offset, "\(text) after the number", expected: "nothing, a range or an operator")
    }
    return TextProblem(
      cursor.offset, "the text \(text) after the number",
      expected: "nothing, a range or an operator",
      advice: "Put a unit in `unit` and a remark in `description`.")
  }

  static func word(_ name: String, _ cursor: TextCursor) -> TextProblem {
    let text = Excerpt.quoted(cursor.rest)
    if FamilyRegistry.family(named: name) != nil {
      return TextProblem(
        cursor.offset, "the distribution \(text) without its numbers",
        expected: ways(FamilyRegistry.family(named: name)))
    }
    if ["inf", "infinity", "nan"].contains(name.lowercased()) {
      return TextProblem(cursor.offset, text, expected: "a finite number")
    }
    return TextProblem(
      cursor.offset, text, expected: AssessmentReader.examples,
      advice: "A value that follows from other quantities belongs under `variables`.")
  }

  static func unknownFamily(_ name: String, _ cursor: TextCursor) -> TextProblem {
    let families = FamilyRegistry.all.map(\.name)
    let question = NearestName.question(
      name, among: families + Function.allCases.map(\.rawValue))
    return TextProblem(
      cursor.offset, "the unknown distribution \(Excerpt.quoted(name))",
      expected: "one of \(families.joined(separator: ", "))", advice: question)
  }

  /// `gamma(shape = …, scale = …) or gamma(mean = …, sd = …)`.
  static func ways(_ family: Family?) -> String {
    family.map { ways($0.name, $0.parametrisations) } ?? ""
  }

  static func ways(_ name: String, _ ways: [Parametrisation]) -> String {
    let texts = ways.map { way in
      let arguments =
        way.allowsPositional ? way.arguments : way.arguments.map { "\($0) = …" }
      return "\(name)(\(arguments.joined(separator: ", ")))"
    }
    return texts.map { "`\($0)`" }.joined(separator: " or ")
  }

  /// `6 +- 2`, `100 - 120`, `12 -15%`: a span or a range that would silently become one number.
  static func bareDifference(_ cursor: TextCursor) -> TextProblem {
    TextProblem(
      cursor.offset, "a number followed by + or -, which could be meant as a span or a range",
      expected: "`base (low to high)`, `base ±x%` or a formula in brackets",
      advice: "Write 6 ±2, or 6 (4 to 8); for a sum or difference put brackets around it.")
  }
}
