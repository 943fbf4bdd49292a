// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension CSVTable {
  /// Cells that stand for no value.
  static func isMissing(_ text: String) -> Bool {
    ["", "-", "–", "NA", "N/A", "."].contains(text)
  }

  /// The number in a cell.
  func number(_ row: Int, _ column: Int, _ decimal: DecimalSign) throws(TableProblem) -> Double {
    let written = text(row, column)
    let text = try decimal.plain(written, at: position(row, column))
    do throws(TextProblem) {
      return try Numeral.only(text).value
    } catch {
      let isComma = decimal == .point && written.contains(",")
      throw TableProblem(
        position(row, column), "\(Excerpt.quoted(written)) as a number", expected: "a number",
        advice: isComma ? "If it is a decimal comma, say `decimal: comma` beside `file`." : "")
    }
  }
}

extension DecimalSign {
  /// A text as scenarios write it, with decimal points.
  ///
  /// With `comma` a comma right before a digit is the decimal sign; other commas, and semicolons, stand
  /// between arguments: `gamma(mean = 1,5; sd = 0,4)`. Every sign keeps its place.
  func plain(_ text: String, at place: SourcePosition) throws(TableProblem) -> String {
    guard self == .comma else { return text }
    if text.contains(".") {
      throw TableProblem(
        place, "a point in \(Excerpt.quoted(text)) beside `decimal: comma`",
        expected: "decimal commas", advice: "Thousands have spaces or no sign: 1 235 000.")
    }
    var result = Array(text.utf8)
    for index in result.indices {
      if result[index] == UInt8(ascii: ";") {
        result[index] = Byte.comma
      } else if result[index] == Byte.comma, index + 1 < result.count,
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(result[index + 1])
      {
        result[index] = UInt8(ascii: ".")
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
