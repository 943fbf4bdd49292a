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
          "base_mismatch", "given", "implied", "mismatch", "residual", "prior",
          "depends_on",
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
      csv.text(
        parameter.joint == nil
          ? fitted(distribution)
          : "alone: \(type(of: distribution).family.name)(\(fitted(distribution)))")
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
      csv.number(baseMismatch(parameter))
      csv.text(list(parameter) { $0.value })
      csv.text(list(parameter) { $0.implied(by: distribution) })
      csv.text(
        list(parameter) { figure in
          figure.implied(by: distribution).map { $0 - figure.value }
        })
      csv.number(parameter.residual)
      csv.text(parameter.prior?.rawValue)
      csv.text(
        parameter.arguments.map { "\($0.name) = \(NumberText.string($0.value))" }
          .joined(separator: "; "))
      csv.endLine()
    }
    return csv.bytes
  }

  /// What the distribution has in place of a stated mean, median or mode, less that number.
  private static func baseMismatch(_ parameter: ScenarioParameter) -> Double? {
    guard parameter.baseIs != nil, let base = parameter.figures.first else { return nil }
    return base.implied(by: parameter.distribution).map { $0 - base.value }
  }

  /// `mean = 3; p97.5 = 8`: one number for each stated one.
  private static func list(
    _ parameter: ScenarioParameter, _ number: (StatedFigure) -> Double?
  ) -> String {
    parameter.figures
      .map { "\($0.name) = \(number($0).map(NumberText.string) ?? "none")" }
      .joined(separator: "; ")
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
