// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What the arguments of a distribution say of the unit of its values.
struct UncertainUnits: Sendable {
  enum Argument: Sendable {
    /// In the unit of the values: mean, sd, location, scale, min, max.
    case same
    /// In one over that unit: a rate.
    case reciprocal
    /// Without a unit: probabilities, parameters on a log scale.
    case pure
    /// Of a count: n, and what each of the n gives.
    case trials
    case probability
  }

  var arguments: [(name: String, kind: Argument, value: SimCore.Expression)] = []
  /// Values on a log scale say nothing of the unit.
  var isLogarithmic = false
  /// What a formula around the distribution makes of its draw, `UncertainLaw.drawName`.
  var outer: SimCore.Expression?

  init(_ arguments: [FormulaArgument], _ names: [String], _ kinds: [Argument]) {
    self.arguments = zip(zip(names, kinds), arguments).map { ($0.0, $0.1, $1.value) }
  }

  init() {}

  /// All that can carry a unit.
  var formulas: [SimCore.Expression] { arguments.map(\.value) + (outer.map { [$0] } ?? []) }
}
