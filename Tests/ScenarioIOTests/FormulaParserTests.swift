// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// A formula with a bracket around every operation.
func bracketed(_ expression: SimCore.Expression) -> String {
  switch expression {
  case .number(let value): "\(value)"
  case .name(let name, _): name
  case .unary(.negate, let x): "(-\(bracketed(x)))"
  case .unary(.not, let x): "(not \(bracketed(x)))"
  case .binary(let symbol, let a, let b):
    "(\(bracketed(a)) \(symbol.rawValue) \(bracketed(b)))"
  case .call(let function, let arguments):
    "\(function.rawValue)(\(arguments.map(bracketed).joined(separator: ", ")))"
  case .quantity(let value, let unit, _): "\(value)[\(unit)]"
  case .reduce(let reduction, let x, let over):
    "\(reduction.rawValue)(\(bracketed(x)) over \(over.name))"
  case .cumulative(let x, let over): "cumulative(\(bracketed(x)) over \(over.name))"
  case .previous(let name, let steps, _): "previous(\(name), \(steps))"
  case .position(let dimension): "position(\(dimension.name))"
  case .discount(let x, let rate, let over, let from):
    "discount(\(bracketed(x)) at \(bracketed(rate)) over \(over.name)"
      + (from.map { " from \($0.label)" } ?? "") + ")"
  case .halfCycle(let x, let method, let over):
    "\(method.rawValue)(\(bracketed(x)) over \(over.name))"
  case .countQuantile(let law, let x, let arguments):
    "\(law.rawValue) of \(arguments.map(bracketed).joined(separator: ", ")) at \(bracketed(x))"
  case .move(let x, let table, _): "move(\(bracketed(x)) by \(table))"
  case .select(let x, let selectors, let outside):
    bracketed(x) + "["
      + selectors.map { selector in
        switch selector.choice {
        case .label(let name): "\(selector.dimension.name):\(name.label)"
        case .shift(let steps): "\(selector.dimension.name)\(steps < 0 ? "" : "+")\(steps)"
        }
      }.joined(separator: " ") + (outside.map { " else \(bracketed($0))" } ?? "") + "]"
  }
}

extension Variable {
  /// The formula of a variable that is one.
  var formula: SimCore.Expression? {
    if case .formula(let expression) = rule { expression } else { nil }
  }
}

@Suite struct FormulaParserTests {
  @Test(
    arguments: [
      ("a + b * c", "(a + (b * c))"), ("a - b - c", "((a - b) - c)"),
      ("a / b / c", "((a / b) / c)"),
      ("2 ^ 3 ^ 2", "(2.0 ^ (3.0 ^ 2.0))"), ("-2^2", "(-(2.0 ^ 2.0))"), ("2^-3", "(2.0 ^ (-3.0))"),
      ("2^-3^2", "(2.0 ^ (-(3.0 ^ 2.0)))"), ("-a * b", "((-a) * b)"), ("a * -b", "(a * (-b))"),
      ("--a", "(-(-a))"), ("(a + b) * c", "((a + b) * c)"), ("a < b + 1", "(a < (b + 1.0))"),
      ("a <= b and c != d or e", "(((a <= b) and (c != d)) or e)"),
      ("a or b and c", "(a or (b and c))"),
      ("not a == b", "(not (a == b))"), ("not not a", "(not (not a))"),
      ("not a and b", "((not a) and b)"), ("(a < b) < c", "((a < b) < c)"),
      ("if(a > 1, b, c)", "if((a > 1.0), b, c)"), ("min(a, b, 3)", "min(a, b, 3.0)"),
      ("round(a, to = 100)", "round(a, 100.0)"), ("round(a)", "round(a)"),
      ("clamp(a, low = 0, high = 1)", "clamp(a, 0.0, 1.0)"),
      ("clamp(a, high = 1, low = 0)", "clamp(a, 0.0, 1.0)"),
      ("if(condition = a, otherwise = 2, then = 1)", "if(a, 1.0, 2.0)"),
      ("a × b ÷ c − d", "(((a * b) / c) - d)"), ("a ≤ b", "(a <= b)"), ("a ≠ b", "(a != b)"),
      ("40% * a", "(0.4 * a)"), ("1e3 + .5", "(1000.0 + 0.5)"), ("a\u{A0}+\n b", "(a + b)"),
      ("økning * år_2", "(økning * år_2)"), ("e5", "e5"), ("_a1", "_a1"), ("costs", "costs"),
    ] as [(String, String)])
  func parses(_ text: String, _ tree: String) throws {
    #expect(bracketed(try FormulaParser.parse(text)) == tree)
  }

