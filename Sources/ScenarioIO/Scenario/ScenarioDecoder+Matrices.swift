// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// A symmetric matrix with the names of its rows, where it has them.
  struct StatedMatrix {
    var names: [String]?
    var rows: [[Double]]
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
          entry.value, at: entry.value.position, "a \(what) matrix", known: ["file", "decimal"])
      else { return nil }
      guard let path = scalar(fields["file"]) else {
        if fields["file"] == nil {
          problems.report(
            entry.keyPosition, "a \(what) matrix without `file`",
            expected: "rows of numbers, or `file: matrix.csv`")
        }
        return nil
      }
      let usesComma = decimalComma(fields["decimal"])
      return table(path).flatMap { matrix($0, path, usesComma) }
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

  /// The header names the columns; a first column without one may name the rows.
  private mutating func matrix(_ table: TextTableFile, _ path: ScalarText, _ usesComma: Bool)
    -> StatedMatrix?
  {
    let file = Excerpt.escaped(trimmed(path.text))
    let hasNames = table.rows.count == table.header.count - 1
    let names = Array(table.header.dropFirst(hasNames ? 1 : 0)).map { Names.normalised($0) }
    guard table.rows.count == names.count else {
      problems.report(
        path.start, "\(file) with \(table.rows.count) rows below \(names.count) names",
        expected: "a row for each name of the header")
      return nil
    }
    var rows: [[Double]] = []
    for (i, row) in table.rows.enumerated() {
      var cells = row.cells.map { TextTableFile.trimmed($0) }
      if hasNames {
        let name = Names.normalised(cells.removeFirst())
        if name != names[i] {
          problems.report(
            path.start, "\(file), line \(row.line): the row \(Excerpt.quoted(name))",
            expected: "\(Excerpt.quoted(names[i])), in the order of the header")
          return nil
        }
      }
      // A lower triangle leaves the cells after its diagonal empty.
      if cells[(i + 1)...].allSatisfy(\.isEmpty) { cells.removeLast(cells.count - i - 1) }
      var numbers: [Double] = []
      for cell in cells {
        let plain = usesComma ? cell.replacing(",", with: ".") : cell
        guard let value = try? Numeral.only(plain).value else {
          problems.report(
            path.start, "\(file), line \(row.line): \(Excerpt.quoted(cell))",
            expected: "a number",
            advice: cell.contains(",") ? "`decimal: comma` reads 0,5 as one half." : "")
          return nil
        }
        numbers.append(value)
      }
      rows.append(numbers)
    }
    let all = completed(rows)
    if all.contains(where: { $0.count != names.count }) {
      problems.report(
        path.start, "\(file) with empty cells", expected: "a whole matrix, or its lower triangle")
      return nil
    }
    return StatedMatrix(names: names, rows: all)
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
        place,
        own.contains(name)
          ? "two columns \(Excerpt.quoted(name)) in the matrix"
          : "a matrix without the \(kind) \(Excerpt.quoted(name))",
        expected: "a column for each", advice: NearestName.question(name, among: own))
      return nil
    }
    if let stranger = own.first(where: { !names.contains($0) }) {
      problems.report(
        place, "the column \(Excerpt.quoted(stranger)) of the matrix, which is no \(kind) here",
        expected: "one of \(Excerpt.shortened(names.joined(separator: ", ")))",
        advice: NearestName.question(stranger, among: names))
      return nil
    }
    let places = names.compactMap { own.firstIndex(of: $0) }
    return places.map { i in places.map { j in matrix.rows[i][j] } }
  }
}
