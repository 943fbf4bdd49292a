// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// A table of data whose rows are drawn together.
public struct ScenarioRows: Sendable {
  public let name: String
  public let file: String
  public let draw: RowTable.Draw
  /// Rows used, and rows of the file.
  public let rowCount: Int
  public let fileRowCount: Int
  public let columns: [Column]
  /// Dimensions for whose labels rows are drawn anew.
  public let each: [String]
  public let position: SourcePosition

  public struct Column: Sendable {
    public let name: String
    public let unit: String?
  }
}

extension ScenarioDecoder {
  /// An entry of `rows:`.
  mutating func rows(_ entry: YAMLEntry) {
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "the rows",
        keys: .rows)
    else {
      lacksNames = true
      return
    }
    let draw: RowTable.Draw? = choice(fields["draw"], "a way to draw rows")
    if fields["draw"] == nil {
      problems.report(
        entry.keyPosition, "rows without `draw`", expected: "draw: one or draw: bootstrap",
        advice: "`one` is a new unit like those of the table; `bootstrap` draws as many rows as "
          + "there are, for the uncertainty of totals and means over them.")
    }
    let missing: MissingCells = choice(fields["missing"], "a rule for missing cells") ?? .refuse
    if fields["file"] == nil {
      problems.report(
        entry.keyPosition, "rows without `file`", expected: "a line `file: table.csv`")
    }
    _ = (string(fields["source"]), string(fields["description"]))
    let each = dimensionNames(fields["each"])
    let decimal = decimalSign(fields)
    guard let table = table(fields), let decimal, let path = string(fields["file"]),
      let columns = columns(fields["columns"], entry, table)
    else {
      refuse(entry, columns: fields["columns"])
      return
    }
    guard let values = numbers(table, columns.map(\.place), missing, decimal), let draw, let each,
      let name = declare(entry, draw == .bootstrap ? .dimension : .rows, nil)
    else {
      refuse(entry, columns: fields["columns"])
      return
    }
    if draw == .bootstrap {
      dimensions.append(
        Dimension(name: name, labels: (1...values.count).map { "\($0)" }))
    }
    var named: [RowTable.Column] = []
    for (index, column) in columns.enumerated() {
      guard let own = declare(column.entry, .parameter, nil) else { return }
      named.append(RowTable.Column(name: own, values: values.map { $0[index] }))
    }
    self.rows.append(RowTable(name: name, draw: draw, columns: named, each: each))
    rowSets.append(
      ScenarioRows(
        name: name, file: path, draw: draw, rowCount: values.count,
        fileRowCount: table.rowCount,
        columns: zip(named, columns).map { .init(name: $0.name, unit: $1.unit) },
        each: each, position: entry.keyPosition))
  }

  /// So that formulas that use the columns of a faulty table, or its rows, are not refused for the same
  /// fault.
  private mutating func refuse(_ rows: YAMLEntry, columns field: YAMLEntry?) {
    refusedDimensions.insert(Names.normalised(rows.key))
    guard case .mapping(let entries) = field?.value.content else {
      lacksNames = true
      return
    }
    for entry in entries {
      if let name = declare(entry, .parameter, nil) { faultyParameters.insert(name) }
    }
  }

  enum MissingCells: String, CaseIterable {
    /// An empty cell is an error.
    case refuse
    /// Rows with an empty cell in a used column are left out.
    case complete
  }

  private struct ColumnChoice {
    let place: Int
    let unit: String?
    let entry: YAMLEntry
  }

  private mutating func columns(
    _ field: YAMLEntry?, _ entry: YAMLEntry, _ table: CSVTable
  ) -> [ColumnChoice]? {
    guard let field, case .mapping(let entries) = field.value.content, !entries.isEmpty else {
      problems.report(
        field?.value.position ?? entry.keyPosition, "rows without columns",
        expected: "`columns:` with lines `name of the column: unit`")
      return nil
    }
    var choices: [ColumnChoice] = []
    for item in entries {
      guard let place = column(item.key, of: table, item.keyPosition) else { return nil }
      let unit: String? = if case .empty = item.value.content { nil } else { unit(item) }
      choices.append(ColumnChoice(place: place, unit: unit, entry: item))
    }
    return choices
  }

  /// The numbers of some columns, row by row.
  private mutating func numbers(
    _ table: CSVTable, _ columns: [Int], _ missing: MissingCells, _ decimal: DecimalSign
  ) -> [[Double]]? {
    var result: [[Double]] = []
    for row in 0..<table.rowCount {
      if let empty = columns.first(where: { CSVTable.isMissing(table.text(row, $0)) }) {
        if missing == .complete { continue }
        let text = table.text(row, empty)
        problems.report(
          table.position(row, empty), text.isEmpty ? "an empty cell" : "`\(text)`, no value",
          expected: "a number",
          advice: "`missing: complete` leaves rows with empty cells out.")
        return nil
      }
      do throws(TableProblem) {
        var values: [Double] = []
        for column in columns { values.append(try table.number(row, column, decimal)) }
        result.append(values)
      } catch {
        report(error)
        return nil
      }
    }
    if result.isEmpty {
      problems.report(
        table.source.start, "a table without a complete row", expected: "at least one")
      return nil
    }
    return result
  }
}
