// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What observed values become.
enum DataForm: String, CaseIterable {
  /// Each value as likely as any other.
  case empirical
  /// The same with a normal around each.
  case smoothed
}

/// The sign between the whole and the broken part of a number.
enum DecimalSign: String, CaseIterable {
  case point = "."
  case comma = ","
}

enum CellSeparator: String, CaseIterable {
  case comma = ","
  case semicolon = ";"
}

extension ScenarioDecoder {
  /// `data:`, one column of a CSV file.
  mutating func data(_ entry: YAMLEntry, _ choices: RangeChoices) -> Fit? {
    guard refuseIdle(choices, "`data`"),
      let fields = fields(
        entry.value, at: entry.value.position, "`data`",
        known: ["file", "column", "as", "decimal", "separator"])
    else { return nil }
    for key in ["file", "column", "as"] where fields[key] == nil {
      problems.report(
        entry.keyPosition, "`data` without `\(key)`",
        expected: key == "as" ? "`as: empirical` or `as: smoothed`" : "a line `\(key): …`")
    }
    let form: DataForm? = choice(fields["as"], "a use of data")
    let decimal: DecimalSign? =
      fields["decimal"] == nil ? .point : choice(fields["decimal"], "a decimal sign")
    let separator: CellSeparator? = choice(fields["separator"], "a separator")
    guard let path = scalar(fields["file"]), let column = string(fields["column"]), let form,
      let decimal, fields["separator"] == nil || separator != nil,
      let values = numbers(path, column, decimal, separator, fields["column"])
    else { return nil }
    guard
      let law = made(
        at: entry.value.position,
        { () throws(DistributionError) in
          switch form {
          case .empirical: try Empirical(values: values)
          case .smoothed: try SmoothedEmpirical(values: values)
          }
        })
    else { return nil }
    return Fit(
      text: "\(values.count) values of \(column) in \(trimmed(path.text)), \(form.rawValue)",
      distribution: law)
  }

  /// The numbers of a column.
  private mutating func numbers(
    _ path: ScalarText, _ name: String, _ decimal: DecimalSign, _ separator: CellSeparator?,
    _ place: YAMLEntry?
  ) -> [Double]? {
    let source: NeighbouringFile
    do throws(NeighbouringFile.Problem) {
      source = try NeighbouringFile(trimmed(path.text), beside: problems.file)
    } catch {
      problems.report(path.start, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
    let input = InputFile(path: trimmed(path.text), bytes: source.bytes)
    if !inputs.contains(input) { inputs.append(input) }
    guard let text = String(validating: source.bytes, as: UTF8.self) else {
      problems.report(
        .start, "bytes that are not UTF-8", expected: "a CSV file in UTF-8",
        advice: "Save it as CSV UTF-8.", in: source.shownPath)
      return nil
    }
    guard let sign = separator ?? separatorOf(text, source.shownPath) else { return nil }
    let table: CSVSource
    do throws(CSVSource.Problem) {
      table = try CSVSource(text, separator: sign == .comma ? "," : ";")
    } catch {
      problems.report(
        error.position, error.found, expected: error.expected, in: source.shownPath)
      return nil
    }
    let header = table.rows.first?.map(\.text) ?? []
    let matches = header.indices.filter { header[$0] == name }
    guard matches.count == 1, let index = matches.first else {
      problems.report(
        place?.value.position ?? path.start,
        matches.isEmpty
          ? "no column \(Excerpt.quoted(name)) in the file"
          : "\(matches.count) columns \(Excerpt.quoted(name)) in the file",
        expected: "one of \(header.prefix(20).map { Excerpt.quoted($0) }.joined(separator: ", "))",
        advice: NearestName.question(name, among: header))
      return nil
    }
    if table.rows.count == 1 {
      problems.report(
        .start, "a header without rows", expected: "at least one row", in: source.shownPath)
      return nil
    }
    var values: [Double] = []
    for row in table.rows.dropFirst() {
      guard let value = value(row[index], decimal, source.shownPath) else { return nil }
      values.append(value)
    }
    return values
  }

  /// Told by the header, where it has one of the two signs alone.
  private mutating func separatorOf(_ text: String, _ file: String) -> CellSeparator? {
    let header = text.prefix { !$0.isNewline }
    let (comma, semicolon) = (header.contains(","), header.contains(";"))
    if comma, semicolon {
      problems.report(
        .start, "a header with commas and semicolons", expected: "one kind of separator",
        advice: "Say `separator: \";\"` under `data`.", in: file)
      return nil
    }
    return semicolon ? .semicolon : .comma
  }

  private mutating func value(_ cell: CSVSource.Cell, _ decimal: DecimalSign, _ file: String)
    -> Double?
  {
    if cell.text.isEmpty {
      problems.report(
        cell.position, "an empty cell", expected: "a number",
        advice: "Delete the row, and say in `description` what is missing.", in: file)
      return nil
    }
    if decimal == .comma, cell.text.contains(".") {
      problems.report(
        cell.position, "a point in \(Excerpt.quoted(cell.text)) beside decimal: \",\"",
        expected: "a decimal comma", in: file)
      return nil
    }
    let text = decimal == .comma ? cell.text.replacing(",", with: ".") : cell.text
    do throws(TextProblem) {
      return try Numeral.only(text).value
    } catch {
      let isComma = decimal == .point && cell.text.contains(",")
      problems.report(
        cell.position, "\(Excerpt.quoted(cell.text)) as a number", expected: "a number",
        advice: isComma ? "If it is a decimal comma, say `decimal: \",\"` under `data`." : "",
        in: file)
      return nil
    }
  }
}
