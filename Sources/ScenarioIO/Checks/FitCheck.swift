// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Stated numbers that the distribution of a parameter does not have.
enum FitCheck {
  /// In standard deviations of the distribution.
  static let mostMismatch = 0.5

  static func rows(_ parameter: ScenarioParameter) -> [CheckRow] {
    parameter.figures.compactMap { figure in
      guard let implied = figure.implied(by: parameter.distribution) else { return nil }
      var row = CheckRow(.fit, parameter.fullName, unit: parameter.unit, figure: figure.name)
      row.value = implied
      row.reference = figure.value
      let most = mostMismatch * parameter.distribution.standardDeviation
      if let difference = row.difference, !(abs(difference) <= most) {
        row.warning =
          "\(figure.name) is stated as \(ReadableNumber.string(figure.value)), the "
          + "\(parameter.family) has \(ReadableNumber.string(implied))"
        row.advice =
          "Try `fit: ends`, `width` or `all`, or another family; or see whether the range means "
          + "something else."
      }
      return row
    }
  }
}
