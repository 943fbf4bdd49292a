// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The cells of a CSV text as ranges of its bytes, row by row.
struct CSVCells: Sendable {
  struct Cell: Sendable {
    /// Of its first byte, or of its opening quotation mark.
    let first: UInt32
    /// After its last byte, or after its closing quotation mark.
    let last: UInt32
    let isQuoted: Bool

    var start: Int { Int(first) }
    var end: Int { Int(last) }
    var isEmpty: Bool { isQuoted ? end - start <= 2 : end == start }

    func text(in source: SourceText) -> String {
      guard isQuoted else { return source.text(start..<end) }
      return source.text(start + 1..<end - 1).replacing("\"\"", with: "\"")
    }
  }

  private var cells: [Cell] = []
  private var rowStarts: [Int] = [0]

  var rowCount: Int { rowStarts.count - 1 }

  subscript(_ row: Int) -> ArraySlice<Cell> { cells[rowStarts[row]..<rowStarts[row + 1]] }

  init(_ source: SourceText, separator: UInt8) throws(TableProblem) {
    var place = 0
    while place < source.bytes.count {
      cells.append(try Self.cell(source, &place, separator))
      try checkSize(source)
      if place < source.bytes.count, source[place] == separator {
        place += 1
        // A separator at the very end is followed by an empty cell.
        if place < source.bytes.count { continue }
        cells.append(Cell(first: UInt32(place), last: UInt32(place), isQuoted: false))
      }
      if source[place] == Byte.carriageReturn { place += 1 }
      if source[place] == Byte.lineFeed { place += 1 }
      rowStarts.append(cells.count)
    }
  }

  private func checkSize(_ source: SourceText) throws(TableProblem) {
    let rowStart = rowStarts[rowCount]
    func problem(_ found: String, _ expected: String) -> TableProblem {
      TableProblem(source.position(of: cells[rowStart].start), found, expected: expected)
    }
    if cells.count - rowStart > CSVTable.mostColumns {
      throw problem(
        "a row of more than \(CSVTable.mostColumns) cells", "at most \(CSVTable.mostColumns)")
    }
    // One more row for the header.
    if rowCount > CSVTable.mostRows {
      throw problem("more than \(CSVTable.mostRows) rows", "fewer")
    }
    if cells.count > CSVTable.mostCells {
      throw problem("more than \(CSVTable.mostCells) cells", "fewer")
    }
  }

  /// Reads up to the next separator or line break.
  private static func cell(_ source: SourceText, _ place: inout Int, _ separator: UInt8)
    throws(TableProblem) -> Cell
  {
    let count = source.bytes.count
    func skipBlanks() {
      while place < count, Byte.isBlank(source[place]), source[place] != separator { place += 1 }
    }
    skipBlanks()
    let start = place
    guard place < count, source[place] == Byte.doubleQuote else {
      while place < count, source[place] != separator, !Byte.isBreak(source[place]) { place += 1 }
      var end = place
      while end > start, Byte.isBlank(source[end - 1]) { end -= 1 }
      return Cell(first: UInt32(start), last: UInt32(end), isQuoted: false)
    }
    place += 1
    while true {
      guard place < count else {
        throw TableProblem(
          source.position(of: start), "a quotation mark that is never closed",
          expected: "a second one at the end of the cell")
      }
      let isQuote = source[place] == Byte.doubleQuote
      place += 1
      if !isQuote { continue }
      if source[place] != Byte.doubleQuote { break }
      place += 1
    }
    let end = place
    skipBlanks()
    if place < count, source[place] != separator, !Byte.isBreak(source[place]) {
      throw TableProblem(
        source.position(of: place), "text after a closed quotation mark",
        expected: "a separator or the end of the line")
    }
    return Cell(first: UInt32(start), last: UInt32(end), isQuoted: true)
  }
}