  @Test(
    arguments: [
      ("", 0, "an empty formula"), ("  ", 0, "an empty formula"),
      ("(a + b", 0, "a `(` that is never"),
      ("a * (b + (c)", 4, "a `(` that is never"), ("max(a, b", 3, "a `(` that is never"),
      ("(", 0, "a `(` that is never"), ("a + b)", 5, "a `)` without a `(`"),
      (")", 0, "a `)` without"),
      ("()", 1, "`)` after `(`"), ("a +", 2, "a formula that ends after `+`"),
      ("a + * b", 4, "`*` after `+`"), ("* a", 0, "`*` at the start"),
      ("+ a", 0, "`+` at the start"),
      ("a b", 2, "`a` and `b` in a row"), ("2 a", 2, "`2` and `a` in a row"),
      ("1 000 * a", 2, "two numbers in a row: `1` and `000`"),
      ("a < b < c", 6, "a second comparison"),
      ("a == b != c", 7, "a second comparison"), ("a = b", 2, "a single `=`"),
      ("max(a = b, c)", 4, "the argument name `a`"), ("max(a + 1 = b)", 10, "a single `=`"),
      ("mx(a, b)", 0, "the unknown function `mx`"), ("a (b)", 0, "the unknown function `a`"),
      ("sum(a)", 0, "`sum` without `over = …`"),
      ("gamma(mean = 1, sd = 1)", 0, "the distribution `gamma`"),
      ("min * 2", 0, "the function `min` without brackets"),
      ("if(a, b)", 0, "2 arguments for `if`"),
      ("log(a, 2)", 0, "2 arguments for `log`"), ("min()", 0, "0 arguments for `min`"),
      ("sqrt()", 0, "0 arguments"), ("round(a, 2)", 9, "an argument of `round` without its name"),
      ("round(a, too = 2)", 9, "the argument name `too`"),
      ("x[year == 3]", 7, "`==` in a selection"),
      ("[1, 2]", 0, "a `[`"), ("1,5 * a", 1, "a comma between two digits"), ("a ** b", 2, "`**`"),
      ("a && b", 2, "`&`"), ("a || b", 2, "`|`"), ("!a", 0, "`!`"), ("a <> b", 2, "`<>`"),
      ("a – b", 2, "a dash"), ("$5", 0, "a currency sign"), ("\"a\"", 0, "a quotation mark"),
      ("a ; b", 2, "`;`"), ("0x10", 0, "`0x10`"), ("1e400", 0, "the number `1e400`"),
      ("1:30", 1, "a colon"), ("and a", 0, "`and` without a left side"),
      ("a and", 2, "a formula that"),
      ("5 * not a", 4, "`not` inside"), ("a ± b", 2, "`±`"), ("å + ?", 5, "the character `?`"),
    ] as [(String, Int, String)])
  func refuses(_ text: String, _ offset: Int, _ found: String) {
    let problem = #expect(throws: TextProblem.self) { try FormulaParser.parse(text) }
    #expect(problem?.offset == offset)
    #expect(problem?.found.hasPrefix(found) == true, "\(problem?.found ?? "")")
  }

  @Test func suggestsTheNearestFunction() {
    let problem = #expect(throws: TextProblem.self) { try FormulaParser.parse("sqt(4)") }
    #expect(problem?.advice == "Did you mean `sqrt`?")
  }

  @Test func offsetsCountBytesOfTheText() throws {
    guard case .binary(.add, _, .name("b", let offset)) = try FormulaParser.parse("å + b") else {
      Issue.record("not a sum")
      return
    }
    #expect(offset == 5)
  }

  @Test func namesAreInNormalFormC() throws {
    guard case .name(let name, _) = try FormulaParser.parse("a\u{30A}r") else {
      Issue.record("not a name")
      return
    }
    #expect(Array(name.utf8) == Array("år".utf8))
  }

  @Test func limitsHold() throws {
    let nested = { (n: Int) in
      String(repeating: "(", count: n) + "1" + String(repeating: ")", count: n)
    }
    _ = try FormulaParser.parse(nested(250))
    #expect(throws: TextProblem.self) { try FormulaParser.parse(nested(1000)) }
    #expect(throws: TextProblem.self) { try FormulaParser.parse(nested(30_000)) }
    #expect(throws: TextProblem.self) {
      try FormulaParser.parse(String(repeating: "-", count: 1000) + "1")
    }
    let sum = { (n: Int) in Array(repeating: "1", count: n).joined(separator: "+") }
    #expect(ConstantEvaluator.value(try FormulaParser.parse(sum(5000))) == 5000)
    #expect(throws: TextProblem.self) { try FormulaParser.parse(sum(5001)) }
    #expect(throws: TextProblem.self) {
      try FormulaParser.parse(String(repeating: "a", count: 65_537))
    }
  }
}

@Suite struct ConstantEvaluatorTests {
  @Test(
    arguments: [
      ("1 < 2", 1.0), ("2 <= 1", 0), ("1 == 1 and 2 != 2", 0), ("0 or 3", 1), ("not 5", 0),
      ("not 0", 1), ("if(0, 1, 2)", 2), ("if(-3, 1, 2)", 1), ("min(3, 1, 2)", 1),
      ("max(3, 1, 2)", 3),
      ("abs(-2)", 2), ("floor(-1.5)", -2), ("ceil(-1.5)", -1), ("round(2.5)", 3),
      ("round(-2.5)", -3),
      ("round(21812.5, to = 100)", 21800), ("round(250, to = 100)", 300), ("clamp(5, 0, 3)", 3),
      ("clamp(-5, 0, 3)", 0), ("sqrt(9)", 3), ("pow(2, 10)", 1024), ("log10(1000)", 3),
      ("exp(log(7)) > 6.999999", 1), ("logit(0.5)", 0), ("invlogit(0)", 0.5), ("-2^2", -4),
      ("2^3^2", 512), ("7 / 2", 3.5),
    ] as [(String, Double)])
  func evaluates(_ text: String, _ value: Double) throws {
    #expect(try ConstantEvaluator.number(text) == value)
  }
}
