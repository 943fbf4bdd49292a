// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SimCore

/// The value of a formula without names.
package enum ConstantEvaluator {
  /// - Returns: `nil` when the formula holds a name. May be infinite or NaN: callers check.
  package static func value(_ expression: SimCore.Expression) -> Double? {
    switch expression {
    case .number(let value): return value
    case .name: return nil
    case .unary(let symbol, let operand):
      guard let x = value(operand) else { return nil }
      return symbol == .negate ? -x : truth(x == 0)
    case .binary(let symbol, let left, let right):
      guard let a = value(left), let b = value(right) else { return nil }
      return binary(symbol, a, b)
    case .call(let function, let arguments):
      var values: [Double] = []
      for argument in arguments {
        guard let x = value(argument) else { return nil }
        values.append(x)
      }
      return call(function, values)
    }
  }

  /// A formula text that must come out as a finite number.
  package static func number(_ text: String) throws(TextProblem) -> Double {
    try number(FormulaParser.parse(text), 0, text)
  }

  static func number(_ expression: SimCore.Expression, _ offset: Int, _ text: String)
    throws(TextProblem) -> Double
  {
    if let (name, place) = firstName(expression) {
      throw TextProblem(
        place, "the name \(Excerpt.quoted(name))", expected: "numbers only",
        advice: "A value that follows from other quantities belongs under `variables`.")
    }
    guard let value = value(expression), value.isFinite else {
      throw TextProblem(
        offset, "\(Excerpt.quoted(text)), which has no finite value", expected: "a finite number")
    }
    return value
  }

  private static func firstName(_ expression: SimCore.Expression) -> (String, Int)? {
    switch expression {
    case .number: nil
    case .name(let name, let offset): (name, offset)
    case .unary(_, let operand): firstName(operand)
    case .binary(_, let left, let right): firstName(left) ?? firstName(right)
    case .call(_, let arguments): arguments.lazy.compactMap(firstName).first
    }
  }

  private static func truth(_ condition: Bool) -> Double { condition ? 1 : 0 }

  private static func binary(_ symbol: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    switch symbol {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: Foundation.pow(a, b)
    case .less: truth(a < b)
    case .lessOrEqual: truth(a <= b)
    case .greater: truth(a > b)
    case .greaterOrEqual: truth(a >= b)
    case .equal: truth(a == b)
    case .notEqual: truth(a != b)
    case .and: truth(a != 0 && b != 0)
    case .or: truth(a != 0 || b != 0)
    }
  }

  private static func call(_ function: Function, _ x: [Double]) -> Double {
    switch function {
    case .if: x[0] != 0 ? x[1] : x[2]
    case .min: x.reduce(.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) }
    case .max: x.reduce(-.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) }
    case .abs: Swift.abs(x[0])
    case .exp: Foundation.exp(x[0])
    case .log: Foundation.log(x[0])
    case .log10: Foundation.log10(x[0])
    case .sqrt: x[0].squareRoot()
    case .pow: Foundation.pow(x[0], x[1])
    case .floor: x[0].rounded(.down)
    case .ceil: x[0].rounded(.up)
    case .round:
      x.count == 1
        ? x[0].rounded(.toNearestOrAwayFromZero)
        : (x[0] / x[1]).rounded(.toNearestOrAwayFromZero) * x[1]
    case .clamp: Swift.min(Swift.max(x[0], x[1]), x[2])
    case .logit: Foundation.log(x[0] / (1 - x[0]))
    case .invlogit: 1 / (1 + Foundation.exp(-x[0]))
    }
  }
}
