// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// A parameter whose distribution follows from other quantities, as the engine has it: a draw of its own,
/// at the address of the parameter, and a variable made of it.
enum UncertainQuantity {
  /// - Parameter parameter: with what is drawn in place of the value.
  static func quantity(
    _ parameter: Parameter, _ cells: [ScenarioParameter], as form: CaseBuilder.Form
  ) -> CaseBuilder.Quantity {
    var drawn = parameter
    drawn.name = parameter.name + " (draw)"
    drawn.quantity = parameter.name
    let draw = SimCore.Expression.name(drawn.name, offset: 0)
    let values = cells.map { cell in
      guard let law = cell.uncertain else { return draw }
      if takesCentre(cell, form) {
        // The draw, fixed here, keeps the dimensions of `each`.
        return cell.each.isEmpty ? law.centre : .plus(law.centre, .times(.number(0), draw))
      }
      return law.value(drawn: drawn.name)
    }
    let rule: Variable.Rule =
      parameter.dimensions.isEmpty && values.count == 1
      ? .formula(values[0]) : .table(dimensions: parameter.dimensions, cells: values)
    return CaseBuilder.Quantity(
      parameters: [drawn], variables: [Variable(name: parameter.name, rule: rule)])
  }

  private static func takesCentre(_ cell: ScenarioParameter, _ form: CaseBuilder.Form) -> Bool {
    switch form {
    case .drawn: false
    case .frozen, .level(.base): true
    case .level: !cell.each.isEmpty
    }
  }
}
