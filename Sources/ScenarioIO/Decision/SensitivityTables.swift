// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics
internal import SimCore

/// `sensitivity.csv` and `conditional-means.csv`: how outcomes go with single parameters.
package struct SensitivityTables {
  /// Of one parameter and outcome.
  private struct Figures {
    let firstOrderIndex: Estimate
    let rankCorrelation: Estimate
    let conditionalMeans: [ParameterSensitivity.ConditionalMean]
  }

  private let parameters: [String]
  private let outcomes: [String]
  /// By parameter, then outcome.
  private let figures: [[Figures]]

  package init(
    parameters: [ParameterSensitivity], outcomes: [(name: String, values: [Double])],
    workers: Int = 1
  ) {
    self.parameters = parameters.map(\.name)
    self.outcomes = outcomes.map(\.name)
    figures = Self.figures(parameters, outcomes.map(\.values), workers)
  }

  /// One row for each parameter and outcome: first-order index and rank correlation.
  package var csv: [UInt8] {
    var writer = CSVWriter(header: [
      "parameter", "outcome", "first_order", "first_order_mcse", "spearman", "spearman_mcse",
    ])
    forEachPair { parameter, outcome, figures in
      writer.text(parameter)
      writer.text(outcome)
      writer.number(figures.firstOrderIndex.value)
      writer.number(figures.firstOrderIndex.monteCarloStandardError)
      writer.number(figures.rankCorrelation.value)
      writer.number(figures.rankCorrelation.monteCarloStandardError)
      writer.endLine()
    }
    return writer.bytes
  }

  /// One row for each parameter, outcome and bin.
  package var conditionalMeans: [UInt8] {
    var writer = CSVWriter(header: [
      "parameter", "outcome", "bin", "draws", "parameter_mean", "outcome_mean", "mcse",
    ])
    forEachPair { parameter, outcome, figures in
      for (bin, mean) in figures.conditionalMeans.enumerated() {
        writer.text(parameter)
        writer.text(outcome)
        writer.number(bin + 1)
        writer.number(mean.draws)
        writer.number(mean.parameterMean)
        writer.number(mean.outcomeMean)
        writer.number(mean.mcse)
        writer.endLine()
      }
    }
    return writer.bytes
  }

  private func forEachPair(_ body: (String, String, Figures) -> Void) {
    for (parameter, row) in zip(parameters, figures) {
      for (outcome, figures) in zip(outcomes, row) { body(parameter, outcome, figures) }
    }
  }

  /// A few groups of outcomes at a time, so that memory does not grow with the outcomes: first their ranks, then the
  /// groups, then each parameter with each group.
  private static func figures(
    _ parameters: [ParameterSensitivity], _ columns: [[Double]], _ workers: Int
  ) -> [[Figures]] {
    var rows = [[Figures]](repeating: [], count: parameters.count)
    let most = OutcomeGroup.most
    for first in stride(from: 0, to: columns.count, by: most * workers) {
      let some = Array(columns[first..<min(first + most * workers, columns.count)])
      let ranks = Parallel.map(some.count, workers: workers) { CentredRanks(some[$0]) }
      let groups = stride(from: 0, to: some.count, by: most)
        .map { $0..<min($0 + most, some.count) }
      let prepared = Parallel.map(2 * groups.count, workers: workers) { piece in
        let group = groups[piece / 2]
        return piece % 2 == 0 ? OutcomeGroup(some[group]) : OutcomeGroup(ranks: ranks[group])
      }
      let parts = Parallel.map(groups.count * parameters.count, workers: workers) { piece in
        let group = 2 * (piece / parameters.count)
        return figures(
          parameters[piece % parameters.count], prepared[group], ranks: prepared[group + 1])
      }
      for (piece, part) in parts.enumerated() { rows[piece % parameters.count] += part }
    }
    return rows
  }

  private static func figures(
    _ parameter: ParameterSensitivity, _ outcomes: OutcomeGroup, ranks: OutcomeGroup
  ) -> [Figures] {
    let indices = parameter.firstOrderIndices(outcomes)
    let correlations = parameter.rankCorrelations(ranks)
    let means = parameter.conditionalMeans(outcomes)
    return indices.indices.map {
      Figures(
        firstOrderIndex: indices[$0], rankCorrelation: correlations[$0],
        conditionalMeans: means[$0])
    }
  }
}
