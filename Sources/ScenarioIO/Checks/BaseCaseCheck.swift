// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Every output with all parameters at base, against its mean over the iterations.
///
/// The two differ where a formula is not linear in its uncertain inputs, where inputs that are multiplied go
/// together, or where bases are no means.
enum BaseCaseCheck {
  /// A difference is told when it is beyond all three.
  static let mostErrors = 3.0
  static let mostPercent = 5.0
  static let mostSpread = 0.05

  static func rows(_ scenario: Scenario, _ plan: Plan, _ result: RunResult) -> [CheckRow] {
    guard let base = try? scenario.compiled(scenario.builder.model(at: .base)) else { return [] }
    var values: [Key: Double] = [:]
    for (index, output) in base.outputs.enumerated() {
      if let value = base.constantValue(ofOutput: index), value.isFinite {
        values[Key(output)] = value
      }
    }
    return zip(plan.outputs, result.outputs).compactMap { output, summary in
      guard let value = values[Key(output)] else { return nil }
      let stated = scenario.outputs[output.index]
      var row = CheckRow(
        .baseCase, stated.name, series: output, unit: stated.unit, figure: "mean")
      row.value = summary.moments.mean
      row.standardError = summary.meanStandardError
      row.reference = value
      if isStriking(row, summary.moments.standardDeviation) {
        row.warning = "the mean is not the base case"
        row.advice =
          "Report the mean: the model is not linear in its uncertain inputs, or their bases are no "
          + "means."
      }
      return row
    }
  }

  private struct Key: Hashable {
    let index: Int
    let modelCase: Int
    let labels: [LabelChoice]

    init(_ output: Output) {
      index = output.index
      modelCase = output.modelCase
      labels = output.labels
    }
  }

  private static func isStriking(_ row: CheckRow, _ spread: Double?) -> Bool {
    guard let difference = row.difference, let errors = row.differenceInErrors, let spread else {
      return false
    }
    return abs(errors) > mostErrors && abs(row.differenceInPercent ?? .infinity) > mostPercent
      && abs(difference) > mostSpread * spread
  }
}
