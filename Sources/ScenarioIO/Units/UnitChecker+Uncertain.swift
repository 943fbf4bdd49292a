// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Distributions that follow from other quantities.
extension UnitChecker {
  /// What they are centred on is in the unit of the parameter.
  ///
  /// Plain numbers among the arguments take that unit, as they do in a distribution of numbers alone; a
  /// mean on a log scale says nothing of the unit.
  mutating func checkUncertain() {
    for parameter in decoder.parameters {
      guard let law = parameter.uncertain else { continue }
      for argument in law.arguments { _ = measure(argument, parameter.position) }
      let isLogarithmic = law.centre.partsInOrder.contains {
        if case .call(.exp, _) = $0.expression { true } else { false }
      }
      let centre = UnitInference(law.centre, context).result
      guard !isLogarithmic, case .unit(let unit) = centre.kind,
        let own = stated[parameter.name]?.unit, own != unit
      else { continue }
      problems.report(
        parameter.position,
        "a distribution \(described(centre, beside: own)) for \(Excerpt.quoted(parameter.name)) in "
          + text(own, beside: unit),
        expected: "its unit",
        advice: UnitAdvice.converting("it", from: unit, to: own, context.system))
    }
  }
}
