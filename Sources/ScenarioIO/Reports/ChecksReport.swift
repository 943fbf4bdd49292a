// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the terminal shows of the model checks: outputs at base beside their means, and warnings.
enum ChecksReport {
  private static let mostOutputs = 12
  private static let mostWarnings = 12

  static func text(_ checks: ModelChecks, _ scenario: Scenario) -> String {
    var text = ""
    let base = checks.rows.filter { $0.check == .baseCase }
    if !base.isEmpty {
      let series = SeriesColumns(scenario)
      var table = TextTable(
        header: ["base case against mean", "base", "mean", "difference", "in %", "in MCSE"])
      for row in base.prefix(mostOutputs) {
        table.add([
          row.series.map { series.name($0) } ?? row.quantity, number(row.reference),
          number(row.value), number(row.difference, digits: 2),
          number(row.differenceInPercent, digits: 2), number(row.differenceInErrors, digits: 2),
        ])
      }
      text += "\n" + table.text
      if base.count > mostOutputs {
        text += "  … and \(base.count - mostOutputs) more rows in checks.csv\n"
      }
    }
    let warnings = checks.warnings
    if !warnings.isEmpty {
      text += "\n  Checks of the model (checks.csv):\n"
      for row in warnings.prefix(mostWarnings) {
        text += "  - \(Excerpt.escaped(row.line(scenario)))\n"
      }
      if warnings.count > mostWarnings {
        text += "  … and \(warnings.count - mostWarnings) more in checks.csv\n"
      }
    }
    return text
  }

  private static func number(_ value: Double?, digits: Int = 4) -> String {
    value.map { ReadableNumber.string($0, digits: digits) } ?? ""
  }
}
