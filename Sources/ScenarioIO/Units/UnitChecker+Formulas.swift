// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Formulas against the units that are stated, and against each other.
extension UnitChecker {
  /// The unit of a formula; faults are reported at their places.
  mutating func measure(_ formula: SimCore.Expression, _ fallback: SourcePosition)
    -> Measure
  {
    let place = FormulaPlace(formula, decoder.texts, fallback)
    let inference = UnitInference(formula, context, text: { place.text(of: $0) })
    for fault in inference.faults {
      problems.report(
        place.position(of: fault.part), fault.found, expected: fault.expected,
        advice: fault.advice)
    }
    return Measure(kind: inference.result.kind)
  }

  mutating func check(_ rule: CheckedRule) {
    if rule.isTransition {
      for formula in rule.formulas {
        let measure = measure(formula, rule.position)
        guard !measure.isPure, let unit = measure.unit else { continue }
        problems.report(
          start(formula, rule.position),
          "a probability in \(text(unit)) in the transitions \(Excerpt.quoted(rule.name))",
          expected: "a pure number",
          advice: "1 - exp(-rate * 1[week]) is the probability that belongs to a rate in 1/week.")
      }
      return
    }
    var agreed = stated[rule.name].map { Measure.unit($0.unit) }
    for formula in rule.formulas {
      let measure = measure(formula, rule.position)
      if stated[rule.name] != nil {
        if let agreed { compare(measure, agreed, rule, formula) }
      } else if let known = agreed {
        agreed = compare(measure, known, rule, formula)
      } else {
        agreed = measure
      }
    }
  }

  /// - Returns: what the two agree on.
  @discardableResult
  mutating func compare(
    _ measure: Measure, _ wanted: Measure, _ rule: CheckedRule, _ formula: SimCore.Expression
  ) -> Measure {
    // A plain number takes the unit that is stated.
    let isStated = stated[rule.name] != nil
    if isStated, measure.kind == .plain { return wanted }
    if let agreed = Measure.agreed(wanted, measure) { return agreed }
    let name = Excerpt.quoted(rule.name)
    let place = start(formula, rule.position)
    guard let unit = measure.unit, let other = wanted.unit else { return .unknown }
    let found = "a value \(described(measure, beside: other)) for \(name)"
    if isStated {
      problems.report(
        place, "\(found), whose unit is \(text(other, beside: unit))", expected: "that unit",
        advice: UnitAdvice.converting(
          "the value", from: unit, to: other, context.system, isStated: true))
    } else {
      problems.report(
        place, "\(found), beside one \(described(wanted, beside: unit))",
        expected: "one unit for all of \(name)",
        advice: measure.kind == .plain || wanted.kind == .plain
          ? "State its unit with `unit:`: plain numbers take it." : "")
    }
    return .unknown
  }

  func described(_ measure: Measure, beside other: Unit) -> String {
    guard measure.kind != .plain, let unit = measure.unit else { return "without a unit" }
    return unit.isOne ? "that is a pure number" : "in \(text(unit, beside: other))"
  }

  func text(_ unit: Unit, beside other: Unit? = nil) -> String {
    UnitAdvice.text(unit, beside: other, context.system)
  }

  func start(_ formula: SimCore.Expression, _ fallback: SourcePosition) -> SourcePosition {
    FormulaPlace(formula, decoder.texts, fallback).start
  }
}
