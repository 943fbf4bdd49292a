// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics

/// `sensitivity.csv` and `conditional-means.csv`: how outcomes go with single parameters.
package enum SensitivityTables {
  /// One row for each parameter and outcome: first-order index and rank correlation.
  package static func csv(
    parameters: [ParameterSensitivity], outcomes: [(name: String, values: [Double])]
  ) -> [UInt8] {
    var writer = CSVWriter(header: [
      "parameter", "outcome", "first_order", "first_order_mcse", "spearman", "spearman_mcse",
    ])
    let ranks = outcomes.map { CentredRanks($0.values) }
    for parameter in parameters {
      for (outcome, ranks) in zip(outcomes, ranks) {
        let index = parameter.firstOrderIndex(outcome.values)
        let correlation = parameter.rankCorrelation(ranks)
        writer.text(parameter.name)
        writer.text(outcome.name)
        writer.number(index.value)
        writer.number(index.monteCarloStandardError)
        writer.number(correlation.value)
        writer.number(correlation.monteCarloStandardError)
        writer.endLine()
      }
    }
    return writer.bytes
  }

  /// One row for each parameter, outcome and bin.
  package static func conditionalMeans(
    parameters: [ParameterSensitivity], outcomes: [(name: String, values: [Double])]
  ) -> [UInt8] {
    var writer = CSVWriter(header: [
      "parameter", "outcome", "bin", "draws", "parameter_mean", "outcome_mean", "mcse",
    ])
    for parameter in parameters {
      for outcome in outcomes {
        for (bin, mean) in parameter.conditionalMeans(outcome.values).enumerated() {
          writer.text(parameter.name)
          writer.text(outcome.name)
          writer.number(bin + 1)
          writer.number(mean.draws)
          writer.number(mean.parameterMean)
          writer.number(mean.outcomeMean)
          writer.number(mean.mcse)
          writer.endLine()
        }
      }
    }
    return writer.bytes
  }
}
