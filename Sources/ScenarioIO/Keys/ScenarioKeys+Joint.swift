// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Quantities whose labels are drawn together.
extension ScenarioKeys {
  static let dirichlet: [ScenarioKey] = [
    ScenarioKey("counts", .byLabel, "Observations at each label."),
    ScenarioKey("means", .byLabel, "Mean shares, beside `size`."),
    ScenarioKey("size", .number, "How many observations the means are worth."),
    ScenarioKey("prior", .words(of: Prior.self), "What is held before the counts."),
  ]

  static let multinomial: [ScenarioKey] = [
    ScenarioKey("n", .formula, "How many are counted.", required: true),
    ScenarioKey(
      "probabilities", .either([.formula, .byLabel]),
      "A quantity by this dimension, or a formula for each label.", required: true),
  ]

  static let multivariateNormal: [ScenarioKey] = [
    ScenarioKey("means", .byLabel, "Means at the labels.", required: true),
    ScenarioKey("sds", .byLabel, "Standard deviations, beside `correlations`."),
    ScenarioKey("correlations", numbers, "Pearson's correlations."),
    ScenarioKey("covariances", numbers, "Variances and covariances."),
  ]

  private static let numbers: KeyType = .either([matrixRows, .section(.matrix)])

  /// A matrix in a file.
  static let matrix: [ScenarioKey] = [file] + signs
}
