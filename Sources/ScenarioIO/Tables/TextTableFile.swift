// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A CSV file as a table of texts with the line of each row.
///
/// Comma, semicolon or tab between cells: the one that the header holds most. Quotes as in RFC 4180.
struct TextTableFile: Sendable {
  struct Row: Sendable {
    let line: Int
    let cells: [String]
  }

  static let mostRows = 1_000_000

  let header: [String]
  let rows: [Row]

  struct Problem: Error {
    let line: Int
    let found: String
    let expected: String
  }

  init(_ file: InputFile) throws(Problem) {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw Problem(line: 1, found: "bytes that are not UTF-8", expected: "a text in UTF-8")
    }
    let clean = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    let first = clean.prefix { !$0.isNewline }
    let separator = Self.separator(first)
    var rows = try Self.rows(clean, separator)
    guard let header = rows.first, !header.cells.allSatisfy(\.isEmpty) else {
      throw Problem(
        line: 1, found: "no header", expected: "a first line with the names of the columns")
    }
    rows.removeFirst()
    self.header = header.cells.map(Self.trimmed)
    self.rows = rows.filter { row in !row.cells.allSatisfy { Self.trimmed($0).isEmpty } }
    for row in self.rows where row.cells.count != header.cells.count {
      throw Problem(
        line: row.line, found: "\(row.cells.count) cells",
        expected: "\(header.cells.count), as in the header")
    }
    if self.rows.isEmpty {
      throw Problem(line: 1, found: "a header without rows", expected: "at least one row")
    }
  }

  func column(_ name: String) -> Int? { header.firstIndex(of: name) }

  private static func separator(_ header: Substring) -> Character {
    let counts: [(Character, Int)] = [";", "\t", ","].map { sign in
      (sign, header.count { $0 == sign })
    }
    return counts.max { $0.1 < $1.1 }?.0 ?? ","
  }

  private static func rows(_ text: String, _ separator: Character) throws(Problem) -> [Row] {
    var rows: [Row] = []
    var cells: [String] = []
    var cell = ""
    var line = 1
    var start = 1
    var isQuoted = false
    var wasQuoted = false
    var characters = text.makeIterator()
    var next = characters.next()
    func isEnd(_ character: Character) -> Bool { character == "\n" || character == "\r\n" }
    while let character = next {
      next = characters.next()
      if isQuoted {
        if character == "\"" {
          if next == "\"" {
            cell.append("\"")
            next = characters.next()
          } else {
            isQuoted = false
          }
        } else {
          if isEnd(character) { line += 1 }
          cell.append(character)
        }
      } else if character == "\"", Self.trimmed(cell).isEmpty, !wasQuoted {
        isQuoted = true
        wasQuoted = true
        cell = ""
      } else if character == separator || isEnd(character) {
        cells.append(cell)
        cell = ""
        wasQuoted = false
        if isEnd(character) {
          rows.append(Row(line: start, cells: cells))
          cells = []
          line += 1
          start = line
          if rows.count > mostRows {
            throw Problem(
              line: line, found: "more than \(mostRows) rows", expected: "fewer rows")
          }
        }
      } else {
        cell.append(character)
      }
    }
    if isQuoted {
      throw Problem(
        line: start, found: "a quotation mark that is never closed", expected: "a second one")
    }
    if !cell.isEmpty || !cells.isEmpty { rows.append(Row(line: start, cells: cells + [cell])) }
    return rows
  }

  static func trimmed(_ text: String) -> String {
    var part = text[...]
    while part.last?.isWhitespace == true { part.removeLast() }
    while part.first?.isWhitespace == true { part.removeFirst() }
    return String(part)
  }
}
