// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What one instruction of a plan does to a block of values.
enum Opcode: UInt8, Sendable, Hashable {
  // One operand.
  case negate, not, abs, exp, log, log10, sqrt, floor, ceil, round, logit, invlogit
  // Two operands.
  case add, subtract, multiply, divide, power
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, and, or
  case min, max, roundTo
  // The quantile of a Poisson, from probability and mean.
  case poisson
  // Three operands: condition, then, otherwise.
  case select

  init(_ unary: UnaryOperator) {
    switch unary {
    case .negate: self = .negate
    case .not: self = .not
    }
  }

  init(_ binary: BinaryOperator) {
    switch binary {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .power: self = .power
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .and: self = .and
    case .or: self = .or
    }
  }
}
