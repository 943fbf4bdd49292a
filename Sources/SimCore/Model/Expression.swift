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
  /// A number with its unit: `12[month/year]`. The engine takes the number alone.
  case quantity(Double, unit: String, offset: Int)
  /// `sum(x, over = year)`: one value from the values at all labels of a dimension.
  case reduce(Reduction, Expression, over: DimensionName)
  /// `cumulative(x, over = year)`: the sum over the labels up to each.
  case cumulative(Expression, over: DimensionName)
  /// `x[year = 2034]`, `x[year = year - 3, outside = 0]`. Labels beyond the ends give `outside`.
  case select(Expression, [Selector], outside: Expression?)
  /// `previous(x, steps = 3)`: the value at the label that many steps before, in a recursion.
  case previous(String, steps: Int, offset: Int)
  /// `position(year)`: 0 at the first label.
  case position(DimensionName)
  /// `discount(x, rate = r, over = year, from = 2020)`: the value as seen from the label `from`, else
  /// from the first. The rate is per year; it may vary over the dimension.
  case discount(Expression, rate: Expression, over: DimensionName, from: LabelName?)
  /// `half_cycle(x, over = week)`: values weighted so that their sum over the dimension approximates
  /// the area under x.
  case halfCycle(Expression, HalfCycle, over: DimensionName)
  /// `move(x, table)`: a vector over states after one transition.
  case move(Expression, table: String, offset: Int)
  /// The quantile of a count at a cumulative probability, its arguments being formulas: how a count with
  /// uncertain arguments is drawn. Never written in a formula.
  case countQuantile(CountLaw, probability: Expression, [Expression])
}

/// Counts whose arguments may differ from one iteration to the next.
public enum CountLaw: String, Sendable, Hashable {
  /// Trials and probability.
  case binomial
  /// Mean.
  case poisson
}

/// A dimension's name in a formula; `offset` as in `Expression.name`.
public struct DimensionName: Sendable, Hashable {
  public let name: String
  public let offset: Int

  public init(_ name: String, offset: Int) {
    self.name = name
    self.offset = offset
  }
}

/// A label in a formula.
public struct LabelName: Sendable, Hashable {
  public let label: String
  public let offset: Int

  public init(_ label: String, offset: Int) {
    self.label = label
    self.offset = offset
  }
}

/// What stands in `x[…]` for one dimension.
public struct Selector: Sendable, Hashable {
  public enum Choice: Sendable, Hashable {
    case label(LabelName)
    /// Steps relative to the label at hand: −3 for `year - 3`.
    case shift(Int)
  }

  public let dimension: DimensionName
  public let choice: Choice

  public init(dimension: DimensionName, choice: Choice) {
    self.dimension = dimension
    self.choice = choice
  }
}

/// How the values over a dimension become one. The raw value is the name in scenario files.
public enum Reduction: String, Sendable, Hashable, CaseIterable {
  case sum, mean, min, max, product
}

/// Which points of a cycle a cohort's values stand for. The raw value is the name in scenario files.
public enum HalfCycle: String, Sendable, Hashable, CaseIterable {
  /// ½, 1, 1, …, 1, ½: the area under straight lines between the points.
  case trapezoid
  /// 1, …, 1, 0: values hold from their point on.
  case start
  /// 0, 1, …, 1: values hold up to their point.
  case end
  /// ⅓, 4⁄3, 2⁄3, …, 4⁄3, ⅓: for an odd number of points.
  case simpson
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
