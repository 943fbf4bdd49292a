// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What a formula's reader says about text that it can't go on with.
enum FormulaSlips {
  /// `clamp(x, low, high)`: how a function is called.
  static func usage(_ function: Function) -> String {
    switch function {
    case .if: "`if(condition, then, otherwise)`"
    case .min, .max: "`\(function.rawValue)(a, b, …)`"
    case .pow: "`pow(x, y)`"
    case .round: "`round(x)` or `round(x, to = 100)`"
    case .clamp: "`clamp(x, low, high)`"
    default: "`\(function.rawValue)(x)`"
    }
  }

  static func chained(_ first: PlacedToken, _ second: PlacedToken) -> TextProblem {
    TextProblem(
      second.offset, "a second comparison `\(second.text)` after `\(first.text)`",
      expected: "one comparison at a time",
      advice: "Join two comparisons with `and`: a < b and b < c.")
  }

  /// `min(a, 0,5)`: a decimal comma would silently make two arguments of one number.
  static func commaBetweenDigits(_ cursor: TextCursor) -> TextProblem {
    TextProblem(
      cursor.offset, "a comma between two digits", expected: "a decimal point, or a space after it",
      advice: "Write 0.5 for a decimal number, and f(1, 5) for two arguments.",
      isDecimalComma: true)
  }

  static func singleEquals(_ token: PlacedToken) -> TextProblem {
    TextProblem(
      token.offset, "a single `=`", expected: "an operator", advice: "Write == to compare.")
  }

  static func unclosed(_ opening: Int, _ next: PlacedToken, _ last: PlacedToken) -> TextProblem {
    next.token == .end
      ? TextProblem(opening, "a `(` that is never closed", expected: "a `)` for it")
      : unexpected(next, after: last, inBrackets: true)
  }

  /// Something that is no operator follows a complete operand.
  static func unexpected(_ token: PlacedToken, after last: PlacedToken?, inBrackets: Bool = false)
    -> TextProblem
  {
    let text = Excerpt.quoted(token.text)
    switch token.token {
    case .sign(")"):
      return TextProblem(
        token.offset, "a `)` without a `(` before it", expected: "brackets in pairs")
    case .sign("="):
      return singleEquals(token)
    case .sign("["):
      return TextProblem(
        token.offset, "a `[`", expected: "an operator",
        advice: "Labels follow a name, x[year = 2034], and a unit follows a number, 12[month/year]."
      )
    case .sign(","):
      var advice = "Write a decimal with a point."
      if case .number = last?.token, let last {
        advice = "Write a decimal with a point: \(last.text).5."
      }
      return TextProblem(
        token.offset, "a comma outside a function's arguments", expected: "an operator",
        advice: advice)
    default: break
    }
    if case .number = token.token, let last, case .number = last.token {
      return TextProblem(
        token.offset, "two numbers in a row: \(Excerpt.quoted(last.text)) and \(text)",
        expected: "an operator between them",
        advice: "Inside formulas thousands are written without spaces: \(last.text)\(token.text).")
    }
    let both = last.map { "\(Excerpt.quoted($0.text)) and \(text) in a row" } ?? text
    return TextProblem(
      token.offset, both, expected: "an operator between them",
      advice: "A product is written with *.")
  }

  /// An operand is due and something else stands there.
  static func missingOperand(_ token: PlacedToken, before last: PlacedToken?, _ open: [Int])
    -> TextProblem
  {
    let after = last.map { " after \(Excerpt.quoted($0.text))" } ?? " at the start"
    switch token.token {
    case .end:
      if let last, last.token == .sign("("), let opening = open.last {
        return TextProblem(opening, "a `(` that is never closed", expected: "a `)` for it")
      }
      return TextProblem(
        last?.offset ?? token.offset, "a formula that ends\(after)",
        expected: "a number or name after it")
    case .sign("["):
      return TextProblem(
        token.offset, "a `[`", expected: "a number or name",
        advice: "Labels follow a name: x[year = 2034].")
    case .sign(")") where open.isEmpty:
      return TextProblem(
        token.offset, "a `)` without a `(` before it", expected: "brackets in pairs")
    case .sign("+") where last == nil:
      return TextProblem(
        token.offset, "`+` at the start", expected: "a number or name", advice: "Leave the + out.")
    default:
      return TextProblem(
        token.offset, "\(Excerpt.quoted(token.text))\(after)", expected: "a number or name")
    }
  }

  static func unknownFunction(_ name: String, _ offset: Int) -> TextProblem {
    let text = Excerpt.quoted(name)
    if FamilyRegistry.family(named: name) != nil {
      return TextProblem(
        offset, "the distribution \(text) inside a formula", expected: "a function",
        advice: "Give the uncertain quantity a name of its own under `parameters` and use the name."
      )
    }
    if name == "ln" {
      return TextProblem(
        offset, "the unknown function `ln`", expected: "`log`",
        advice: "log is the natural logarithm, log10 the one to base 10.")
    }
    let functions = Function.allCases.map(\.rawValue) + DimensionFunction.allCases.map(\.rawValue)
    let question = NearestName.question(name, among: functions)
    return TextProblem(
      offset, "the unknown function \(text)",
      expected: "one of \(functions.joined(separator: ", "))",
      advice: question.isEmpty ? "If \(text) is a quantity, write * before the bracket." : question)
  }
}
