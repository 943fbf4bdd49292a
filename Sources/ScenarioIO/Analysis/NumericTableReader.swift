// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a text table of numbers: a header of names, then rows of as many numbers.
///
/// Separator and decimal mark are found from the first lines unless they are stated. Every problem is reported
/// with its place; reading stops after `mostProblems` of them.
struct NumericTableReader {
  static let mostColumns = 10_000
  /// 4 GB of doubles.
  static let mostValues = 500_000_000
  static let mostProblems = 20
  private static let blockRows = 1024
  /// Lines that the decimal mark is found from.
  private static let sampleLines = 200

  private let path: String
  private let choice: TableFormatChoice
  /// Columns that are not read, by name.
  private let isIgnored: (String) -> Bool
  private var problems: DiagnosticCollector
  private var problemCount = 0

  private init(_ path: String, _ choice: TableFormatChoice, _ isIgnored: @escaping (String) -> Bool)
  {
    self.path = path
    self.choice = choice
    self.isIgnored = isIgnored
    problems = DiagnosticCollector(file: path)
  }

  /// - Parameter isIgnored: names of columns whose fields need not be numbers. A first column without a
  ///   name, as of row names, is ignored in any case.
  static func read(
    path: String, format: TableFormatChoice, isIgnored: @escaping (String) -> Bool = { _ in false }
  ) throws(ScenarioError) -> NumericTable {
    var reader = NumericTableReader(path, format, isIgnored)
    return try reader.table()
  }

  private mutating func table() throws(ScenarioError) -> NumericTable {
    let source = try LineSource(path)
    guard let first = try source.next(), !first.allSatisfy({ Byte.endsToken($0) }) else {
      throw refusal(
        .start, "an empty first line", expected: "a header that names the columns")
    }
    let separator = choice.separator ?? TableFormat.separator(of: first)
    if let kind = Self.foreignKind(first) {
      throw refusal(.start, kind, expected: "text in UTF-8", advice: "Save the file as CSV UTF-8.")
    }
    guard let header = TableLine(first, line: 1, separator: separator.byte, &problems)?.fields
    else { throw .invalid(problems.sortedErrors) }
    check(header)
    if !problems.isEmpty { throw .invalid(problems.sortedErrors) }
    let reads = header.enumerated().map { i, field in
      !(i == 0 && field.text.isEmpty) && !isIgnored(field.text)
    }
    var lines: [[UInt8]] = []
    while lines.count < Self.sampleLines, let line = try source.next() { lines.append(Array(line)) }
    let format = TableFormat(
      separator: separator, decimal: try decimal(lines, separator))
    var rows = TableRows(
      header: header.map(\.text), reads: reads, format: format,
      expectedRows: Self.expectedRows(size: source.size, lines, columns: header.count))
    for (i, line) in lines.enumerated() {
      line.withUnsafeBufferPointer { add($0, line: i + 2, to: &rows) }
      if problemCount >= Self.mostProblems { break }
    }
    while problemCount < Self.mostProblems, let line = try source.next() {
      add(line, line: source.line, to: &rows)
      if rows.count * header.count > Self.mostValues {
        throw refusal(
          SourcePosition(line: source.line, column: 1),
          "more than \(Self.mostValues) numbers", expected: "at most so many",
          advice: "Leave out columns or rows.")
      }
    }
    if !problems.isEmpty { throw .invalid(problems.sortedErrors) }
    if rows.count < 2 {
      throw refusal(
        SourcePosition(line: max(source.line, 1), column: 1),
        rows.count == 0 ? "a header without rows" : "a table of one row",
        expected: "a header and two or more rows, one for each iteration")
    }
    let values = rows.finish()
    return NumericTable(
      file: path, sha256: source.sha256(), format: format,
      columns: header.indices.map { i in
        .init(name: header[i].text, position: header[i].position, values: values[i])
      },
      rows: rows.count, lastLine: rows.lastLine)
  }

  private mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, line: Int, to rows: inout TableRows
  ) {
    guard let problem = rows.add(bytes, line: line) else { return }
    problemCount += 1
    problems.report(
      problem.position, problem.found, expected: problem.expected, advice: problem.advice)
  }

  private func refusal(
    _ position: SourcePosition, _ found: String, expected: String, advice: String = ""
  ) -> ScenarioError {
    .invalid([
      Diagnostic(file: path, position: position, found: found, expected: expected, advice: advice)
    ])
  }

  private static func foreignKind(_ line: UnsafeBufferPointer<UInt8>) -> String? {
    if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) { return "UTF-16 text" }
    if line.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "a zip archive or an Excel workbook" }
    if line.starts(with: [0x1F, 0x8B]) { return "a gzip file" }
    if line.starts(with: Array("PAR1".utf8)) { return "a Parquet file" }
    return line.contains(0) ? "binary data" : nil
  }

  private mutating func check(_ header: [TableLine.Field]) {
    if header.count > Self.mostColumns {
      problems.report(
        .start, "\(header.count) columns", expected: "at most \(Self.mostColumns)")
      return
    }
    if header.count > 1 || !(header.first?.text.isEmpty ?? true),
      header.allSatisfy({ Double($0.text.replacing(",", with: ".")) != nil })
    {
      problems.report(
        .start, "numbers in the first line", expected: "a header that names the columns",
        advice: "Put a line of names above the numbers.")
      return
    }
    var seen: [String: SourcePosition] = [:]
    for (i, field) in header.enumerated() {
      if field.text.isEmpty {
        if i == 0 { continue }
        problems.report(field.position, "a column without a name", expected: "a name")
      } else if let other = seen[field.text] {
        problems.report(
          field.position, "a second column \(Excerpt.quoted(field.text))",
          expected: "a name of its own", advice: "The first is column \(other.column) of the line.")
      } else if field.text.unicodeScalars.contains(where: Excerpt.isHidden) {
        problems.report(
          field.position, "a control character in the name \(Excerpt.quoted(field.text))",
          expected: "plain text")
      }
      seen[field.text] = field.position
    }
  }

  private func decimal(_ lines: [[UInt8]], _ separator: TableFormat.Separator)
    throws(ScenarioError) -> TableFormat.DecimalMark
  {
    if let decimal = choice.decimal { return decimal }
    if let decimal = TableFormat.decimal(of: lines.joined(), separator) { return decimal }
    throw refusal(
      SourcePosition(line: 2, column: 1), "points and commas in the numbers",
      expected: "one decimal mark and nothing between thousands",
      advice: "If the file is right, say which with --decimal point or --decimal comma.")
  }

  /// A guess, so that columns need not grow often.
  private static func expectedRows(size: Int, _ lines: [[UInt8]], columns: Int) -> Int {
    let bytes = lines.reduce(0) { $0 + $1.count + 1 }
    guard bytes > 0, size > 0 else { return 0 }
    let rows = Double(size) / Double(bytes) * Double(lines.count) * 1.01
    return min(Int(rows) + 1, mostValues / max(columns, 1))
  }
}
