// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Distributions that follow from other quantities.
extension UnitChecker {
  /// Their arguments agree with each other and with the unit of the parameter.
  ///
  /// Plain numbers among the arguments take that unit, as they do in a distribution of numbers alone; a
  /// mean on a log scale says nothing of it.
  mutating func checkUncertain() {
    for parameter in decoder.parameters {
      guard let law = parameter.uncertain else { continue }
      for argument in law.arguments { _ = measure(argument, parameter.position) }
      guard let inner = unit(of: law.units, parameter),
        let value = whole(law.units, inner, parameter), case .unit(let unit) = value.kind,
        let own = stated[parameter.name]?.unit, own != unit
      else { continue }
      problems.report(
        parameter.position,
        "a distribution \(described(value, beside: own)) for \(Excerpt.quoted(parameter.name)) in "
          + text(own, beside: unit),
        expected: "its unit",
        advice: UnitAdvice.converting(
          "it", from: unit, to: own, context.system, isStated: true))
    }
  }

  /// What the arguments make of the distribution itself; `nil` when they don't agree.
  private mutating func unit(of law: UncertainUnits, _ parameter: ScenarioParameter) -> Measure? {
    var result = Measure(kind: .plain)
    var first: (name: String, unit: Unit)?
    for argument in law.arguments {
      var own = UnitInference(argument.value, context).result
      switch argument.kind {
      case .same, .trials: break
      case .reciprocal:
        guard case .unit(let unit) = own.kind else { break }
        own = .unit(unit.reciprocal)
      case .pure:
        guard let unit = own.unit, !own.isPure else { continue }
        problems.report(
          start(argument.value, parameter.position),
          "`\(argument.name)` in \(text(unit)) for \(Excerpt.quoted(parameter.name))",
          expected: "a pure number", advice: UnitAdvice.purify(unit, context.system))
        return nil
      case .probability:
        // One pure chance for each of n leaves the unit of n.
        guard case .unit(let unit) = own.kind, !unit.isOne else { continue }
        result = Measure.product(result, .unit(unit)) ?? .unknown
        continue
      }
      switch own.kind {
      case .zero, .plain: continue
      case .unknown: if first == nil { result = .unknown }
      case .unit(let unit):
        if let first, first.unit != unit {
          problems.report(
            start(argument.value, parameter.position),
            "`\(argument.name)` in \(text(unit, beside: first.unit)) beside `\(first.name)` in "
              + "\(text(first.unit, beside: unit)), for \(Excerpt.quoted(parameter.name))",
            expected: "one unit",
            advice: UnitAdvice.converting(
              "`\(argument.name)`", from: unit, to: first.unit, context.system))
          return nil
        }
        first = (argument.name, unit)
        result = .unit(unit)
      }
    }
    return law.isLogarithmic ? .unknown : result
  }

  /// What the formula around the distribution makes of it; `nil` when reported.
  private mutating func whole(
    _ law: UncertainUnits, _ inner: Measure, _ parameter: ScenarioParameter
  ) -> Measure? {
    guard let outer = law.outer else { return inner }
    // A plain number takes the unit that the formula needs.
    for measure in inner.kind == .plain ? [inner, .unknown] : [inner] {
      var own = context
      own.measures[UncertainLaw.drawName] = measure
      let inference = UnitInference(outer, own)
      if inference.faults.isEmpty { return inference.result }
    }
    guard let unit = inner.unit else { return nil }
    problems.report(
      parameter.position,
      "a distribution in \(text(unit)) inside a sum in another unit, for "
        + Excerpt.quoted(parameter.name),
      expected: "one unit")
    return nil
  }
}
