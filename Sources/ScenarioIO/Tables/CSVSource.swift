// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A CSV text taken apart, with the place of every cell.
///
/// RFC 4180 with comma or semicolon: cells in quotation marks may hold separators, line breaks and
/// doubled quotation marks. Blank lines are passed over.
struct CSVSource {
  struct Cell {
    let text: String
    let position: SourcePosition
  }

  struct Problem: Error {
    let position: SourcePosition
    let found: String
    let expected: String
  }

  static let mostRows = 200_000
  static let mostColumns = 2_000

  private(set) var rows: [[Cell]] = []

  init(_ text: String, separator: Unicode.Scalar) throws(Problem) {
    var reader = Reader(text: text, separator: separator)
    while let row = try reader.row() {
      if row.count == 1, row[0].text.isEmpty { continue }
      if row.count > Self.mostColumns {
        throw Problem(
          position: row[0].position, found: "a row of \(row.count) cells",
          expected: "at most \(Self.mostColumns)")
      }
      if rows.count > Self.mostRows {
        throw Problem(
          position: row[0].position, found: "more than \(Self.mostRows) rows", expected: "fewer")
      }
      if let header = rows.first, header.count != row.count {
        throw Problem(
          position: row[0].position,
          found: "a row of \(row.count) cell\(row.count == 1 ? "" : "s")",
          expected: "\(header.count), as in the header")
      }
      rows.append(row)
    }
  }

  private struct Reader {
    private let scalars: [Unicode.Scalar]
    private let separator: Unicode.Scalar
    private var index = 0
    private var line = 1
    private var column = 1

    init(text: String, separator: Unicode.Scalar) {
      scalars = Array(text.unicodeScalars)
      self.separator = separator
      if scalars.first == "\u{FEFF}" { index = 1 }
    }

    private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
    private var place: SourcePosition { SourcePosition(line: line, column: column) }

    private mutating func advance() {
      let isBreak =
        scalars[index] == "\n"
        || (scalars[index] == "\r" && (index + 1 >= scalars.count || scalars[index + 1] != "\n"))
      index += 1
      if isBreak {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }

    private var isAtBreak: Bool { current == "\n" || current == "\r" }

    mutating func row() throws(Problem) -> [Cell]? {
      guard current != nil else { return nil }
      var cells: [Cell] = []
      while true {
        cells.append(try cell())
        if current == separator {
          advance()
          continue
        }
        if current == "\r" { advance() }
        if current == "\n" { advance() }
        return cells
      }
    }

    private mutating func cell() throws(Problem) -> Cell {
      while current == " " || (current == "\t" && separator != "\t") { advance() }
      let start = place
      var text = String.UnicodeScalarView()
      guard current == "\"" else {
        while let scalar = current, scalar != separator, !isAtBreak {
          text.append(scalar)
          advance()
        }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return Cell(text: String(text), position: start)
      }
      advance()
      while true {
        guard let scalar = current else {
          throw Problem(
            position: start, found: "a quotation mark that is never closed",
            expected: "a second one at the end of the cell")
        }
        advance()
        if scalar != "\"" {
          text.append(scalar)
        } else if current == "\"" {
          text.append(scalar)
          advance()
        } else {
          break
        }
      }
      while current == " " { advance() }
      if current != nil, current != separator, !isAtBreak {
        throw Problem(
          position: place, found: "text after a closed quotation mark",
          expected: "a separator or the end of the line")
      }
      return Cell(text: String(text), position: start)
    }
  }
}
