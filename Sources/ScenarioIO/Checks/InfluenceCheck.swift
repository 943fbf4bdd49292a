// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Uncertain parameters that change no output.
enum InfluenceCheck {
  static func rows(_ scenario: Scenario, _ simulation: Simulation, tables: TableStore) throws
    -> [CheckRow]
  {
    // A run that records parameters or other quantities draws more than its outputs need.
    let isBare =
      simulation.plan.recordedParameters.isEmpty && simulation.plan.recordedOutputs.isEmpty
    let bare =
      isBare
      ? simulation
      : Simulation(try scenario.compiled(tables: tables), settings: simulation.settings)
    let influences = Dictionary(
      bare.influences().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    return scenario.parameters.compactMap { parameter in
      guard !parameter.isConstant, seen.insert(parameter.name).inserted else { return nil }
      var row = CheckRow(.influence, parameter.name, unit: nil, figure: "outputs_changed")
      if scenario.warnings.contains(where: { $0.position == parameter.position }) {
        row.value = 0
        row.warning = "no output depends on \(Excerpt.quoted(parameter.name))"
        row.advice = "Use it in a formula or delete it."
      } else if let influence = influences[parameter.name] {
        row.value = Double(influence.outputsChanged)
        if influence.outputsChanged == 0 {
          row.warning =
            "other draws of \(Excerpt.quoted(parameter.name)) change no output in "
            + ReadableNumber.count(influence.iterations, "iteration")
          row.advice =
            "See whether a formula multiplies it by 0 or uses it in rare cases alone; state it as a "
            + "number if it does not matter."
        }
      } else {
        // Used by the decision alone, or beyond the number of parameters that are tried.
        return nil
      }
      return row
    }
  }
}
