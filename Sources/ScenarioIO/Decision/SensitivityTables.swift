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
    let figures = byParameter(parameters.count, outcomes, workers) { columns in
      let (group, ranks) = (OutcomeGroup(columns), OutcomeGroup.ranks(columns))
      return parameters.map {
        Array(zip($0.firstOrderIndices(group), $0.rankCorrelations(ranks)))
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
    let means = byParameter(parameters.count, outcomes, workers) { columns in
      let group = OutcomeGroup(columns)
      return parameters.map { $0.conditionalMeans(group) }
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

  /// Figures of a few outcomes at a time, for every parameter, put together by parameter.
  private static func byParameter<Figure: Sendable>(
    _ parameters: Int, _ outcomes: [(name: String, values: [Double])], _ workers: Int,
    _ figures: @Sendable ([[Double]]) -> [[Figure]]
  ) -> [[Figure]] {
    let columns = outcomes.map(\.values)
    let most = OutcomeGroup.most
    let parts = Parallel.map((columns.count + most - 1) / most, workers: workers) { part in
      figures(Array(columns[part * most..<min((part + 1) * most, columns.count)]))
    }
    return (0..<parameters).map { parameter in parts.flatMap { $0[parameter] } }
  }
}
