// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// An argument of a call as written.
struct FormulaArgument {
  let name: String?
  /// Of the name if there is one, else of the value.
  let offset: Int
  let value: SimCore.Expression
  let valueOffset: Int
}

extension FormulaParser {
  mutating func nameOrCall(_ name: String, _ start: PlacedToken) throws(TextProblem)
    -> SimCore.Expression
  {
    advance()
    let isCall = current.token == .sign("(")
    if let function = Function(rawValue: name) {
      guard isCall else {
        throw TextProblem(
          start.offset, "the function `\(name)` without brackets",
          expected: FormulaSlips.usage(function))
      }
      return try call(function, start)
    }
    if let function = DimensionFunction(rawValue: name) {
      guard isCall else {
        throw TextProblem(
          start.offset, "the function `\(name)` without brackets", expected: function.usage)
      }
      return try dimensionCall(function, start)
    }
    if name == "and" || name == "or" {
      throw TextProblem(
        start.offset, "`\(name)` without a left side", expected: "an operand before it")
    }
    if isCall { throw FormulaSlips.unknownFunction(name, start.offset) }
    return try node(.name(name, offset: base + start.offset))
  }

  private mutating func call(_ function: Function, _ start: PlacedToken) throws(TextProblem)
    -> SimCore.Expression
  {
    let arguments = try arguments()
    if let reduction = try reduction(function, arguments, start) { return try node(reduction) }
    let count = function.argumentCount
    let name = function.rawValue
    guard count.contains(arguments.count) else {
      let wanted =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      throw TextProblem(
        start.offset,
        "\(arguments.count) argument\(arguments.count == 1 ? "" : "s") for `\(name)`",
        expected: wanted, advice: "Write \(FormulaSlips.usage(function)).")
    }
    var values = [SimCore.Expression?](repeating: nil, count: arguments.count)
    var sawName = false
    for (i, argument) in arguments.enumerated() {
      var place = i
      if let given = argument.name {
        sawName = true
        guard let named = function.argumentNames.firstIndex(of: given), named < values.count,
          values[named] == nil
        else {
          throw TextProblem(
            argument.offset, "the argument name \(Excerpt.quoted(given))",
            expected: FormulaSlips.usage(function))
        }
        place = named
      } else if sawName || (function == .round && i == 1) {
        // A bare second argument means digits in spreadsheets and in R: never guessed.
        throw TextProblem(
          argument.offset, "an argument of `\(name)` without its name",
          expected: FormulaSlips.usage(function),
          advice: function == .round ? "round(x, to = 0.01) keeps two decimals." : "")
      }
      values[place] = argument.value
    }
    return try node(.call(function, values.compactMap { $0 }))
  }

  /// Reads `(a, name = b)` from its opening bracket on.
  mutating func arguments() throws(TextProblem) -> [FormulaArgument] {
    let opening = current.offset
    advance()
    open.append(opening)
    var arguments: [FormulaArgument] = []
    if take(")") {
      open.removeLast()
      return []
    }
    while true {
      arguments.append(try argument())
      if take(")") { break }
      if current.token == .sign("="), case .some = arguments.last {
        throw FormulaSlips.singleEquals(current)
      }
      guard take(",") else {
        throw FormulaSlips.unclosed(opening, current, tokens[position - 1])
      }
      if arguments.count > 64 {
        throw TextProblem(opening, "more than 64 arguments", expected: "at most 64")
      }
    }
    open.removeLast()
    return arguments
  }

  private mutating func argument() throws(TextProblem) -> FormulaArgument {
    let start = current
    if case .name(let name) = start.token, position + 1 < tokens.count,
      tokens[position + 1].token == .sign("=")
    {
      advance()
      advance()
      let valueOffset = current.offset
      return FormulaArgument(
        name: name, offset: start.offset, value: try expression(.lowest), valueOffset: valueOffset)
    }
    return FormulaArgument(
      name: nil, offset: start.offset, value: try expression(.lowest), valueOffset: start.offset)
  }
}
