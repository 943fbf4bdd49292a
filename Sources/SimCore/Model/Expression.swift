// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A formula as a tree. Names are resolved when a plan is compiled.
public indirect enum Expression: Sendable {
  case number(Double)
  /// A parameter, variable or reserved total; `offset` is the position of the name in the text of its
  /// formula, in UTF-8 bytes, for messages.
  case name(String, offset: Int)
  case unary(UnaryOperator, Expression)
  case binary(BinaryOperator, Expression, Expression)
  /// `arguments` has a count that `function.argumentCount` contains.
  case call(Function, [Expression])
}

public enum UnaryOperator: String, Sendable, Hashable {
  case negate = "-"
  /// 1 when the operand is 0, else 0.
  case not
}

/// Comparisons and logical operators give 1 or 0; any number other than 0 counts as true.
public enum BinaryOperator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "^"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case and
  case or
}

/// Functions of formulas. The raw value is the name in scenario files.
public enum Function: String, Sendable, Hashable, CaseIterable {
  /// `if(condition, then, otherwise)`
  case `if`
  case min
  case max
  case abs
  case exp
  case log
  case log10
  case sqrt
  /// `pow(x, y)` = `x ^ y`
  case pow
  case floor
  case ceil
  /// `round(x)` or `round(x, to = 100)`: to the nearest multiple, ties away from zero.
  case round
  /// `clamp(x, low, high)`
  case clamp
  /// `log(p / (1 - p))`
  case logit
  /// `1 / (1 + exp(-x))`
  case invlogit

  public var argumentCount: ClosedRange<Int> {
    switch self {
    case .if, .clamp: 3...3
    case .min, .max: 1...64
    case .pow: 2...2
    case .round: 1...2
    default: 1...1
    }
  }

  /// Names that arguments may carry (`to = 100`), by position; `nil` where an argument has none.
  public var argumentNames: [String?] {
    switch self {
    case .if: ["condition", "then", "otherwise"]
    case .round: [nil, "to"]
    case .clamp: [nil, "low", "high"]
    default: []
    }
  }
}
