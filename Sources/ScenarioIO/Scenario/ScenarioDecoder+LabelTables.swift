// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// `table:`, a table by label from a CSV file: with a row for each combination of labels, or with a
/// column for each label of one dimension.
extension ScenarioDecoder {
  private static let valueColumns = ["value", "base", "low", "high"]

  /// The table in the form that `value` has in a scenario: a mapping from labels.
  ///
  /// - Returns: `nil` when reported.
  mutating func labelTable(_ own: [String: YAMLEntry], by names: [String]) -> YAMLEntry? {
    guard let entry = own["table"] else { return nil }
    if let other = Self.ways.first(where: { own[$0] != nil }) {
      problems.report(
        entry.keyPosition, "`table` beside `\(other)`", expected: "one of the two",
        advice: "Delete one of the two.")
      return nil
    }
    guard !names.isEmpty else {
      problems.report(
        entry.keyPosition, "`table` without `by`",
        expected: "`by: dimension`, or a list of dimensions")
      return nil
    }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`table`",
        keys: .labelTable)
    else { return nil }
    if fields["file"] == nil {
      problems.report(entry.keyPosition, "`table` without `file`", expected: "`file: table.csv`")
    }
    guard let decimal = decimalSign(fields), let across = across(fields["across"], names),
      let table = table(fields),
      let columns = labelColumns(table, fields["columns"], names, across.name),
      let cells = labelledCells(table, columns, names, across.name, decimal)
    else { return nil }
    return YAMLEntry(
      key: "value", keyPosition: entry.keyPosition,
      value: Self.nested(cells[...], 0, table.source.start))
  }

  /// `across:`, the dimension whose labels are the names of columns; it may be left out.
  private mutating func across(_ entry: YAMLEntry?, _ names: [String]) -> (name: String?, Void)? {
    guard let entry else { return (nil, ()) }
    guard let name = string(entry).map({ Names.normalised($0) }) else { return nil }
    if names.contains(name) { return (name, ()) }
    problems.report(
      entry.value.position, "\(Excerpt.quoted(name)), which is not under `by`",
      expected: "one of \(names.joined(separator: ", "))",
      advice: NearestName.question(name, among: names))
    return nil
  }

  /// Which column holds the labels of which dimension, or the numbers.
  private mutating func labelColumns(
    _ table: CSVTable, _ entry: YAMLEntry?, _ names: [String], _ across: String?
  ) -> [String: Int]? {
    let wanted = names.filter { $0 != across } + (across == nil ? Self.valueColumns : [])
    var renamed: [String: YAMLEntry] = [:]
    if let entry {
      guard
        let fields = fields(entry.value, at: entry.value.position, "`columns`", names: wanted)
      else { return nil }
      renamed = fields
    }
    var columns: [String: Int] = [:]
    for key in wanted {
      let field = renamed[key]
      let isOptional = field == nil && Self.valueColumns.contains(key)
      if isOptional, !table.header.contains(key) { continue }
      guard let header = field == nil ? key : string(field),
        let column = column(header, of: table, field?.value.position ?? table.headerPosition(0))
      else { return nil }
      columns[key] = column
    }
    if across == nil, columns["value"] == nil, columns["base"] == nil {
      problems.report(
        table.headerPosition(0), "a table by label without a column `value`",
        expected: "a column `value` or `base`, or `across: \(names.last ?? "")`",
        advice: "If it has another name in the file, say so under `columns`.")
      return nil
    }
    return columns
  }

  // MARK: Cells

  private struct LabelledCell {
    /// In the order of `by`.
    var labels: [(text: String, place: SourcePosition)]
    var value: YAMLNode
  }

  private mutating func labelledCells(
    _ table: CSVTable, _ columns: [String: Int], _ names: [String], _ across: String?,
    _ decimal: DecimalSign
  ) -> [LabelledCell]? {
    var cells: [LabelledCell] = []
    var seen: Set<[String]> = []
    for row in 0..<table.rowCount {
      var labels: [String: (text: String, place: SourcePosition)] = [:]
      for name in names where name != across {
        let text = columns[name].map { trimmed(table.text(row, $0)) } ?? ""
        let place = table.position(row, columns[name] ?? 0)
        if text.isEmpty {
          problems.report(
            place, "a row without a label of `\(name)`", expected: "a label of that dimension")
          return nil
        }
        labels[name] = (Names.normalised(text), place)
      }
      let used = Set(columns.values)
      let places: [Int?] =
        across == nil ? [nil] : table.header.indices.filter { !used.contains($0) }
      for column in places {
        if let across, let column {
          labels[across] = (
            Names.normalised(trimmed(table.header[column])), table.headerPosition(column)
          )
        }
        guard let value = labelledValue(table, row, columns, column, decimal) else { return nil }
        let all = names.compactMap { labels[$0] }
        if !seen.insert(all.map(\.text)).inserted {
          problems.report(
            all[0].place,
            "\(all.map { Excerpt.quoted($0.text) }.joined(separator: ", ")) a second time",
            expected: "each once")
          return nil
        }
        cells.append(LabelledCell(labels: all, value: value.value))
      }
    }
    return cells
  }

  /// The value in a row: in one column, or in the columns for values.
  private mutating func labelledValue(
    _ table: CSVTable, _ row: Int, _ columns: [String: Int], _ column: Int?,
    _ decimal: DecimalSign
  ) -> YAMLEntry? {
    if let column {
      guard let cell = entry("value", table, row, column) else {
        problems.report(
          table.position(row, column), "an empty cell",
          expected: "a number, range or distribution")
        return nil
      }
      return plain(cell, decimal)
    }
    var cells: [String: YAMLEntry] = [:]
    for key in Self.valueColumns {
      guard let column = columns[key], let cell = entry(key, table, row, column) else { continue }
      guard let number = plain(cell, decimal) else { return nil }
      cells[key] = number
    }
    return value(cells, table.position(row, columns["value"] ?? columns["base"] ?? 0))
  }

  /// A mapping from the labels at a level, in the order in which they come, to what is below.
  private static func nested(
    _ cells: ArraySlice<LabelledCell>, _ level: Int, _ place: SourcePosition
  ) -> YAMLNode {
    if let first = cells.first, first.labels.count == level { return first.value }
    var labels: [(text: String, place: SourcePosition)] = []
    var groups: [String: [LabelledCell]] = [:]
    for cell in cells {
      let label = cell.labels[level]
      if groups[label.text] == nil { labels.append(label) }
      groups[label.text, default: []].append(cell)
    }
    let entries = labels.map { label in
      YAMLEntry(
        key: label.text, keyPosition: label.place,
        value: nested((groups[label.text] ?? [])[...], level + 1, label.place))
    }
    return YAMLNode(content: .mapping(entries), position: place)
  }
}
