// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioKeys {
  /// Changes of a perspective or variant.
  private static let changes: [ScenarioKey] = [
    ScenarioKey(
      "set",
      .names(.either([.formula, .section(.otherParameter), .section(.otherRule), .byLabel])),
      "Other values, by name."),
    ScenarioKey("scale", .names(.formula), "Factors, by name."),
    ScenarioKey("shift", .names(.formula), "Terms that are added, by name."),
    ScenarioKey("freeze", .oneOrMore, "Parameters at their mean, or `all`."),
  ]

  static let perspective: [ScenarioKey] =
    [
      ScenarioKey("payers", .oneOrMore, "`all`, or payers whose lines count."),
      ScenarioKey("description", .text, "Remarks."),
    ] + changes

  static let variant: [ScenarioKey] =
    [
      ScenarioKey("description", .text, "Remarks."),
      ScenarioKey("source", .text, "Table, page, reference."),
    ] + changes + [
      ScenarioKey("ranges", .words(of: RangeReading.self), "All ranges read anew.")
    ] + choices.filter { ["family", "base_is", "fit"].contains($0.name) } + [
      ScenarioKey(
        "correlate", .words(["independent", "comonotone"]),
        "In place of the scenario's correlations.")
    ]
}
