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
        known: ["file", "columns", "draw", "missing", "decimal", "source", "description"])
    else { return }
    let draw: RowTable.Draw? = choice(fields["draw"], "a way to draw rows")
    if fields["draw"] == nil {
      problems.report(
        entry.keyPosition, "rows without `draw`", expected: "draw: one or draw: bootstrap",
        advice: "`one` is a new unit like those of the table; `bootstrap` draws as many rows as "
          + "there are, for the uncertainty of totals and means over them.")
    }
    let missing: MissingCells = choice(fields["missing"], "a rule for missing cells") ?? .refuse
    let usesComma = decimalComma(fields["decimal"])
    guard let pathText = scalar(fields["file"]), let table = table(pathText) else {
      if fields["file"] == nil {
        problems.report(
          entry.keyPosition, "rows without `file`", expected: "a line `file: table.csv`")
      }
      return
    }
    guard let columns = columns(fields["columns"], entry, table, trimmed(pathText.text)) else {
      return
    }
    guard
      let values = numbers(table, columns.map(\.place), missing, usesComma, pathText), let draw,
      let name = declare(entry, draw == .bootstrap ? .dimension : .rows, nil)
    else {
      // So that formulas that use the columns are not refused for the same fault.
      for column in columns { _ = declare(column.entry, .parameter, nil) }
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
    self.rows.append(RowTable(name: name, draw: draw, columns: named))
    rowSets.append(
      ScenarioRows(
        name: name, file: trimmed(pathText.text), draw: draw, rowCount: values.count,
        fileRowCount: table.rows.count,
        columns: zip(named, columns).map { .init(name: $0.name, unit: $1.unit) },
        position: entry.keyPosition))
  }

  enum MissingCells: String, CaseIterable {
    /// An empty cell is an error.
    case refuse
    /// Rows with an empty cell in a used column are left out.
    case complete
  }

  /// The table in a file beside the scenario; problems are reported.
  mutating func table(_ path: ScalarText) -> TextTableFile? {
    let name = trimmed(path.text)
    let file: InputFile
    do throws(InputFileReader.Problem) {
      file = try InputFileReader.read(name, beside: self.file)
    } catch {
      problems.report(path.start, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
    if !inputs.contains(file) { inputs.append(file) }
    do throws(TextTableFile.Problem) {
      return try TextTableFile(file)
    } catch {
      problems.report(
        path.start, "\(Excerpt.escaped(name)), line \(error.line): \(error.found)",
        expected: error.expected)
      return nil
    }
  }

  mutating func decimalComma(_ entry: YAMLEntry?) -> Bool {
    guard let scalar = scalar(entry) else { return false }
    switch trimmed(scalar.text) {
    case ",", "comma": return true
    case ".", "point": return false
    default:
      problems.report(
        scalar.start, "\(Excerpt.quoted(scalar.text)) as a decimal sign",
        expected: "`comma` or `point`")
      return false
    }
  }

  private struct ColumnChoice {
    let place: Int
    let unit: String?
    let entry: YAMLEntry
  }

  private mutating func columns(
    _ field: YAMLEntry?, _ entry: YAMLEntry, _ table: TextTableFile, _ path: String
  ) -> [ColumnChoice]? {
    guard let field, case .mapping(let entries) = field.value.content, !entries.isEmpty else {
      problems.report(
        field?.value.position ?? entry.keyPosition, "rows without columns",
        expected: "`columns:` with lines `name of the column: unit`")
      return nil
    }
    var choices: [ColumnChoice] = []
    for item in entries {
      guard let place = table.column(item.key) else {
        problems.report(
          item.keyPosition, "the column \(Excerpt.quoted(item.key)), which \(path) does not have",
          expected: "one of \(Excerpt.shortened(table.header.joined(separator: ", ")))",
          advice: NearestName.question(item.key, among: table.header))
        return nil
      }
      let unit: String? = if case .empty = item.value.content { nil } else { unit(item) }
      choices.append(ColumnChoice(place: place, unit: unit, entry: item))
    }
    return choices
  }

  /// The numbers of some columns, row by row.
  private mutating func numbers(
    _ table: TextTableFile, _ places: [Int], _ missing: MissingCells, _ usesComma: Bool,
    _ path: ScalarText
  ) -> [[Double]]? {
    var result: [[Double]] = []
    let name = Excerpt.escaped(trimmed(path.text))
    for row in table.rows {
      let texts = places.map { TextTableFile.trimmed(row.cells[$0]) }
      if texts.contains(where: Self.isMissing) {
        if missing == .complete { continue }
        problems.report(
          path.start, "\(name), line \(row.line): an empty cell", expected: "a number",
          advice: "`missing: complete` leaves rows with empty cells out.")
        return nil
      }
      var values: [Double] = []
      for text in texts {
        let plain = usesComma ? text.replacing(",", with: ".") : text
        guard let numeral = try? Numeral.only(plain), numeral.value.isFinite else {
          problems.report(
            path.start, "\(name), line \(row.line): \(Excerpt.quoted(text))",
            expected: "a number",
            advice: usesComma ? "" : "`decimal: comma` reads 0,5 as one half.")
          return nil
        }
        values.append(numeral.value)
      }
      result.append(values)
    }
    if result.isEmpty {
      problems.report(path.start, "\(name) without a complete row", expected: "at least one")
      return nil
    }
    return result
  }

  static func isMissing(_ text: String) -> Bool {
    ["", "-", "–", "NA", "N/A", "."].contains(text)
  }
}
