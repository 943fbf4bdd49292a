// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of a text table, split where the separator stands outside quotes.
struct TableLine {
  struct Field {
    let text: String
    let position: SourcePosition
  }

  let fields: [Field]

  /// - Returns: `nil` with the problem reported.
  init?(
    _ bytes: UnsafeBufferPointer<UInt8>, line: Int, separator: UInt8,
    _ problems: inout DiagnosticCollector
  ) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.report(
        SourcePosition(line: line, column: 1), "bytes that are not UTF-8", expected: "UTF-8",
        advice: "Save the file as CSV in UTF-8.")
      return nil
    }
    var fields: [Field] = []
    var field = ""
    var start = 1
    var isQuoted = false
    var wasQuote = false
    let mark = Unicode.Scalar(separator)
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      if isQuoted, scalar == "\"" {
        isQuoted = false
        wasQuote = true
      } else if !isQuoted, scalar == "\"", wasQuote {
        // Two quotes inside quotes are one.
        field.unicodeScalars.append(scalar)
        isQuoted = true
        wasQuote = false
      } else if !isQuoted, scalar == "\"", Self.trimmed(field).isEmpty {
        field = ""
        isQuoted = true
      } else if !isQuoted, scalar == mark {
        fields.append(
          Field(text: Self.trimmed(field), position: SourcePosition(line: line, column: start)))
        field = ""
        start = offset + 2
        wasQuote = false
      } else {
        field.unicodeScalars.append(scalar)
        wasQuote = false
      }
    }
    if isQuoted {
      problems.report(
        SourcePosition(line: line, column: start), "a quotation mark that is not closed",
        expected: "a name on one line, such as `\"cost:A\"`")
      return nil
    }
    fields.append(
      Field(text: Self.trimmed(field), position: SourcePosition(line: line, column: start)))
    self.fields = fields
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }
}
