// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioKeys {
  static let parameter: [ScenarioKey] =
    [
      ScenarioKey(
        "value", .either([.assessment, .byLabel]),
        "A number, a range such as 6 (2 to 12), or a distribution; by label beside `by`."),
      ScenarioKey("unit", .text, "Such as NOK/user."),
      ScenarioKey("source", .text, "Table, page, reference."),
      ScenarioKey("description", .text, "Remarks."),
      ScenarioKey("by", .oneOrMore, "Dimensions for whose labels values are stated."),
      ScenarioKey("each", .oneOrMore, "Dimensions for whose labels it is drawn anew."),
      table, expect,
    ] + otherWays + choices + [fold, truncate]

  /// A member of a mixture or pool.
  static let member: [ScenarioKey] =
    [
      ScenarioKey("value", .assessment, "A number, range or distribution."),
      ScenarioKey("weight", .number, "Its share, or a number such as 2."),
      ScenarioKey("expert", .text, "Whose assessment it is."),
    ] + otherWays + choices + [fold, truncate]

  /// A parameter's other value in a variant.
  static let otherParameter: [ScenarioKey] =
    [
      ScenarioKey("value", .either([.assessment, .byLabel]), "A number, range or distribution."),
      ScenarioKey("by", .oneOrMore, "Dimensions for whose labels values are stated."),
      ScenarioKey("each", .oneOrMore, "Dimensions for whose labels it is drawn anew."),
      table,
    ] + otherWays + choices + [fold, truncate]

  private static let table = ScenarioKey(
    "table", .section(.labelTable), "Values by label from a CSV file, beside `by`.")

  /// Keys that give a quantity in place of `value`.
  static let otherWays: [ScenarioKey] = [
    ScenarioKey(
      "mixture", .list(.either([.assessment, .section(.member)]), 2...1000),
      "With these weights, one of several distributions."),
    ScenarioKey(
      "pool", .list(.either([.assessment, .section(.member)]), 2...1000),
      "Assessments of several experts, pooled."),
    ScenarioKey("quantiles", .names(.number), "Percent and value, such as 50: 6."),
    ScenarioKey("data", .section(.data), "One column of a CSV file."),
    ScenarioKey("categorical", .names(.number), "Value and weight, such as 2: 0.3."),
    ScenarioKey(Dirichlet.name, .section(.dirichlet), "Shares of the labels, which sum to 1."),
    ScenarioKey(Multinomial.name, .section(.multinomial), "Counts at the labels, which sum to n."),
    ScenarioKey(
      MultivariateNormal.name, .section(.multivariateNormal),
      "Normal at each label, and correlated."),
  ]

  /// Keys that say how a stated quantity is read.
  static let choices: [ScenarioKey] = [
    ScenarioKey(
      "family",
      .words(
        FamilyRegistry.all.map(\.name)
          + QuantileShape.allCases.map(\.rawValue).filter {
            FamilyRegistry.family(named: $0) == nil
          }), "Shape of the distribution."),
    ScenarioKey("range", .words(of: RangeReading.self), "What this range means."),
    ScenarioKey("base_is", .words(of: Centre.self), "What this base is."),
    ScenarioKey("fit", .words(of: FitRule.self), "How this range becomes a distribution."),
    ScenarioKey("prior", .words(of: Prior.self), "What is held before counted events."),
    ScenarioKey("terms", .wholeNumber(3...10), "Terms of a metalog."),
    ScenarioKey("lower", .numberOrNone, "Lower limit of a metalog."),
    ScenarioKey("upper", .numberOrNone, "Upper limit of a metalog."),
  ]

  private static let truncate = ScenarioKey(
    "truncate", .list(.numberOrNone, 2...2), "Limits of the distribution: [low, high].")

  private static let fold = ScenarioKey(
    "fold", .number, "The value is the distance from this point, whichever side.")

  /// What values of any quantity are expected to be.
  static let expect = ScenarioKey(
    "expect", .either([.list(.numberOrNone, 2...2), .words(["probability", "utility"])]),
    "What values are expected: two limits, probability or utility.")

  static let correlation: [ScenarioKey] =
    [
      ScenarioKey("parameters", .list(.text, 2...500), "Members, in the order of the matrix."),
      ScenarioKey(
        "comonotone", .list(.text, 2...500), "Parameters at the same cumulative probability."),
    ]
    + CorrelationGroup.Kind.allCases.map { kind in
      ScenarioKey(
        kind.rawValue, .either([.number, matrixRows, .section(.matrix)]),
        kind.rawValue == "spearman"
          ? "Correlations between ranks: one number, or a matrix."
          : "Pearson's correlations between normal scores: one number, or a matrix.")
    } + [
      ScenarioKey(
        "nearest", .yesNo,
        "Whether correlations that contradict each other are replaced by the nearest that don't.")
    ]

  /// A matrix row by row, whole or its lower triangle.
  static let matrixRows: KeyType = .list(.list(.number, 1...500), 1...500)
}
