// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of a text table as they are read: fields to numbers, numbers to columns.
struct TableRows {
  struct Problem {
    let position: SourcePosition
    let found: String
    var expected = "a number"
    var advice = ""
  }

  private static let blockRows = 1024

  let header: [String]
  private let reads: [Bool]
  private let format: TableFormat
  var separator: TableFormat.Separator { format.separator }
  var decimal: TableFormat.DecimalMark { format.decimal }
  private var columns: [[Double]]
  /// The last rows, one column after the other.
  private var block: [Double]
  private var blockCount = 0
  /// Line number of an empty line that no row has followed yet.
  private var emptyLine: Int?
  private(set) var count = 0
  private(set) var lastLine = 1

  init(header: [String], reads: [Bool], format: TableFormat, expectedRows: Int) {
    self.header = header
    self.reads = reads
    self.format = format
    columns = reads.map { isRead in
      var column: [Double] = []
      if isRead { column.reserveCapacity(expectedRows) }
      return column
    }
    block = Array(repeating: 0, count: header.count * Self.blockRows)
  }

  /// Adds a line; a problem leaves its row out.
  mutating func add(_ line: UnsafeBufferPointer<UInt8>, line number: Int) -> Problem? {
    guard let base = line.baseAddress, line.contains(where: { $0 != 0x20 }) else {
      // Empty lines at the end are no rows.
      if emptyLine == nil { emptyLine = number }
      return nil
    }
    if let empty = emptyLine {
      emptyLine = nil
      return Problem(
        position: SourcePosition(line: empty, column: 1), found: "an empty line",
        expected: "a row, or the end of the file", advice: "Delete the line.")
    }
    let end = base + line.count
    let separator = format.separator.byte
    let decimal = format.decimal.byte
    var p = base
    let fault: (column: Int, place: UnsafePointer<UInt8>)? =
      block.withUnsafeMutableBufferPointer { block in
        for column in header.indices {
          let start = p
          if reads[column] {
            guard let value = Self.field(&p, end, separator, decimal) else {
              return (column, start)
            }
            block[column * Self.blockRows + blockCount] = value
          } else {
            Self.skip(&p, end, separator)
          }
          if p == end {
            return column == header.count - 1 ? nil : (header.count, end)
          }
          p += 1
        }
        // Something follows the last field.
        return (header.count, end)
      }
    if let fault { return problem(fault.column, fault.place - base, line, number) }
    blockCount += 1
    count += 1
    lastLine = number
    if blockCount == Self.blockRows { flush() }
    return nil
  }

  /// The columns, once all rows are added.
  mutating func finish() -> [[Double]] {
    flush()
    return columns
  }

  private mutating func flush() {
    for column in columns.indices where reads[column] {
      let first = column * Self.blockRows
      columns[column].append(contentsOf: block[first..<first + blockCount])
    }
    blockCount = 0
  }

  /// A number with spaces or quotes around it, up to the separator or the end.
  @inline(__always)
  private static func field(
    _ p: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ separator: UInt8,
    _ decimal: UInt8
  ) -> Double? {
    while p < end, p.pointee == 0x20 { p += 1 }
    var isQuoted = false
    if p < end, p.pointee == UInt8(ascii: "\"") {
      isQuoted = true
      p += 1
      while p < end, p.pointee == 0x20 { p += 1 }
    }
    guard let number = ParsedNumber.read(p, end, decimal: decimal), number.value.isFinite else {
      return nil
    }
    p += number.length
    while p < end, p.pointee == 0x20 { p += 1 }
    if isQuoted {
      guard p < end, p.pointee == UInt8(ascii: "\"") else { return nil }
      p += 1
      while p < end, p.pointee == 0x20 { p += 1 }
    }
    return p == end || p.pointee == separator ? number.value : nil
  }

  /// Moves to the separator or the end.
  private static func skip(
    _ p: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ separator: UInt8
  ) {
    var isQuoted = false
    while p < end, isQuoted || p.pointee != separator {
      if p.pointee == UInt8(ascii: "\"") { isQuoted.toggle() }
      p += 1
    }
  }
}
