// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Operators and functions, folded and in blocks, against values worked out elsewhere.
@Suite struct OperatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let operands: [Double]
    let expected: Double
    let make: @Sendable ([Expression]) -> Expression

    var testDescription: String { "\(text) of \(operands) is \(expected)" }

    init(_ unary: UnaryOperator, _ x: Double, is expected: Double) {
      text = unary.rawValue
      operands = [x]
      self.expected = expected
      make = { .unary(unary, $0[0]) }
    }

    init(_ x: Double, _ binary: BinaryOperator, _ y: Double, is expected: Double) {
      text = binary.rawValue
      operands = [x, y]
      self.expected = expected
      make = { .binary(binary, $0[0], $0[1]) }
    }

    init(_ function: Function, _ operands: Double..., is expected: Double) {
      text = function.rawValue
      self.operands = operands
      self.expected = expected
      make = { .call(function, $0) }
    }
  }

  static let inf = Double.infinity

  static let arithmetic = [
    Case(.negate, 2.5, is: -2.5), Case(.negate, 0, is: 0),
    Case(1.5, .add, 2.25, is: 3.75), Case(0.1, .add, 0.2, is: 0.30000000000000004),
    Case(1.5, .subtract, 2.25, is: -0.75), Case(3, .subtract, 3, is: 0),
    Case(1.5, .multiply, -4, is: -6), Case(0.1, .multiply, 3, is: 0.30000000000000004),
    Case(1, .divide, 3, is: 0.3333333333333333), Case(-7, .divide, 2, is: -3.5),
    Case(1, .divide, 0, is: inf), Case(-1, .divide, 0, is: -inf),
    Case(0, .divide, 0, is: .nan), Case(1e308, .multiply, 10, is: inf),
    Case(2, .power, 10, is: 1024), Case(2, .power, -1, is: 0.5),
    Case(2, .power, 0.5, is: 1.4142135623730951), Case(-2, .power, 3, is: -8),
    Case(-2, .power, 2, is: 4), Case(-2, .power, -1, is: -0.5), Case(-8, .power, 0.5, is: .nan),
    Case(0, .power, 0, is: 1), Case(0, .power, 2, is: 0), Case(0, .power, 0.5, is: 0),
    Case(0, .power, -1, is: inf), Case(7, .power, 1, is: 7), Case(7, .power, 0, is: 1),
    Case(1.03, .power, 10, is: 1.343916379344122), Case(10, .power, 308, is: 1e308),
    Case(10, .power, 309, is: inf), Case(2, .power, -1074, is: .leastNonzeroMagnitude),
  ]

  static let logic = [
    Case(.not, 0, is: 1), Case(.not, 1, is: 0), Case(.not, -0.5, is: 0), Case(.not, -0.0, is: 1),
    Case(1, .less, 2, is: 1), Case(2, .less, 1, is: 0), Case(2, .less, 2, is: 0),
    Case(1, .lessOrEqual, 2, is: 1), Case(2, .lessOrEqual, 2, is: 1),
    Case(3, .lessOrEqual, 2, is: 0), Case(2, .greater, 1, is: 1), Case(1, .greater, 2, is: 0),
    Case(2, .greater, 2, is: 0), Case(2, .greaterOrEqual, 2, is: 1),
    Case(1, .greaterOrEqual, 2, is: 0), Case(2, .equal, 2, is: 1), Case(2, .equal, 3, is: 0),
    Case(0, .equal, -0.0, is: 1), Case(2, .notEqual, 3, is: 1), Case(2, .notEqual, 2, is: 0),
    Case(inf, .greater, 1, is: 1), Case(-inf, .less, inf, is: 1), Case(inf, .equal, inf, is: 1),
    Case(1, .and, 1, is: 1), Case(1, .and, 0, is: 0), Case(0, .and, 0, is: 0),
    Case(-3, .and, 0.1, is: 1), Case(0, .or, 0, is: 0), Case(0, .or, 2, is: 1),
    Case(5, .or, 5, is: 1),
  ]

  static let functions = [
    Case(.if, 1, 10, 20, is: 10), Case(.if, 0, 10, 20, is: 20), Case(.if, -0.5, 10, 20, is: 10),
    Case(.if, -0.0, 10, 20, is: 20), Case(.min, 3, 1, 2, is: 1), Case(.max, 3, 1, 2, is: 3),
    Case(.min, 4, is: 4), Case(.max, -4, is: -4), Case(.min, 1, 2, is: 1), Case(.min, 2, 1, is: 1),
    Case(.max, 1, 2, is: 2), Case(.max, 2, 1, is: 2), Case(.max, -inf, 2, is: 2),
    Case(.abs, -2.5, is: 2.5), Case(.abs, 2.5, is: 2.5),
    Case(.exp, 1, is: 2.718281828459045), Case(.exp, -1000, is: 0), Case(.exp, 1000, is: inf),
    Case(.log, 10, is: 2.302585092994046), Case(.log, 1, is: 0), Case(.log, 0, is: -inf),
    Case(.log, -1, is: .nan), Case(.log10, 1000, is: 3), Case(.log10, 2, is: 0.3010299956639812),
    Case(.sqrt, 2, is: 1.4142135623730951), Case(.sqrt, -1, is: .nan),
    Case(.pow, 2, 10, is: 1024), Case(.pow, -2, 3, is: -8),
    Case(.floor, -1.5, is: -2), Case(.floor, 1.5, is: 1), Case(.ceil, -1.5, is: -1),
    Case(.ceil, 1.5, is: 2), Case(.clamp, 5, 0, 1, is: 1), Case(.clamp, -5, 0, 1, is: 0),
    Case(.clamp, 0.5, 0, 1, is: 0.5), Case(.logit, 0.5, is: 0),
    Case(.logit, 0.75, is: 1.0986122886681098), Case(.logit, 0, is: -inf), Case(.logit, 1, is: inf),
    Case(.logit, 1.5, is: .nan), Case(.invlogit, 0, is: 0.5),
    Case(.invlogit, 2, is: 0.8807970779778823), Case(.invlogit, -2, is: 0.11920292202211755),
    Case(.invlogit, -1000, is: 0), Case(.invlogit, 1000, is: 1),
  ]

  /// Ties go away from zero, and a step like 0.1 gives the double nearest to the decimal.
  static let rounding = [
    Case(.round, 2.5, is: 3), Case(.round, -2.5, is: -3), Case(.round, 0.5, is: 1),
    Case(.round, 2.4, is: 2), Case(.round, 0.49999999999999994, is: 0),
    Case(.round, 4503599627370497.5, is: 4503599627370498),
    Case(.round, 1250, 100, is: 1300), Case(.round, 1249.99, 100, is: 1200),
    Case(.round, -1250, 100, is: -1300), Case(.round, 0.25, 0.1, is: 0.3),
    Case(.round, 0.34, 0.1, is: 0.3), Case(.round, 0.7, 0.1, is: 0.7),
    Case(.round, 2.4, 0.5, is: 2.5), Case(.round, 0.15, 0.05, is: 0.15),
    Case(.round, 123.456, 0.01, is: 123.46), Case(.round, 0.12345, 0.001, is: 0.123),
    Case(.round, 7, 3, is: 6), Case(.round, 7.5, 3, is: 9), Case(.round, 21_849, 1000, is: 22_000),
    Case(.round, 5, 0, is: .nan), Case(.round, 1e300, 0.1, is: 1e300),
    Case(.round, 1e308, 0.1, is: 1e308),
  ]

  static func check(_ test: Case, ulps: Double) throws {
    for value in try Formula.values(test.operands, test.make) {
      let isRight =
        test.expected.isNaN
        ? value.isNaN
        : value == test.expected
          || abs(value - test.expected) <= ulps * test.expected.ulp && test.expected.isFinite
      #expect(isRight, "\(value)")
    }
  }

  @Test(arguments: arithmetic) func arithmeticValues(test: Case) throws {
    try Self.check(test, ulps: test.text == "^" ? 1 : 0)
  }

  @Test(arguments: logic) func logicValues(test: Case) throws { try Self.check(test, ulps: 0) }

  @Test(arguments: functions) func functionValues(test: Case) throws {
    try Self.check(test, ulps: 1)
  }

  @Test(arguments: rounding) func roundedValues(test: Case) throws { try Self.check(test, ulps: 0) }

  @Test func everyOperatorAndFunctionIsTried() {
    let tried = Set(
      (Self.arithmetic + Self.logic + Self.functions + Self.rounding).map(\.text))
    #expect(Function.allCases.allSatisfy { tried.contains($0.rawValue) })
    let operators: [BinaryOperator] = [
      .add, .subtract, .multiply, .divide, .power, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .equal, .notEqual, .and, .or,
    ]
    #expect(operators.allSatisfy { tried.contains($0.rawValue) })
  }

  /// Whole blocks and their ends: the same function of each element, wherever it stands.
  @Test(arguments: [1, 2, 3, 5, 1023, 1025])
  func elementsOfABlockAreIndependent(iterations: Int) throws {
    let u = Expression.named("u")
    let plan = try Plan(
      Model(
        parameters: Formula.parameters, variables: [],
        outputs: [
          .bare("sum", u + .number(2)), .bare("rest", .number(2) - u), .bare("square", u * u),
          .bare("ratio", u / (u + .number(1))),
          .bare("chosen", .call(.if, u > .number(0.5), u, -u)),
          .bare("steps", .call(.round, u, .number(0.25))),
        ]), recordsParameters: true)
    let keeper = DrawKeeper(plan)
    _ = try Simulation(plan, settings: RunSettings(seed: 4, iterations: iterations, workers: 2))
      .run(recorder: keeper)
    let draws = keeper.column("u")
    #expect(draws.count == iterations)
    #expect(keeper.column("sum") == draws.map { $0 + 2 })
    #expect(keeper.column("rest") == draws.map { 2 - $0 })
    #expect(keeper.column("square") == draws.map { $0 * $0 })
    #expect(keeper.column("ratio") == draws.map { $0 / ($0 + 1) })
    #expect(keeper.column("chosen") == draws.map { $0 > 0.5 ? $0 : -$0 })
    #expect(keeper.column("steps") == draws.map { ($0 * 4 + 0.5).rounded(.down) / 4 })
  }
}

extension Expression {
  static prefix func - (a: Expression) -> Expression { .unary(.negate, a) }
}
