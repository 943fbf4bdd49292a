// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What observed values become.
enum DataForm: String, CaseIterable {
  /// Each value as likely as any other.
  case empirical
  /// The same with a normal around each.
  case smoothed
}

extension ScenarioDecoder {
  /// `data:`, one column of a CSV file.
  mutating func data(_ entry: YAMLEntry, _ choices: RangeChoices) -> Fit? {
    guard refuseIdle(choices, "`data`"),
      let fields = fields(
        entry.value, at: entry.value.position, "`data`",
        keys: .data)
    else { return nil }
    for key in ["file", "column", "as"] where fields[key] == nil {
      problems.report(
        entry.keyPosition, "`data` without `\(key)`",
        expected: key == "as" ? "`as: empirical` or `as: smoothed`" : "a line `\(key): …`")
    }
    let form: DataForm? = choice(fields["as"], "a use of data")
    guard let column = string(fields["column"]), let table = table(fields), let form,
      let decimal = decimalSign(fields),
      let values = numbers(table, column, decimal, fields["column"])
    else { return nil }
    guard
      let law = made(
        at: entry.value.position,
        { () throws(DistributionError) in
          switch form {
          case .empirical: try Empirical(values: values)
          case .smoothed: try SmoothedEmpirical(values: values)
          }
        })
    else { return nil }
    return Fit(
      text:
        "\(values.count) values of \(column) in \(string(fields["file"]) ?? ""), \(form.rawValue)",
      distribution: law)
  }

  /// The numbers of a column.
  private mutating func numbers(
    _ table: CSVTable, _ name: String, _ decimal: DecimalSign, _ place: YAMLEntry?
  ) -> [Double]? {
    guard let column = column(name, of: table, place?.value.position) else { return nil }
    var values: [Double] = []
    values.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let text = table.text(row, column)
      if CSVTable.isMissing(text) {
        problems.report(
          table.position(row, column), text.isEmpty ? "an empty cell" : "`\(text)`, no value",
          expected: "a number",
          advice: "Delete the row, and say in `description` what is missing.")
        return nil
      }
      do throws(TableProblem) {
        values.append(try table.number(row, column, decimal))
      } catch {
        report(error)
        return nil
      }
    }
    return values
  }
}
