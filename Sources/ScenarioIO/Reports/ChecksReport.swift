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
      let lines = lines(warnings, scenario)
      for line in lines.prefix(mostWarnings) { text += "  - \(Excerpt.escaped(line))\n" }
      if lines.count > mostWarnings {
        text += "  … and \(lines.count - mostWarnings) more in checks.csv\n"
      }
    }
    return text
  }

  /// One line for each warning; what is said of several rows in a row of a check is said once.
  private static func lines(_ warnings: [CheckRow], _ scenario: Scenario) -> [String] {
    var groups: [[CheckRow]] = []
    for row in warnings {
      if let last = groups.last?.last, last.check == row.check, last.warning == row.warning {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
    return groups.map { group in
      let line = group[0].line(scenario)
      if group.count == 1 { return line }
      var names: [String] = []
      for row in group where !names.contains(row.quantity) { names.append(row.quantity) }
      let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
      return "\(group[0].check.rawValue): \(group.count) rows of \(shown): \(group[0].warning). "
        + group[0].advice
    }
  }

  private static func number(_ value: Double?, digits: Int = 4) -> String {
    value.map { ReadableNumber.string($0, digits: digits) } ?? ""
  }
}
