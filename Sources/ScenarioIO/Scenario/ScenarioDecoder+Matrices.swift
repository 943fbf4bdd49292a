// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// A symmetric matrix with the names of its rows, where it has them.
  struct StatedMatrix {
    var names: [String]?
    var rows: [[Double]]
    /// Where a file has it, and how many columns stand before its own.
    var table: (cells: CSVTable, first: Int)?

    /// Of a name in the header; `nil` without one.
    func headerPosition(_ name: String, last: Bool = false) -> SourcePosition? {
      guard let table, let own = names,
        let column = last ? own.lastIndex(of: name) : own.firstIndex(of: name)
      else { return nil }
      return table.cells.headerPosition(table.first + column)
    }

    /// Of the number for two names: the one below the diagonal, or the one above where that alone is `value`.
    func position(_ a: String, _ b: String, value: Double? = nil) -> SourcePosition? {
      guard let table, let i = names?.firstIndex(of: a), let j = names?.firstIndex(of: b) else {
        return nil
      }
      let (low, high) = (min(i, j), max(i, j))
      let isAbove = value.map { rows[low][high] == $0 && rows[high][low] != $0 } ?? false
      return isAbove
        ? table.cells.position(low, table.first + high)
        : table.cells.position(high, table.first + low)
    }
  }

  /// Rows of numbers, or a file with a header: whole, or its lower triangle with the diagonal.
  ///
  /// - Parameter what: for messages, as `correlation`.
  mutating func matrix(_ entry: YAMLEntry, _ what: String) -> StatedMatrix? {
    switch entry.value.content {
    case .list(let rows):
      var numbers: [[Double]] = []
      for row in rows {
        guard let cells = matrixRow(row, what, of: rows.count) else { return nil }
        numbers.append(cells)
      }
      return StatedMatrix(rows: completed(numbers))
    case .mapping:
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "a \(what) matrix", keys: .matrix)
      else { return nil }
      if fields["file"] == nil {
        problems.report(
          entry.keyPosition, "a \(what) matrix without `file`",
          expected: "rows of numbers, or `file: matrix.csv`")
      }
      guard let decimal = decimalSign(fields), let table = table(fields, shortRows: .filled) else {
        return nil
      }
      do throws(TableProblem) {
        return try matrix(table, decimal)
      } catch {
        report(error)
        return nil
      }
    case .refused: return nil
    default:
      problems.report(
        entry.value.position, "\(entry.value.kind) as a \(what) matrix",
        expected: "rows of numbers such as [1, 0.3], or `file: matrix.csv`")
      return nil
    }
  }

  private mutating func matrixRow(_ row: YAMLNode, _ what: String, of count: Int) -> [Double]? {
    guard case .list(let cells) = row.content else {
      if case .refused = row.content { return nil }
      problems.report(
        row.position, "\(row.kind) in a \(what) matrix",
        expected: "a row of \(count) numbers, such as [1, 0.3]")
      return nil
    }
    var numbers: [Double] = []
    for cell in cells {
      guard case .text(let scalar) = cell.content else {
        if case .refused = cell.content { return nil }
        problems.report(cell.position, "\(cell.kind) in a \(what) matrix", expected: "a number")
        return nil
      }
      guard let value = number(scalar)?.value else { return nil }
      numbers.append(value)
    }
    return numbers
  }

  /// Rows that end at the diagonal are mirrored.
  private func completed(_ rows: [[Double]]) -> [[Double]] {
    guard rows.indices.allSatisfy({ rows[$0].count == $0 + 1 }), rows.count > 1 else { return rows }
    return rows.indices.map { i in
      rows.indices.map { j in j <= i ? rows[i][j] : rows[j][i] }
    }
  }

  /// The header names the columns; a first column without a name may name the rows.
  private func matrix(_ table: CSVTable, _ decimal: DecimalSign) throws(TableProblem)
    -> StatedMatrix
  {
    let isNumber = (try? table.number(0, 0, decimal)) != nil
    let first = table.rowCount == table.header.count - 1 && !isNumber ? 1 : 0
    let names = table.header.dropFirst(first).map { Names.normalised($0) }
    guard table.rowCount == names.count else {
      throw TableProblem(
        table.source.start,
        "\(ReadableNumber.count(table.rowCount, "row")) below \(ReadableNumber.count(names.count, "name"))",
        expected: "a row for each name of the header")
    }
    var rows: [[Double]] = []
    for row in names.indices {
      if first == 1, Names.normalised(table.text(row, 0)) != names[row] {
        throw TableProblem(
          table.position(row, 0), "the row \(Excerpt.quoted(table.text(row, 0)))",
          expected: "\(Excerpt.quoted(names[row])), in the order of the header")
      }
      // A lower triangle leaves the cells after its diagonal empty.
      let isTriangle = names.indices.dropFirst(row + 1).allSatisfy {
        table.text(row, first + $0).isEmpty
      }
      var numbers: [Double] = []
      for column in 0..<(isTriangle ? row + 1 : names.count) {
        numbers.append(try table.number(row, first + column, decimal))
      }
      rows.append(numbers)
    }
    let all = completed(rows)
    if let row = all.firstIndex(where: { $0.count != names.count }) {
      throw TableProblem(
        table.position(row, first + all[row].count), "a row with empty cells",
        expected: "a whole matrix, or its lower triangle")
    }
    return StatedMatrix(names: names, rows: all, table: (table, first))
  }

  /// The matrix with its rows and columns in the order of `names`.
  ///
  /// - Parameter kind: what the names are, as `parameter`.
  mutating func ordered(
    _ matrix: StatedMatrix, as names: [String], _ kind: String, _ place: SourcePosition
  ) -> [[Double]]? {
    guard let own = matrix.names else { return matrix.rows }
    for name in names where own.filter({ $0 == name }).count != 1 {
      problems.report(
        own.contains(name)
          ? matrix.headerPosition(name, last: true) ?? place
          : matrix.table.map { $0.cells.headerPosition($0.first) } ?? place,
        own.contains(name)
          ? "two columns \(Excerpt.quoted(name)) in the matrix"
          : "a matrix without the \(kind) \(Excerpt.quoted(name))",
        expected: "a column for each", advice: NearestName.question(name, among: own))
      return nil
    }
    if let stranger = own.first(where: { !names.contains($0) }) {
      problems.report(
        matrix.headerPosition(stranger) ?? place,
        "the column \(Excerpt.quoted(stranger)) of the matrix, which is no \(kind) here",
        expected: "one of \(Excerpt.shortened(names.joined(separator: ", ")))",
        advice: NearestName.question(stranger, among: names))
      return nil
    }
    let places = names.compactMap { own.firstIndex(of: $0) }
    return places.map { i in places.map { j in matrix.rows[i][j] } }
  }
}
