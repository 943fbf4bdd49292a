// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A named quantity that follows from others.
public struct Variable: Sendable {
  public var name: String
  public var rule: Rule

  public init(name: String, value: Expression) {
    self.init(name: name, rule: .formula(value))
  }

  public init(name: String, rule: Rule) {
    self.name = name
    self.rule = rule
  }

  /// How a variable's values come about.
  public indirect enum Rule: Sendable {
    /// One formula, for all labels of the dimensions that its names vary over.
    case formula(Expression)
    /// A formula for each combination of labels, the last dimension fastest.
    case table(dimensions: [String], cells: [Expression])
    /// Along an ordered dimension: `first` at the first labels, as many as `then` looks back, and
    /// `then` at all others.
    case recursion(over: String, first: Rule, then: Rule)
    /// Probabilities of moving between the labels of a dimension, one row for each label left; `nil`
    /// cells are 0. Used by `move` alone.
    case transition(state: String, rows: [[TransitionCell?]])
  }
}

/// An entry of a transition table.
public enum TransitionCell: Sendable {
  case probability(Expression)
  /// What the other cells of the row leave of 1.
  case rest
}

extension Variable.Rule {
  /// The rule with every part of its formulas replaced by `change`.
  public func mapping(_ change: (Expression) -> Expression) -> Variable.Rule {
    switch self {
    case .formula(let expression): .formula(expression.mapping(change))
    case .table(let dimensions, let cells):
      .table(dimensions: dimensions, cells: cells.map { $0.mapping(change) })
    case .recursion(let over, let first, let then):
      .recursion(over: over, first: first.mapping(change), then: then.mapping(change))
    case .transition(let state, let rows):
      .transition(
        state: state,
        rows: rows.map { row in
          row.map { cell in
            if case .probability(let expression)? = cell {
              .probability(expression.mapping(change))
            } else {
              cell
            }
          }
        })
    }
  }

  /// Every formula in it, in order.
  public var formulas: [Expression] {
    switch self {
    case .formula(let expression): [expression]
    case .table(_, let cells): cells
    case .recursion(_, let first, let then): first.formulas + then.formulas
    case .transition(_, let rows):
      rows.flatMap { row in
        row.compactMap { cell in
          if case .probability(let expression)? = cell { expression } else { nil }
        }
      }
    }
  }
}
