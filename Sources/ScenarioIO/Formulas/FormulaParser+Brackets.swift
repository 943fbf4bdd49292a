// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension FormulaParser {
  /// What may follow an operand in square brackets: a unit after a number, labels after anything else.
  mutating func withBrackets(_ operand: SimCore.Expression) throws(TextProblem)
    -> SimCore.Expression
  {
    guard current.token == .sign("[") else { return operand }
    if case .number(let value) = operand { return try quantity(value) }
    var result = operand
    while current.token == .sign("[") { result = try selection(of: result) }
    return result
  }

  /// `12[month/year]`
  private mutating func quantity(_ value: Double) throws(TextProblem) -> SimCore.Expression {
    let opening = current
    advance()
    let start = current.offset
    var unit = ""
    while current.token != .sign("]") {
      if current.token == .end || current.token == .sign("[") {
        throw TextProblem(
          opening.offset, "a `[` that is never closed", expected: "a unit and `]`",
          advice: "A unit after a number is written like 12[month/year].")
      }
      // Spaces stay, so that a place in the unit is a place in the formula.
      unit += String(repeating: " ", count: current.offset - start - unit.utf8.count)
      unit += current.text
      advance()
    }
    advance()
    guard !unit.isEmpty else {
      throw TextProblem(opening.offset, "an empty unit", expected: "a unit such as [month/year]")
    }
    return try node(.quantity(value, unit: unit, offset: base + start))
  }

  /// `[year = 2034]`, `[year = year - 3, outside = 0]`
  private mutating func selection(of operand: SimCore.Expression) throws(TextProblem)
    -> SimCore.Expression
  {
    let opening = current
    advance()
    var selectors: [Selector] = []
    var outside: SimCore.Expression?
    repeat {
      let start = current
      guard case .name(let name) = start.token else {
        throw TextProblem(
          start.offset, "\(Excerpt.quoted(start.text)) in a selection",
          expected: "`dimension = label`", advice: "Write x[year = 2034].")
      }
      advance()
      guard take("=") else {
        throw TextProblem(
          current.offset,
          current.token == .sign("==") ? "`==` in a selection" : "no `=` after `\(name)`",
          expected: "`\(name) = label`", advice: "Write x[year = 2034].")
      }
      if name == "outside" {
        outside = try expression(.lowest)
      } else {
        selectors.append(try selector(DimensionName(name, offset: base + start.offset)))
      }
    } while take(",")
    guard take("]") else {
      throw TextProblem(
        opening.offset, "a `[` that is never closed", expected: "a `]` after the labels")
    }
    guard !selectors.isEmpty else {
      throw TextProblem(opening.offset, "a selection without a label", expected: "x[year = 2034]")
    }
    for (place, selector) in selectors.enumerated()
    where selectors[..<place].contains(where: { $0.dimension.name == selector.dimension.name }) {
      throw TextProblem(
        selector.dimension.offset - base, "`\(selector.dimension.name)` twice in a selection",
        expected: "each dimension once")
    }
    return try node(.select(operand, selectors, outside: outside))
  }

  /// The right side of `dimension = …`: a label in any spelling, or a lag.
  private mutating func selector(_ dimension: DimensionName) throws(TextProblem) -> Selector {
    let start = current
    var text = ""
    var tokens: [PlacedToken] = []
    while current.token != .sign("]"), current.token != .sign(","), current.token != .end {
      text += current.text
      tokens.append(current)
      advance()
    }
    guard !tokens.isEmpty else {
      throw TextProblem(
        start.offset, "no label after `\(dimension.name) =`", expected: "a label or a lag")
    }
    if case .name(dimension.name) = tokens[0].token, tokens.count == 3,
      case .number(let steps) = tokens[2].token, let whole = Int(exactly: steps),
      whole <= 1_000_000
    {
      if tokens[1].token == .sign("-") {
        return Selector(dimension: dimension, choice: .shift(-whole))
      }
      if tokens[1].token == .sign("+") {
        return Selector(dimension: dimension, choice: .shift(whole))
      }
    }
    if case .name(dimension.name) = tokens[0].token {
      throw TextProblem(
        start.offset, "\(Excerpt.quoted(text)) as a lag",
        expected: "`\(dimension.name) - 3` with a whole number of steps")
    }
    return Selector(
      dimension: dimension,
      choice: .label(LabelName(Names.normalised(text), offset: base + start.offset)))
  }
}
