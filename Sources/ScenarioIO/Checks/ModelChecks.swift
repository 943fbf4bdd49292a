// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What a run says about its own model. Warnings stop nothing; each says what to do.
public struct ModelChecks: Sendable {
  /// In the order of `checks.csv`.
  public let rows: [CheckRow]

  public var warnings: [CheckRow] { rows.filter { !$0.warning.isEmpty } }

  /// - Parameter simulation: the finished run.
  init(
    _ scenario: Scenario, _ simulation: Simulation, _ result: RunResult, tables: TableStore,
    control: RunControl
  ) throws {
    rows =
      (try InfluenceCheck.rows(scenario, simulation, tables: tables))
      + BaseCaseCheck.rows(scenario, simulation.plan, result)
      + (try ExpectationCheck.rows(
        scenario, settings: simulation.settings, tables: tables, control: control))
      + scenario.parameters.flatMap { TruncationCheck.rows($0) + FitCheck.rows($0) }
  }
}

/// One figure of a check.
public struct CheckRow: Sendable {
  public enum Check: String, Sendable {
    case influence
    case baseCase = "base-case"
    case expected, truncation, fit
  }

  public let check: Check
  /// Parameter, variable, line or output.
  public let quantity: String
  /// For which labels and case; `nil` where that does not apply.
  var series: Output?
  public var unit: String?
  public let figure: String
  public var value: Double?
  public var standardError: Double?
  /// What the value is compared with.
  public var reference: Double?
  /// What is striking; empty when nothing is.
  public var warning = ""
  /// What to do about it.
  public var advice = ""

  init(
    _ check: Check, _ quantity: String, series: Output? = nil, unit: String? = nil, figure: String
  ) {
    self.check = check
    self.quantity = quantity
    self.series = series
    self.unit = unit
    self.figure = figure
  }

  public var difference: Double? {
    guard let value, let reference else { return nil }
    return value - reference
  }

  /// The difference in Monte Carlo standard errors.
  public var differenceInErrors: Double? {
    guard let difference, let standardError, standardError > 0 else { return nil }
    return difference / standardError
  }

  /// The difference in percent of the reference.
  public var differenceInPercent: Double? {
    guard let difference, let reference, reference != 0 else { return nil }
    return 100 * difference / abs(reference)
  }
}
