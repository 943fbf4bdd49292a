// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// `parameter_tables:`, parameters from sheets: each row is one, each column one of its keys.
extension ScenarioDecoder {
  static let mostParameterTables = 100
  /// Columns whose cells are what the same key of a parameter says.
  private static let textColumns =
    ["unit", "source", "description", "family", "range", "base_is"]
    + ["fit", "prior", "by", "each"]
  /// Columns with numbers.
  private static let numberColumns = [
    "value", "base", "low", "high", "truncate", "lower", "upper", "terms",
  ]
  static let columnKeys = ["name"] + numberColumns + textColumns

  mutating func parameterTables(_ entry: YAMLEntry?) {
    guard let entry else { return }
    if case .refused = entry.value.content {
      lacksNames = true
      return
    }
    guard case .list(let items) = entry.value.content, !items.isEmpty else {
      lacksNames = true
      let isList = if case .list = entry.value.content { true } else { false }
      problems.report(
        entry.value.position,
        "\(isList ? "an empty list" : entry.value.kind) as `parameter_tables`",
        expected: "a list of tables", advice: "Write each as `- file: table.csv`.")
      return
    }
    if items.count > Self.mostParameterTables {
      problems.report(
        entry.keyPosition, "\(items.count) tables",
        expected: "at most \(Self.mostParameterTables)")
      return
    }
    for item in items { parameterTable(item) }
  }

  private mutating func parameterTable(_ node: YAMLNode) {
    guard
      let fields = fields(node, at: node.position, "a table of parameters", keys: .parameterTable)
    else {
      lacksNames = true
      return
    }
    if fields["file"] == nil {
      problems.report(
        node.position, "a table of parameters without `file`",
        expected: "a line `file: table.csv`")
    }
    guard let decimal = decimalSign(fields), let table = table(fields, shortRows: .filled),
      let columns = sheetColumns(table, fields), let name = columns["name"]
    else {
      // Which names it would have defined is not known.
      lacksNames = true
      return
    }
    for row in 0..<table.rowCount {
      guard let name = entry("name", table, row, name), case .text(let text) = name.value.content
      else {
        problems.report(
          table.position(row, name), "a row without a name",
          expected: "a name in the column \(Excerpt.quoted(table.header[name]))",
          advice: "Delete the row if it is no parameter.")
        lacksNames = true
        continue
      }
      let entries = rowEntries(table, row, columns, decimal)
      let place = name.keyPosition
      let whole = YAMLEntry(
        key: trimmed(text.text), keyPosition: place,
        value: YAMLNode(content: entries.map { .mapping($0) } ?? .refused, position: place))
      if entries == nil {
        // So that formulas that use it are not refused for the same fault.
        if let name = declare(whole, .parameter, nil) { faultyParameters.insert(name) }
      } else {
        parameter(whole)
      }
    }
  }

  /// What the cells of a row say of its parameter; `nil` when reported.
  private mutating func rowEntries(
    _ table: CSVTable, _ row: Int, _ columns: [String: Int], _ decimal: DecimalSign
  ) -> [YAMLEntry]? {
    var cells: [String: YAMLEntry] = [:]
    for key in Self.columnKeys {
      guard let column = columns[key], let cell = entry(key, table, row, column) else { continue }
      if Self.numberColumns.contains(key) {
        guard let cell = plain(cell, decimal) else { return nil }
        cells[key] = cell
      } else {
        cells[key] = cell
      }
    }
    let place = columns["value"] ?? columns["base"] ?? 0
    guard let value = value(cells, table.position(row, place)) else { return nil }
    var entries = [value]
    for key in Self.textColumns + ["lower", "upper", "terms"] {
      if let cell = cells[key] { entries.append(cell) }
    }
    if let cell = cells["truncate"] { entries.append(limits(cell)) }
    return entries
  }

