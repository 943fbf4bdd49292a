// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import SimCore

/// Reads a formula into an expression tree by precedence climbing.
///
/// ```
/// or < and < not < comparison < + - < * / < unary - < ^ (from the right)
/// ```
package struct FormulaParser {
  package static let longestText = 65_536
  package static let deepestNesting = 256
  package static let mostNodes = 10_000

  var tokens: [PlacedToken] = []
  var position = 0
  var depth = 0
  var nodes = 0
  /// Round brackets open at this point, for the message when one stays open.
  var open: [Int] = []
  /// Why the text ends early for the parser.
  private var problem: TextProblem?
  /// Added to every offset in the tree, so that trees of several texts can be told apart.
  var base = 0

  /// Labels that are no names, such as `40-64`, by dimension.
  var bands: [String: Set<String>] = [:]

  /// - Parameters:
  ///   - base: added to every offset in the tree; offsets of problems stay within `text`.
  ///   - bands: labels that are no names, by dimension: compared with it they are read as labels.
  package static func parse(
    _ text: String, base: Int = 0, bands: [String: Set<String>] = [:]
  ) throws(TextProblem) -> SimCore.Expression {
    var parser = try FormulaParser(text)
    parser.base = base
    parser.bands = bands
    return try parser.whole { (parser) throws(TextProblem) in
      if parser.current.token == .end {
        throw TextProblem(0, "an empty formula", expected: "a formula such as `a * b`")
      }
      let expression = try parser.expression(.lowest)
      try parser.expectEnd()
      return expression
    }
  }

  /// Runs a reading to its end, where a character that fits nowhere is the first thing to report.
  mutating func whole<Result>(
    _ read: (inout FormulaParser) throws(TextProblem) -> Result
  ) throws(TextProblem) -> Result {
    let result: Result
    do throws(TextProblem) {
      result = try read(&self)
    } catch {
      if let problem, current.token == .end { throw problem }
      throw error
    }
    if let problem { throw problem }
    return result
  }

  init(_ text: String) throws(TextProblem) {
    if text.utf8.count > Self.longestText {
      throw TextProblem(
        0, "a formula of \(text.utf8.count) bytes", expected: "at most \(Self.longestText)",
        advice: "Split it into several variables.")
    }
    (tokens, problem) = FormulaLexer.tokens(of: text)
  }

  var current: PlacedToken { tokens[position] }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  mutating func take(_ sign: String) -> Bool {
    guard current.token == .sign(sign) else { return false }
    advance()
    return true
  }

  func expectEnd() throws(TextProblem) {
    if current.token == .end { return }
    throw FormulaSlips.unexpected(current, after: position > 0 ? tokens[position - 1] : nil)
  }

  mutating func node(_ expression: SimCore.Expression) throws(TextProblem) -> SimCore.Expression {
    nodes += 1
    if nodes > Self.mostNodes {
      throw TextProblem(
        current.offset, "a formula of more than \(Self.mostNodes) operations and operands",
        expected: "fewer", advice: "Split it into several variables.")
    }
    return expression
  }

  mutating func expression(_ level: Precedence) throws(TextProblem) -> SimCore.Expression {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepestNesting {
      throw TextProblem(
        current.offset, "a formula nested more than \(Self.deepestNesting) levels deep",
        expected: "fewer levels", advice: "Split it into several variables.")
    }
    var left = try operand(level)
    while let (symbol, precedence) = Precedence.binary(current.token), precedence >= level {
      let sign = current
      advance()
      // A power binds its right side first; all others bind from the left.
      let right =
        if let label = band(symbol, left) {
          label
        } else {
          try expression(precedence == .power ? .unary : precedence.next)
        }
      left = try node(.binary(symbol, left, right))
      if precedence == .comparison, let next = Precedence.binary(current.token),
        next.1 == .comparison
      {
        throw FormulaSlips.chained(sign, current)
      }
    }
    return left
  }

  /// A number, name, call, bracket, or one of the two prefix operators.
  private mutating func operand(_ level: Precedence) throws(TextProblem) -> SimCore.Expression {
    let start = current
    switch start.token {
    case .number(let value):
      advance()
      return try withBrackets(try node(.number(value)))
    case .name("not"):
      if level > .not {
        throw TextProblem(
          start.offset, "`not` inside an operation", expected: "an operand",
          advice: "Put it in brackets: (not a).")
      }
      advance()
      return try node(.unary(.not, try expression(.not)))
    case .name(let name):
      return try withBrackets(try nameOrCall(name, start))
    case .sign("-"):
      advance()
      return try node(.unary(.negate, try expression(.unary)))
    case .sign("("):
      return try withBrackets(try bracket(start))
    default:
      throw FormulaSlips.missingOperand(
        start, before: position > 0 ? tokens[position - 1] : nil, open)
    }
  }

  private mutating func bracket(_ start: PlacedToken) throws(TextProblem) -> SimCore.Expression {
    advance()
    open.append(start.offset)
    let inner = try expression(.lowest)
    guard take(")") else {
      throw FormulaSlips.unclosed(start.offset, current, tokens[position - 1])
    }
    open.removeLast()
    return inner
  }
}
