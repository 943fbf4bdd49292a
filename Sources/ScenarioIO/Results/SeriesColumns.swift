// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The columns that say which series a row of a result table is about: variant, strategy, perspective
/// and a column for each other dimension of the scenario. Empty where they don't apply.
struct SeriesColumns {
  private let scenario: Scenario
  private let dimensions: [String]

  init(_ scenario: Scenario) {
    self.scenario = scenario
    dimensions = scenario.dimensions.map(\.name).filter { $0 != ScenarioDecoder.strategy }
  }

  var header: [String] { ["variant", "strategy", "perspective"] + dimensions }

  func write(_ output: Output, to csv: inout CSVWriter) {
    let scenarioCase = scenario.cases[output.modelCase]
    func label(_ dimension: String) -> String? {
      output.labels.first { $0.dimension == dimension }?.label
    }
    csv.text(scenarioCase.variant)
    csv.text(label(ScenarioDecoder.strategy))
    csv.text(output.cases == nil ? scenarioCase.perspective : nil)
    for dimension in dimensions { csv.text(label(dimension)) }
  }

  /// The header of the column of draws: `cost[year = 2020]`, with variant and perspective beside the
  /// labels where they apply.
  func drawsName(_ output: Output) -> String {
    let scenarioCase = scenario.cases[output.modelCase]
    var labels = output.labels
    if let variant = scenarioCase.variant {
      labels.append(LabelChoice(dimension: "variant", label: variant))
    }
    if output.cases == nil, let perspective = scenarioCase.perspective {
      labels.append(LabelChoice(dimension: "perspective", label: perspective))
    }
    return output.name + labels.text
  }

  /// For people: `net_benefit [year = 2020], rent_doubled, hospital`.
  func name(_ output: Output) -> String {
    let scenarioCase = scenario.cases[output.modelCase]
    let labels = output.labels.map(\.label)
    let perspective = output.cases == nil ? scenarioCase.perspective : nil
    let parts = labels + [perspective, scenarioCase.variant].compactMap { $0 }
    return parts.isEmpty ? output.name : "\(output.name) [\(parts.joined(separator: ", "))]"
  }
}
