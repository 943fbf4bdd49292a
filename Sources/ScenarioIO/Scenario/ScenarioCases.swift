// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Whose costs and benefits count, and at what prices.
public struct ScenarioPerspective: Sendable {
  public let name: String
  public let description: String?
  /// Payers whose lines count; `nil` for all. Lines without a payer always count.
  public let payers: [String]?
  /// What it sets to other values.
  let changes: ScenarioChanges
  public let position: SourcePosition
}

/// A named change of the scenario, run beside it on the same draws.
public struct ScenarioVariant: Sendable {
  public let name: String
  public let description: String?
  public let source: String?
  /// What it sets to other values.
  let changes: ScenarioChanges
  public let position: SourcePosition
}

/// One case of a scenario's model.
public struct ScenarioCase: Sendable, Hashable {
  /// `nil` for the scenario as it stands.
  public let variant: String?
  /// `nil` when the scenario declares none.
  public let perspective: String?
}

/// Changes to definitions, in the order in which they act.
struct ScenarioChanges: Sendable {
  enum Change: Sendable {
    /// Other distributions, for every cell.
    case parameter(name: String, cells: [ScenarioParameter])
    case rule(name: String, Variable.Rule)
    /// The value times, or plus, a formula.
    case scale(name: String, SimCore.Expression)
    case shift(name: String, SimCore.Expression)
    /// At its mean.
    case freeze(name: String)

    var uncertain: [UncertainLaw] {
      if case .parameter(_, let cells) = self { cells.compactMap(\.uncertain) } else { [] }
    }
  }

  var changes: [Change] = []
  /// Replaces the scenario's correlations.
  var correlations: [CorrelationGroup]?

  /// Distributions that follow from other quantities.
  var uncertain: [UncertainLaw] { changes.flatMap(\.uncertain) }

  /// Names that it gives other values.
  var names: Set<String> {
    Set(
      changes.map { change in
        switch change {
        case .parameter(let name, _), .rule(let name, _), .scale(let name, _),
          .shift(let name, _), .freeze(let name):
          name
        }
      })
  }

  /// Every formula in it, with the name it belongs to.
  var formulas: [(name: String, expression: SimCore.Expression)] {
    changes.flatMap { change -> [(String, SimCore.Expression)] in
      switch change {
      case .rule(let name, let rule): return rule.formulas.map { (name, $0) }
      case .scale(let name, let expression), .shift(let name, let expression):
        return [(name, expression)]
      case .parameter(let name, let cells):
        return cells.flatMap { $0.uncertain?.arguments ?? [] }.map { (name, $0) }
      case .freeze: return []
      }
    }
  }
}
