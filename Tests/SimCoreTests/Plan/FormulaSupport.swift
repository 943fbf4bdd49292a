// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Formulas written by hand: precedence is the parser's business.
extension Expression {
  static func named(_ name: String) -> Expression { .name(name, offset: 0) }

  static func call(_ function: Function, _ arguments: Expression...) -> Expression {
    .call(function, arguments)
  }

  static func + (a: Expression, b: Expression) -> Expression { .binary(.add, a, b) }
  static func - (a: Expression, b: Expression) -> Expression { .binary(.subtract, a, b) }
  static func * (a: Expression, b: Expression) -> Expression { .binary(.multiply, a, b) }
  static func / (a: Expression, b: Expression) -> Expression { .binary(.divide, a, b) }
  static func > (a: Expression, b: Expression) -> Expression { .binary(.greater, a, b) }
}

extension Output {
  /// An output without percentiles or histogram.
  static func bare(_ name: String, _ value: Expression) -> Output {
    Output(name: name, value: value, probabilities: [], histogram: nil)
  }
}

enum Formula {
  /// How an operand reaches an operation.
  enum Path: CaseIterable {
    /// A constant in the formula.
    case constant
    /// A value that is known in a run only: nothing can be folded.
    case block
  }

  static let parameters: [Parameter] = {
    guard let uniform = try? Uniform(low: 0, high: 1) else { return [] }
    return [Parameter(name: "u", distribution: uniform)]
  }()

  /// `value` as an operand; by way of `if(u > -1, value, 5)` when it shall not be folded.
  static func operand(_ value: Double, _ path: Path) -> Expression {
    path == .constant
      ? .number(value) : .call(.if, .named("u") > .number(-1), .number(value), .number(5))
  }

  /// The value of a formula of `u`, in every iteration the same; NaN and infinity included.
  static func value(_ expression: Expression) throws -> Double {
    let plan = try Plan(
      Model(parameters: parameters, variables: [], outputs: [.bare("out", expression)]))
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(seed: 1, iterations: 7, workers: 1)
    if case .failure(let error) = RunModel.outcome(plan, settings, recorder: keeper) {
      guard case .nonFinite(let fault) = error else { throw error }
      #expect(fault.output == "out" && fault.origin == "out" && fault.iteration == 0)
      return fault.value
    }
    let values = keeper.column("out")
    #expect(values.count == 7 && values.allSatisfy { $0.bitPattern == values[0].bitPattern })
    return try #require(values.first)
  }

  /// The values of an operation with all combinations of paths for its operands.
  static func values(
    _ operands: [Double], _ make: ([Expression]) -> Expression
  ) throws -> [Double] {
    var values: [Double] = []
    for combination in 0..<(1 << operands.count) {
      let arguments = operands.enumerated().map { i, value in
        operand(value, combination >> i & 1 == 0 ? .constant : .block)
      }
      values.append(try self.value(make(arguments)))
    }
    return values
  }
}
