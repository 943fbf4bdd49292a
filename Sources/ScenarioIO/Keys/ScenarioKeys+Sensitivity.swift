// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Analyses on request: studies, two-level checks, grids, thresholds and indices.
extension ScenarioKeys {
  private static let vary = ScenarioKey("vary", .oneOrMore, "`all`, or parameters.")
  private static let numbers: KeyType = .either([
    .number, .list(.number, 1...10_000), .section(.series),
  ])

  /// Keys of the scenario.
  static let sensitivity: [ScenarioKey] = [
    ScenarioKey(
      "two_way",
      .names(
        .names(.either([numbers, .section(.points)]))
      ),
      "Two parameters with their values, by a name of yours."),
    ScenarioKey(
      "thresholds", .either([.words(["all"]), .section(.thresholds)]),
      "Values at which the best strategy changes, or an output its sign."),
    ScenarioKey(
      "sobol_indices", .either([.words(["all"]), .section(.sobolIndices)]),
      "First-order and total indices by simulating again."),
  ]

  static let oneWay: [ScenarioKey] = [
    vary,
    ScenarioKey(
      "others", .words(of: ScenarioOneWay.Others.self),
      "Where all others are: at base, or at their distributions."),
  ]

  static let points: [ScenarioKey] = [
    ScenarioKey(
      "points", .wholeNumber(2...UInt64(ScenarioSensitivity.Axis.mostValues)),
      "How many, from low to high.", required: true)
  ]

  static let series: [ScenarioKey] = [
    ScenarioKey("from", .number, "The lowest.", required: true),
    ScenarioKey("to", .number, "The highest.", required: true),
    ScenarioKey("step", .number, "Distance between two.", required: true),
  ]

  static let thresholds: [ScenarioKey] = [
    vary, ScenarioKey("outputs", .oneOrMore, "`all`, or outputs."),
  ]

  static let sobolIndices: [ScenarioKey] = [
    vary,
    ScenarioKey(
      "rows", counts(ScenarioSensitivity.SobolRequest.rowsRange),
      "Rows of each of the two base samples."),
  ]

  static let twoLevel: [ScenarioKey] = [
    ScenarioKey("check", .oneOrMore, "`all`, or parameters and groups."),
    ScenarioKey("outer", counts(ScenarioTwoLevel.outerRange), "Outer draws."),
    ScenarioKey("inner", counts(ScenarioTwoLevel.innerRange), "Inner draws for each."),
  ]

  private static func counts(_ range: ClosedRange<Int>) -> KeyType {
    .wholeNumber(UInt64(range.lowerBound)...UInt64(range.upperBound))
  }

  static let study: [ScenarioKey] = [
    ScenarioKey("data", .words(of: StudyKind.self), "What is measured.", required: true),
    ScenarioKey("parameter", .text, "The parameter that the data inform."),
    ScenarioKey("sd", .number, "Of a single observation, in a study of a mean."),
    ScenarioKey("follow_up", .number, "Time at risk of one participant, in a study of a rate."),
    ScenarioKey("baseline", .text, "Probability in the control arm of a trial."),
    ScenarioKey("log_odds_ratio", .text, "Effect on the log odds in a trial."),
    ScenarioKey("sizes", numbers, "Numbers of participants.", required: true),
    ScenarioKey("fixed_cost", .number, "Cost of the study whatever its size."),
    ScenarioKey("cost_per_participant", .number, "Cost of one participant."),
    ScenarioKey("description", .text, "Remarks."),
    ScenarioKey("source", .text, "Table, page, reference."),
  ]
}
