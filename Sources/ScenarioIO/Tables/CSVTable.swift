// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A CSV file as a header and rows of cells, each with its place in the file.
///
/// RFC 4180 with comma, semicolon or tab: cells in quotation marks may hold separators, line breaks and
/// doubled quotation marks; spaces around a cell don't count. As spreadsheets write them, a byte order
/// mark, rows without content and columns without header or content are passed over.
struct CSVTable: Sendable {
  static let largestFile = 64_000_000
  static let mostRows = 1_000_000
  static let mostColumns = 2_000
  static let mostCells = 10_000_000

  /// What rows with fewer cells than the header mean.
  enum ShortRows {
    case refused
    /// What is missing at their end is empty.
    case filled
  }

  let source: SourceText
  private let cells: CSVCells
  /// Of the first row with content.
  private let headerRow: Int
  /// Of the other rows with content, among `cells`.
  private let rowIndices: [Int]
  /// Names of the columns, from the first row with content.
  let header: [String]

  var rowCount: Int { rowIndices.count }

  /// - Parameter source: text in UTF-8 without control characters.
  init(
    _ source: SourceText, separator: CellSeparator? = nil, shortRows: ShortRows = .refused
  ) throws(TableProblem) {
    self.source = source
    let sign = if let separator { separator } else { try Self.separator(of: source) }
    cells = try CSVCells(source, separator: sign.byte)
    var rows: [Int] = []
    for row in 0..<cells.rowCount where cells[row].contains(where: { !$0.isEmpty }) {
      rows.append(row)
    }
    guard let first = rows.first else {
      throw TableProblem(
        source.start, "a table without content", expected: "a header and rows below it")
    }
    headerRow = first
    rows.removeFirst()
    rowIndices = rows
    let width = (cells[first].lastIndex { !$0.isEmpty } ?? 0) - cells[first].startIndex + 1
    header = cells[first].prefix(width).map { $0.text(in: source) }
    try checkWidths(shortRows)
    if rows.isEmpty {
      throw TableProblem(source.start, "a header without rows", expected: "at least one row")
    }
  }

  private func checkWidths(_ shortRows: ShortRows) throws(TableProblem) {
    for index in rowIndices {
      let row = cells[index]
      let isLong = row.dropFirst(header.count).contains { !$0.isEmpty }
      guard isLong || (shortRows == .refused && row.count < header.count) else { continue }
      let place = row.first?.start ?? 0
      throw TableProblem(
        source.position(of: place), "a row of \(row.count) cell\(row.count == 1 ? "" : "s")",
        expected: "\(header.count), as in the header")
    }
  }

  // MARK: Cells

  func text(_ row: Int, _ column: Int) -> String {
    cell(row, column)?.text(in: source) ?? ""
  }

  /// Where a cell begins; beyond the end of a short row, where the row ends.
  func position(_ row: Int, _ column: Int) -> SourcePosition {
    let place = cell(row, column)?.start ?? cells[rowIndices[row]].last?.end ?? 0
    return source.position(of: place)
  }

  func headerPosition(_ column: Int) -> SourcePosition {
    let row = cells[headerRow]
    return source.position(of: row[row.startIndex + column].start)
  }

  /// A cell as the text of a scenario, with the way back to its place.
  func scalar(_ row: Int, _ column: Int) -> ScalarText {
    let isQuoted = cell(row, column)?.isQuoted == true
    return ScalarText(
      text: text(row, column), style: isQuoted ? .tableQuoted : .plain,
      start: position(row, column), source: source)
  }

  private func cell(_ row: Int, _ column: Int) -> CSVCells.Cell? {
    let cells = cells[rowIndices[row]]
    let place = cells.startIndex + column
    return cells.indices.contains(place) ? cells[place] : nil
  }

  // MARK: Separator

  /// Told by the first line with content, where it has one of the signs alone.
  private static func separator(of source: SourceText) throws(TableProblem) -> CellSeparator {
    var found: Set<CellSeparator> = []
    var isQuoted = false
    var hasContent = false
    var line = 0
    for (offset, byte) in source.bytes.enumerated() {
      if byte == Byte.doubleQuote { isQuoted.toggle() }
      if isQuoted { continue }
      if Byte.isBreak(byte) {
        if hasContent { break }
        found = []
        line = offset + 1
      } else if let sign = CellSeparator.allCases.first(where: { $0.byte == byte }) {
        found.insert(sign)
      } else if !Byte.isBlank(byte) {
        hasContent = true
      }
    }
    if found.count > 1 {
      let names = CellSeparator.allCases.filter(found.contains).map { "\($0.rawValue)s" }
      throw TableProblem(
        source.position(of: line), "a header with \(names.joined(separator: " and "))",
        expected: "one kind of separator",
        advice: "Say `separator: semicolon`, `comma` or `tab` beside `file`.")
    }
    return found.first ?? .comma
  }
}

/// What is wrong with a table, at a place in its file.
struct TableProblem: Error {
  let position: SourcePosition
  let found: String
  let expected: String
  let advice: String

  init(_ position: SourcePosition, _ found: String, expected: String, advice: String = "") {
    self.position = position
    self.found = found
    self.expected = expected
    self.advice = advice
  }
}
