// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension TableRows {
  /// What is wrong with a line, by looking at it again without haste.
  ///
  /// - Parameter column: the field at fault; as many as the header has when their number is wrong.
  func problem(
    _ column: Int, _ offset: Int, _ line: UnsafeBufferPointer<UInt8>, _ number: Int
  ) -> Problem {
    var problems = DiagnosticCollector(file: "")
    guard
      let fields = TableLine(
        line, line: number, separator: separator.byte, &problems)?.fields
    else {
      let first = problems.sortedErrors.first
      return Problem(
        position: first?.position ?? SourcePosition(line: number, column: 1),
        found: first?.found ?? "a line that can't be read",
        expected: first?.found.hasPrefix("bytes") == true ? "UTF-8" : "a number",
        advice: first?.advice ?? "")
    }
    if fields.count != header.count {
      var advice = "The separator was taken to be a \(separator.rawValue); --separator changes it."
      if fields.count == header.count + 1 {
        advice = "Row names without a name in the header? Write the file without them. " + advice
      }
      return Problem(
        position: SourcePosition(line: number, column: 1),
        found: fields.count == 1 ? "1 field" : "\(fields.count) fields",
        expected: "\(header.count), as the header has", advice: advice)
    }
    let field = fields[min(column, fields.count - 1)]
    let name = Excerpt.quoted(header[min(column, header.count - 1)])
    if field.text.isEmpty {
      return Problem(
        position: field.position, found: "an empty field in column \(name)",
        advice: "A row is one iteration, complete: fill it in, or take the row out of every file.")
    }
    return Problem(
      position: field.position, found: "\(Excerpt.quoted(field.text)) in column \(name)",
      advice: advice(field.text, in: name))
  }

  private func advice(_ text: String, in column: String) -> String {
    let lower = text.lowercased()
    if ["na", "nan", "null", "none", ".", "#n/a", "#value!", "#div/0!"].contains(lower) {
      return "A missing value: an iteration without a result can't be analysed. "
        + "Find out why the model gave none."
    }
    if lower.contains("inf") || Double(text)?.isInfinite == true {
      return "An infinite value has no mean: find out why the model gave it."
    }
    let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
    let others = text.unicodeScalars.filter { !("0"..."9").contains($0) && $0 != "-" && $0 != "+" }
    if !digits.isEmpty, others.allSatisfy({ $0 == "," || $0 == "." }), !others.isEmpty {
      return others.count > 1
        ? "Write numbers without marks between thousands."
        : "Decimals were taken to be written with a \(decimal.rawValue); --decimal changes it."
    }
    if !digits.isEmpty, others.allSatisfy({ $0.properties.isWhitespace }) {
      return "Write numbers without spaces between digits."
    }
    return "If the column \(column) is not needed, leave it out with --ignore."
  }
}
