// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// What to tell the user when a check of the model fails during a run.
public enum ImpossibleReport {
  public static func message(_ check: ModelCheck, iteration: Int, _ scenario: Scenario) -> String {
    message(check, iteration: iteration, scenario, place: "iteration \(iteration + 1)")
  }

  /// - Parameter drawn: which draws the check is of.
  static func message(
    _ check: ModelCheck, iteration: Int, _ scenario: Scenario, place drawn: String
  ) -> String {
    let place =
      scenario.definitions[check.table]?.position.text(in: scenario.file)
      ?? Excerpt.escaped(scenario.file)
    let row = "row \(Excerpt.quoted(check.row)) of \(Excerpt.quoted(check.table))"
    let (found, advice) =
      switch check.kind {
      case .negativeProbability:
        (
          "\(row) has a probability below 0 in \(drawn)",
          "Probabilities of leaving that may add up to more than 1 need another form, such as "
            + "p1 * (1 - p2)."
        )
      case .rowSum:
        (
          "the probabilities of \(row) do not add up to 1 in \(drawn)",
          "Write `rest` for the cell that takes what the others leave."
        )
      }
    return "\(place): error: \(found). \(advice) "
      + "Nothing was written."
  }
}
