// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// What a plan does not do: compute twice, compute constants, draw what nobody needs.
@Suite struct FoldingTests {
  static let x = Expression.named("x")
  static let y = Expression.named("y")

  static func plan(
    _ outputs: [Expression], variables: [Variable] = [], recordsParameters: Bool = false
  ) throws -> Plan {
    let uniform = try Uniform(low: 1, high: 2)
    return try Plan(
      Model(
        parameters: [
          Parameter(name: "x", distribution: uniform), Parameter(name: "y", distribution: uniform),
          Parameter(name: "known", distribution: try Constant(3)),
        ],
        variables: variables,
        outputs: outputs.enumerated().map { Output.bare("out\($0)", $1) }),
      recordsParameters: recordsParameters)
  }

  @Test func repeatedExpressionsAreComputedOnce() throws {
    let sum = Self.x + Self.y
    // Two draws, one sum, one product.
    #expect(try Self.plan([sum * sum]).instructionCount == 4)
    #expect(try Self.plan([sum * sum, sum, sum * sum]).instructionCount == 4)
    let exp = Expression.call(.exp, sum)
    #expect(try Self.plan([exp + exp / exp]).instructionCount == 6)
    #expect(try Self.plan([.call(.if, sum > Self.x, sum, sum * sum)]).instructionCount == 6)
  }

  @Test func namesAndTheirFormulasAreTheSame() throws {
    let sum = Self.x + Self.y
    let variables = [
      Variable(name: "a", value: sum), Variable(name: "b", value: sum),
      Variable(name: "c", value: .named("a")),
    ]
    let plan = try Self.plan(
      [.named("a") * .named("b"), .named("c") * sum], variables: variables)
    #expect(plan.instructionCount == 4)
  }

  @Test func constantsAreFolded() throws {
    #expect(try Self.plan([.number(2) * .number(3) + .number(4)]).instructionCount == 0)
    #expect(try Self.plan([.call(.exp, .named("known"))]).instructionCount == 0)
    #expect(try Self.plan([Self.x * (.number(2) + .named("known"))]).instructionCount == 2)
    #expect(try Formula.value(.number(2) * .number(3) + .number(4)) == 10)
  }

  @Test func neutralOperationsVanish() throws {
    let one = Expression.number(1)
    for same in [
      Self.x * one, one * Self.x, Self.x / one, .binary(.power, Self.x, one),
      .call(.if, one, Self.x, Self.y), .call(.if, .number(0), Self.y, Self.x),
    ] {
      let plan = try Self.plan([same])
      #expect(plan.instructionCount == 1)
      #expect(plan.drawnParameterCount == 1)
    }
    #expect(try Self.plan([.binary(.power, Self.x, .number(2))]).instructionCount == 2)
  }

  /// A name is one value per iteration.
  @Test func aNameMinusItselfIsZero() throws {
    let plan = try Self.plan([Self.x - Self.x, Self.x / Self.x])
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(seed: 1, iterations: 3000, workers: 2)
    _ = try Simulation(plan, settings: settings).run(recorder: keeper)
    #expect(keeper.column("out0") == [Double](repeating: 0, count: 3000))
    #expect(keeper.column("out1") == [Double](repeating: 1, count: 3000))
  }

  @Test func unusedParametersAreNotDrawn() throws {
    #expect(try Self.plan([Self.x]).drawnParameterCount == 1)
    #expect(try Self.plan([.number(1)]).drawnParameterCount == 0)
    // Used by a definition that no output needs.
    let unused = [Variable(name: "unused", value: Self.y * Self.y)]
    #expect(try Self.plan([Self.x], variables: unused).drawnParameterCount == 1)
    #expect(try Self.plan([Self.x], recordsParameters: true).drawnParameterCount == 2)
    #expect(
      try Self.plan([Self.x], recordsParameters: true).recordedParameters == ["x", "y", "known"])
  }

  /// Memory is used again, and no value is lost by it: a long formula against plain Swift.
  @Test func reusedMemoryKeepsEveryValue() throws {
    var random = SummaryRandom(state: 99)
    for round in 0..<50 {
      var expressions = [Self.x, Self.y, .number(1.5)]
      var functions: [(Double, Double) -> Double] = [{ x, _ in x }, { _, y in y }, { _, _ in 1.5 }]
      for _ in 0..<60 {
        let i = Int(random.next() % UInt64(expressions.count))
        let j = Int(random.next() % UInt64(expressions.count))
        let (f, g) = (functions[i], functions[j])
        switch random.next() % 4 {
        case 0:
          expressions.append(.call(.min, expressions[i], expressions[j] + .number(0.125)))
          functions.append { Swift.min(f($0, $1), g($0, $1) + 0.125) }
        case 1:
          expressions.append(expressions[i] - expressions[j])
          functions.append { f($0, $1) - g($0, $1) }
        case 2:
          expressions.append(.call(.if, expressions[i] > expressions[j], Self.x, expressions[j]))
          functions.append { f($0, $1) > g($0, $1) ? $0 : g($0, $1) }
        default:
          expressions.append((expressions[i] + expressions[j]) * .number(0.5))
          functions.append { (f($0, $1) + g($0, $1)) * 0.5 }
        }
        // Nested closures call each other twice: keep the chains short.
        if functions.count > 24 { break }
      }
      let outputs = Array(expressions.suffix(5))
      let plan = try Self.plan(outputs, recordsParameters: true)
      let keeper = DrawKeeper(plan)
      let settings = RunSettings(seed: UInt64(round), iterations: 5, workers: 1)
      _ = try Simulation(plan, settings: settings).run(recorder: keeper)
      let (x, y) = (keeper.column("x"), keeper.column("y"))
      for (number, function) in functions.suffix(5).enumerated() {
        let expected = zip(x, y).map { function($0, $1) }
        #expect(keeper.column("out\(number)") == expected, "round \(round), output \(number)")
      }
    }
  }
}
