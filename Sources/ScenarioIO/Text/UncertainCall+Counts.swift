// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Counts whose arguments are other quantities.
extension UncertainCall {
  /// Arguments that are numbers are checked here, with others that are in order in place of the formulas.
  static func checkKnown(
    _ arguments: [FormulaArgument], _ way: Parametrisation, standIns: [Double]
  ) throws(TextProblem) {
    for (place, argument) in arguments.enumerated() where argument.value.nameUses.isEmpty {
      let value = try FamilyCall.number(argument)
      // Nothing to count is a count of 0.
      if value == 0 { continue }
      var values = standIns
      values[place] = value
      _ = try made(argument.valueOffset) { () throws(DistributionError) in try way.make(values) }
    }
  }

  static func count(
    _ law: CountLaw, _ arguments: [FormulaArgument], _ way: Parametrisation
  ) -> UncertainLaw {
    let values = arguments.map(\.value)
    let centre: SimCore.Expression =
      switch law {
      case .binomial: .times(values[0].atLeast(0), values[1].atLeast(0).atMost(1))
      case .poisson: values[0].atLeast(0)
      }
    return UncertainLaw(
      draw: unit, value: .countQuantile(law, probability: .draw, values), centre: centre,
      arguments: formulas(arguments),
      units: UncertainUnits(
        arguments, way.arguments, law == .binomial ? [.trials, .probability] : [.same]),
      law: conditional(arguments) { (v) throws(DistributionError) in
        guard law == .binomial else { return v[0] == 0 ? try Constant(0) : try way.make(v) }
        // A count's mean need not be a whole number, and is what stands for it at base.
        let trials = v[0].rounded()
        return trials == 0 ? try Constant(0) : try way.make([trials, v[1]])
      })
  }
}
