// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A CSV file read strictly: RFC 4180 with LF, every row as long as the header.
struct CSVTable {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  let header: [String]
  let rows: [[String]]

  init(_ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(description: "not UTF-8")
    }
    let records = try Self.records(Array(text.unicodeScalars))
    guard let header = records.first else { throw Fault(description: "no header") }
    self.header = header
    rows = Array(records.dropFirst())
    for (number, row) in rows.enumerated() where row.count != header.count {
      throw Fault(
        description: "row \(number + 1) has \(row.count) fields, the header \(header.count)")
    }
    guard Set(header).count == header.count else { throw Fault(description: "a name twice") }
  }

  private enum Place {
    case start, plain, quoted, afterQuote
  }

  private static func records(_ text: [Unicode.Scalar]) throws -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var place = Place.start
    for (offset, scalar) in text.enumerated() {
      switch (place, scalar) {
      case (.start, "\""): place = .quoted
      case (.quoted, "\""): place = .afterQuote
      case (.afterQuote, "\""):
        field.unicodeScalars.append("\"")
        place = .quoted
      case (.quoted, _): field.unicodeScalars.append(scalar)
      case (_, ","), (_, "\n"):
        record.append(field)
        field = ""
        place = .start
        if scalar == "\n" {
          records.append(record)
          record = []
        }
      case (.afterQuote, _), (.plain, "\""), (_, "\r"):
        throw Fault(description: "a stray \(scalar) at \(offset)")
      default:
        field.unicodeScalars.append(scalar)
        place = .plain
      }
    }
    guard place == .start, record.isEmpty else {
      throw Fault(description: "the last line has no end")
    }
    return records
  }

  func column(_ name: String) throws -> [String] {
    guard let index = header.firstIndex(of: name) else {
      throw Fault(description: "no column \(name) among \(header)")
    }
    return rows.map { $0[index] }
  }

  func numbers(_ name: String) throws -> [Double] {
    try column(name).map { text in
      guard let value = Double(text) else {
        throw Fault(description: "`\(text)` in column \(name)")
      }
      return value
    }
  }

  /// The value in the row that has `key` in the first column.
  func text(_ key: String, _ name: String) throws -> String {
    guard let index = rows.firstIndex(where: { $0[0] == key }) else {
      throw Fault(description: "no row \(key)")
    }
    return try column(name)[index]
  }

  func number(_ key: String, _ name: String) throws -> Double {
    let text = try text(key, name)
    guard let value = Double(text) else { throw Fault(description: "`\(text)` as \(key) \(name)") }
    return value
  }
}
