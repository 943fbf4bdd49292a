// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// Reads draws that were made elsewhere.
public enum DrawsImporter {
  /// The problem of a file at a place.
  static func refusal(
    _ file: String, _ position: SourcePosition, _ found: String, expected: String = "",
    advice: String = ""
  ) -> ScenarioError {
    .invalid([
      Diagnostic(file: file, position: position, found: found, expected: expected, advice: advice)
    ])
  }

  /// Columns as draws. They have been checked while they were read, so that nothing is left to refuse.
  static func draws(
    _ strategies: [String], _ costs: [[Double]], _ effects: [[Double]], _ parameters: [DrawColumn],
    file: String
  ) throws(ScenarioError) -> Draws {
    if strategies.contains("") {
      throw refusal(
        file, .start, "a strategy without a name",
        expected: "names as in `cost:usual` and `effect:usual`")
    }
    if strategies == ["nothing"] {
      throw refusal(
        file, .start,
        "a single strategy named `nothing`", expected: "another name",
        advice: "A single strategy is set beside `nothing`, which costs and does nothing.")
    }
    do throws(DrawsError) {
      let draws = try Draws(
        strategies: strategies, costs: costs, effects: effects, parameters: parameters)
      return strategies.count == 1 ? try draws.besideNothing() : draws
    } catch {
      throw refusal(file, .start, "columns that make no draws (\(error))")
    }
  }
}
