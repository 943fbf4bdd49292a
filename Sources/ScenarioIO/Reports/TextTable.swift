// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A table for the terminal: first column to the left, numbers to the right.
struct TextTable {
  private var rows: [[String]]
  private let leftColumns: Set<Int>

  init(header: [String], leftColumns: Set<Int> = [0]) {
    rows = [header]
    self.leftColumns = leftColumns
  }

  mutating func add(_ row: [String]) { rows.append(row.map { Excerpt.escaped($0) }) }

  /// The lines of the table, each indented by two spaces.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return leftColumns.contains(column) ? cell + padding : padding + cell
      }
      var line = "  " + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n") + "\n"
  }
}
