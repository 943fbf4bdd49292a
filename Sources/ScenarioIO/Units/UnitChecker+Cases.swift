// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What perspectives and variants change.
extension UnitChecker {
  mutating func check(_ changes: ScenarioChanges, _ position: SourcePosition) {
    for change in changes.changes {
      switch change {
      case .parameter, .freeze: break
      case .rule(let name, let rule):
        for formula in CheckedRule.distinct(rule.formulas) {
          fit(formula, name, "a value", position)
        }
      case .shift(let name, let formula): fit(formula, name, "a shift", position)
      case .scale(let name, let formula):
        let measure = measure(formula, position)
        guard !measure.isPure, let unit = measure.unit else { continue }
        problems.report(
          start(formula, position), "a factor in \(text(unit)) for \(Excerpt.quoted(name))",
          expected: "a pure number", advice: UnitAdvice.purify(unit, context.system))
      }
    }
  }

  /// A plain number takes the unit of what it changes.
  mutating func fit(
    _ formula: SimCore.Expression, _ name: String, _ what: String, _ position: SourcePosition
  ) {
    let measure = measure(formula, position)
    guard measure.kind != .plain, let unit = measure.unit,
      case .unit(let own)? = context.measures[name]?.kind, own != unit
    else { return }
    problems.report(
      start(formula, position),
      "\(what) \(described(measure, beside: own)) for \(Excerpt.quoted(name)) in "
        + text(own, beside: unit),
      expected: "its unit",
      advice: UnitAdvice.converting("it", from: unit, to: own, context.system))
  }
}
