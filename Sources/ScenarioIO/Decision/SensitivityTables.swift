// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics
internal import SimCore

/// `sensitivity.csv` and `conditional-means.csv`: how outcomes go with single parameters.
package enum SensitivityTables {
  /// One row for each parameter and outcome: first-order index and rank correlation.
  package static func csv(
    parameters: [ParameterSensitivity], outcomes: [(name: String, values: [Double])],
    workers: Int = 1
  ) -> [UInt8] {
    var writer = CSVWriter(header: [
      "parameter", "outcome", "first_order", "first_order_mcse", "spearman", "spearman_mcse",
    ])
    let columns = outcomes.map(\.values)
    let ranks = Parallel.map(columns.count, workers: workers) { CentredRanks(columns[$0]) }
    let figures = Parallel.map(parameters.count, workers: workers) { index in
      zip(columns, ranks).map { outcome, ranks in
        (parameters[index].firstOrderIndex(outcome), parameters[index].rankCorrelation(ranks))
      }
    }
    for (parameter, row) in zip(parameters, figures) {
      for (outcome, (index, correlation)) in zip(outcomes, row) {
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
    parameters: [ParameterSensitivity], outcomes: [(name: String, values: [Double])],
    workers: Int = 1
  ) -> [UInt8] {
    var writer = CSVWriter(header: [
      "parameter", "outcome", "bin", "draws", "parameter_mean", "outcome_mean", "mcse",
    ])
    let columns = outcomes.map(\.values)
    let means = Parallel.map(parameters.count, workers: workers) { index in
      columns.map { parameters[index].conditionalMeans($0) }
    }
    for (parameter, row) in zip(parameters, means) {
      for (outcome, bins) in zip(outcomes, row) {
        for (bin, mean) in bins.enumerated() {
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
