// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `checks.csv`: one row for each figure of the model checks.
enum ChecksTable {
  static func csv(_ checks: ModelChecks, _ scenario: Scenario) -> [UInt8] {
    let series = SeriesColumns(scenario)
    var csv = CSVWriter(
      header: ["check", "quantity"] + series.header + [
        "unit", "figure", "value", "mcse", "reference", "difference", "difference_in_mcse",
        "difference_in_percent", "warning", "advice",
      ])
    for row in checks.rows {
      csv.text(row.check.rawValue)
      csv.text(row.quantity)
      if let output = row.series {
        series.write(output, to: &csv)
      } else {
        for _ in series.header { csv.empty() }
      }
      csv.text(row.unit)
      csv.text(row.figure)
      csv.number(row.value)
      csv.number(row.standardError)
      csv.number(row.reference)
      csv.number(row.difference)
      csv.number(row.differenceInErrors)
      csv.number(row.differenceInPercent)
      csv.text(row.warning)
      csv.text(row.advice)
      csv.endLine()
    }
    return csv.bytes
  }
}

extension CheckRow {
  /// One line for terminals and manifests.
  func line(_ scenario: Scenario) -> String {
    let name = series.map { SeriesColumns(scenario).name($0) } ?? quantity
    return "\(check.rawValue): \(name): \(warning). \(advice)"
  }
}
