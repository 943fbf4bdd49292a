// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioKeys {
  /// Keys by which a variable, line or output comes about.
  static let rule: [ScenarioKey] = [
    ScenarioKey("value", .either([.formula, .byLabel]), "A formula; by label beside `by`."),
    ScenarioKey("by", .oneOrMore, "Dimensions for whose labels formulas are stated."),
    ScenarioKey("over", .oneOrMore, "The dimension along which a recursion runs."),
    ScenarioKey("first", .either([.formula, .byLabel]), "The value at the first label."),
    ScenarioKey(
      "then", .either([.formula, .byLabel]), "The value at all others, from `previous` ones."),
    ScenarioKey("transitions", .oneOrMore, "The dimension of states of a table of transitions."),
    ScenarioKey(
      "rows", .byLabel, "From each state, the probabilities of the states to which; `rest`."),
  ]

  static let variable: [ScenarioKey] =
    rule + [
      ScenarioKey("unit", .text, "Such as NOK/user."),
      ScenarioKey("source", .text, "Table, page, reference."),
      ScenarioKey("description", .text, "Remarks."),
      expect,
    ]

  static let line: [ScenarioKey] =
    rule + [
      ScenarioKey("payer", .text, "Whom the line costs or benefits."),
      ScenarioKey("unit", .text, "Such as NOK/user."),
      ScenarioKey("source", .text, "Table, page, reference."),
      ScenarioKey("description", .text, "Remarks."),
      expect,
    ]

  static let output: [ScenarioKey] =
    rule + [
      ScenarioKey("unit", .text, "Recorded in the tables."),
      ScenarioKey("description", .text, "Remarks."),
      expect,
      ScenarioKey("percentiles", .list(.number, 1...1000), "Ascending numbers from 0 to 100."),
      ScenarioKey(
        "histogram", .either([.words(["none"]), .section(.histogram)]), "60 bins by default."),
    ]

  static let histogram: [ScenarioKey] = [
    ScenarioKey("bins", .wholeNumber(1...10_000), "Number of bins."),
    ScenarioKey("from", .number, "The lowest edge."),
    ScenarioKey("to", .number, "The highest edge."),
  ]
}
