// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Builds a CSV file in memory: RFC 4180 fields, UTF-8, LF line ends.
///
/// Numerics: numbers are the shortest text that reads back as the same double; whole numbers carry no
/// decimal point.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var isLineStart = true

  init(header: [String]) {
    for name in header { text(name) }
    endLine()
  }

  /// An empty field: does not apply.
  mutating func empty() { separate() }

  /// A text field. Text that a spreadsheet would run as a formula gets a leading apostrophe.
  mutating func text(_ value: String?) {
    separate()
    guard let value, let first = value.unicodeScalars.first else { return }
    let isFormula = "=+-@\t\r".unicodeScalars.contains(first) && Double(value) == nil
    let guarded = isFormula ? "'" + value : value
    if guarded.utf8.contains(where: { Self.needsQuotes.contains($0) }) {
      bytes.append(UInt8(ascii: "\""))
      for byte in guarded.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: guarded.utf8)
    }
  }

  mutating func number(_ value: Double?) {
    separate()
    if let value { NumberText.append(value, to: &bytes) }
  }

  mutating func number(_ value: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }

  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isLineStart = true
  }

  private mutating func separate() {
    if !isLineStart { bytes.append(UInt8(ascii: ",")) }
    isLineStart = false
  }

  private static let needsQuotes = Set("\",\n\r".utf8)
}