  /// `[0, none]` or `0 to none` in a cell as a list.
  private func limits(_ entry: YAMLEntry) -> YAMLEntry {
    guard case .text(let scalar) = entry.value.content else { return entry }
    var text = trimmed(scalar.text)[...]
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    let sign = text.contains(",") ? "," : " to "
    let items = text.split(separator: sign, omittingEmptySubsequences: false).map { part in
      YAMLNode(
        content: .text(
          ScalarText(
            text: trimmed(String(part)), style: .pieces([]), start: scalar.start,
            source: scalar.source)), position: scalar.start)
    }
    return YAMLEntry(
      key: entry.key, keyPosition: entry.keyPosition,
      value: YAMLNode(content: .list(items), position: scalar.start))
  }

  // MARK: Columns

  /// Which column holds which key; `nil` when reported.
  private mutating func sheetColumns(_ table: CSVTable, _ fields: [String: YAMLEntry])
    -> [String: Int]?
  {
    var columns: [String: Int] = [:]
    guard let ignored = ignoredColumns(table, fields["ignore"]),
      renamedColumns(table, fields["columns"], into: &columns)
    else { return nil }
    var isGood = true
    for (column, header) in table.header.enumerated()
    where !ignored.contains(column) && !columns.values.contains(column) {
      let key = header.lowercased().replacing(" ", with: "_")
      if header.isEmpty {
        guard let row = (0..<table.rowCount).first(where: { !table.text($0, column).isEmpty })
        else { continue }
        problems.report(
          table.position(row, column), "a cell in a column without a name",
          expected: "a name for the column in the first line")
        isGood = false
      } else if Self.columnKeys.contains(key), columns[key] == nil {
        columns[key] = column
      } else {
        isGood = false
        problems.report(
          table.headerPosition(column),
          columns[key] == nil
            ? "the unknown column \(Excerpt.quoted(header))"
            : "a second column for `\(key)`, \(Excerpt.quoted(header))",
          expected: "one of \(Self.columnKeys.joined(separator: ", "))",
          advice: question(header)
            + "Say which it is under `columns`, or list it under `ignore`.")
      }
    }
    for (key, other) in [("name", nil), ("value", "base")] as [(String, String?)]
    where isGood && columns[key] == nil && other.flatMap({ columns[$0] }) == nil {
      isGood = false
      problems.report(
        table.headerPosition(0), "a table without a column `\(key)`",
        expected: other.map { "a column `\(key)` or `\($0)`" } ?? "a column `\(key)`",
        advice: "If it has another name in the file, say so under `columns`.")
    }
    return isGood ? columns : nil
  }

  private func question(_ header: String) -> String {
    let text = NearestName.question(header, among: Self.columnKeys)
    return text.isEmpty ? "" : text + " "
  }

  /// `columns:`, a mapping of key to header.
  private mutating func renamedColumns(
    _ table: CSVTable, _ entry: YAMLEntry?, into columns: inout [String: Int]
  ) -> Bool {
    guard let entry else { return true }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`columns`", keys: .sheetColumns)
    else { return false }
    for key in Self.columnKeys {
      guard let field = fields[key] else { continue }
      guard let header = string(field), let column = column(header, of: table, field.value.position)
      else { return false }
      if let other = columns.first(where: { $0.value == column })?.key {
        problems.report(
          field.value.position, "the column \(Excerpt.quoted(header)) for `\(other)` and `\(key)`",
          expected: "a column for each")
        return false
      }
      columns[key] = column
    }
    return true
  }

  /// `ignore:`, a list of headers.
  private mutating func ignoredColumns(_ table: CSVTable, _ entry: YAMLEntry?) -> Set<Int>? {
    guard let entry else { return [] }
    if case .refused = entry.value.content { return nil }
    guard case .list(let items) = entry.value.content else {
      problems.report(
        entry.value.position, "\(entry.value.kind) as `ignore`",
        expected: "a list of columns, such as [Remark, Page]")
      return nil
    }
    var ignored: Set<Int> = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        problems.report(item.position, "\(item.kind) as a column", expected: "its name")
        return nil
      }
      guard let column = column(trimmed(scalar.text), of: table, scalar.start) else { return nil }
      ignored.insert(column)
    }
    return ignored
  }
}
