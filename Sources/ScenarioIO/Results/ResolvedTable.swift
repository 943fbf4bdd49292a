// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `resolved.csv`: what became of every parameter, stated numbers beside implied ones.
enum ResolvedTable {
  private static let percents = [2.5, 50, 97.5]

  static func csv(_ scenario: Scenario) -> [UInt8] {
    var csv = CSVWriter(
      header: [
        "parameter", "unit", "stated", "base", "low", "high", "reading", "base_is", "fit",
        "family", "fitted", "mean", "sd", "mode",
      ] + percents.map { NumberText.percentileName($0) }
        + [
          "implied_low", "implied_high", "low_mismatch", "high_mismatch", "source", "description",
        ])
    for parameter in scenario.parameters {
      let distribution = parameter.distribution
      let ends = ImpliedRange(parameter)
      csv.text(parameter.fullName)
      csv.text(parameter.unit)
      csv.text(parameter.statedText)
      csv.number(parameter.statedBase)
      csv.number(parameter.statedLow)
      csv.number(parameter.statedHigh)
      csv.text(parameter.reading?.rawValue)
      csv.text(parameter.baseIs?.rawValue)
      csv.text(parameter.fit?.rawValue)
      csv.text(parameter.family)
      csv.text(fitted(distribution))
      csv.number(distribution.mean)
      csv.number(distribution.standardDeviation)
      csv.number(distribution.mode)
      for percent in percents { csv.number(distribution.quantile(cumulative: percent / 100)) }
      csv.number(ends?.low)
      csv.number(ends?.high)
      csv.number(ends.flatMap { ends in parameter.statedLow.map { ends.low - $0 } })
      csv.number(ends.flatMap { ends in parameter.statedHigh.map { ends.high - $0 } })
      csv.text(parameter.source)
      csv.text(parameter.description)
      csv.endLine()
    }
    return csv.bytes
  }

  /// Native parameters as they would be written in a scenario: `shape = 42.7, scale = 0.0234`.
  static func fitted(_ distribution: any Distribution) -> String {
    distribution.parameters
      .map { "\($0.name) = \(NumberText.string($0.value))" }
      .joined(separator: ", ")
  }
}

/// What the fitted distribution has at the two ends of a stated range.
struct ImpliedRange {
  let low: Double
  let high: Double

  init?(_ parameter: ScenarioParameter) {
    guard let reading = parameter.reading else { return nil }
    if let ends = reading.probabilities {
      low = parameter.distribution.quantile(cumulative: ends.low)
      high = parameter.distribution.quantile(cumulative: ends.high)
    } else {
      low = parameter.distribution.support.lower
      high = parameter.distribution.support.upper
    }
  }
}
