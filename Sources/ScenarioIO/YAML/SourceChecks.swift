// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a file must be before its structure is looked at: text, UTF-8, of bounded size.
enum SourceChecks {
  /// 4 MB.
  static let largestFile = 4_000_000
  /// In bytes.
  static let longestLine = 100_000

  /// The text without its byte order mark, or `nil` with the problems reported.
  static func text(
    _ bytes: [UInt8], size: Int, file: String, isNamed: Bool = false,
    _ problems: inout DiagnosticCollector
  ) -> SourceText? {
    let start = SourcePosition(line: 1, column: 1, file: isNamed ? file : nil)
    if size > largestFile {
      problems.report(
        start, "a file of \(size) bytes", expected: "at most \(largestFile), which is 4 MB",
        advice: "Scenario files are small: is this the right file?")
      return nil
    }
    var own = DiagnosticCollector(file: problems.file)
    let source = characters(
      bytes, file: file, isNamed: isNamed, owner: isNamed ? file : nil,
      plain: "Scenarios are plain text.", save: "Save the file again as UTF-8.", &own)
    if let source {
      checkLines(source, &own)
      if own.isEmpty, source.bytes.allSatisfy({ Byte.endsToken($0) }) {
        own.report(start, "an empty file", expected: "a scenario that begins with `utfall: 1`")
      }
    }
    problems.add(own)
    return own.isEmpty ? source : nil
  }

  /// A table that a scenario names, without its byte order mark; `nil` with the problems reported.
  ///
  /// - Parameter owner: the included file that names it; `nil` for the scenario.
  static func table(
    _ bytes: [UInt8], file: String, owner: String?, _ problems: inout DiagnosticCollector
  ) -> SourceText? {
    var own = DiagnosticCollector(file: problems.file)
    let save = "Save it from the spreadsheet as CSV UTF-8."
    let source = characters(
      bytes, file: file, isNamed: true, owner: owner, plain: save, save: save, &own)
    problems.add(own)
    return own.isEmpty ? source : nil
  }

  private static func characters(
    _ bytes: [UInt8], file: String, isNamed: Bool, owner: String?, plain: String, save: String,
    _ problems: inout DiagnosticCollector
  ) -> SourceText? {
    let start = SourcePosition(line: 1, column: 1, file: isNamed ? file : nil)
    if let kind = foreignKind(bytes, plain: plain, save: save) {
      problems.report(start, kind.found, expected: "a text file in UTF-8", advice: kind.advice)
      return nil
    }
    let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let source = SourceText(
      file: file, bytes: marked ? Array(bytes.dropFirst(3)) : bytes, isNamed: isNamed,
      owner: owner)
    checkCharacters(source, save: save, &problems)
    return source
  }

  private static func foreignKind(_ bytes: [UInt8], plain: String, save: String) -> (
    found: String, advice: String
  )? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return ("a file in UTF-16, by its byte order mark", save)
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return ("a zip archive, as Excel and Word files are", plain)
    }
    if bytes.starts(with: [0x1F, 0x8B]) { return ("a gzip archive", "Unpack it first.") }
    if bytes.starts(with: Array("%PDF".utf8)) { return ("a PDF file", plain) }
    return nil
  }

  private static func checkLines(_ source: SourceText, _ problems: inout DiagnosticCollector) {
    for (i, start) in source.lineStarts.enumerated() {
      let next = i + 1 < source.lineStarts.count ? source.lineStarts[i + 1] : source.bytes.count
      if next - start > longestLine {
        problems.report(
          source.place(line: i + 1, column: 1), "a line of \(next - start) bytes",
          expected: "at most \(longestLine)")
      }
    }
  }

  /// Invalid UTF-8 and control characters; the first few are enough to recognise a binary file.
  private static func checkCharacters(
    _ source: SourceText, save: String, _ problems: inout DiagnosticCollector
  ) {
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      let place = firstInvalidByte(source.bytes)
      if source.bytes.contains(0) {
        problems.report(source.start, "a binary file", expected: "a text file in UTF-8")
        return
      }
      let byte = "0x" + String(source[place], radix: 16, uppercase: true)
      problems.report(
        source.position(of: place), "the byte \(byte), which is not UTF-8",
        expected: "a text file in UTF-8", advice: save)
      return
    }
    if source.bytes.contains(0) {
      problems.report(source.start, "a binary file", expected: "a text file in UTF-8")
      return
    }
    var reported = 0
    var i = 0
    while i < source.bytes.count, reported < 5 {
      let (bad, width) = forbidden(source, i)
      if let bad {
        reported += 1
        problems.report(
          source.position(of: i), "the control character \(Excerpt.name(of: bad))",
          expected: "printable text", advice: "Delete it.")
      }
      i += width
    }
  }

  /// A character that YAML forbids or takes for a line break that no editor shows as one.
  private static func forbidden(_ source: SourceText, _ i: Int) -> (Unicode.Scalar?, width: Int) {
    let byte = source[i]
    if byte < 0x20 || byte == 0x7F {
      let isAllowed = byte == Byte.tab || Byte.isBreak(byte)
      return (isAllowed ? nil : Unicode.Scalar(byte), 1)
    }
    switch byte {
    case 0xC2 where source[i + 1] < 0xA0:
      return (Unicode.Scalar(source[i + 1]), 2)
    case 0xE2 where source[i + 1] == 0x80 && (source[i + 2] == 0xA8 || source[i + 2] == 0xA9):
      return (source[i + 2] == 0xA8 ? "\u{2028}" : "\u{2029}", 3)
    case 0xEF where source[i + 1] == 0xBB && source[i + 2] == 0xBF:
      return ("\u{FEFF}", 3)
    case 0xEF where source[i + 1] == 0xBF && source[i + 2] >= 0xBE:
      return (source[i + 2] == 0xBE ? "\u{FFFE}" : "\u{FFFF}", 3)
    default: return (nil, 1)
    }
  }

  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int {
    var offset = 0
    var iterator = bytes.makeIterator()
    var decoder = UTF8()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput, .error: return offset
      }
    }
  }
}
