// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Ways of writing numbers that other programs read, or misread, answered with the way to write them.
enum NumeralSlips {
  /// `0x10` and the like, after the digit 0.
  static func checkPrefix(_ cursor: TextCursor, _ integer: String, from start: Int)
    throws(TextProblem)
  {
    guard integer == "0", let letter = cursor.current?.properties.lowercaseMapping,
      ["x", "o", "b"].contains(letter)
    else { return }
    throw TextProblem(
      TextCursor.offset(cursor, start), "\(Excerpt.quoted(word(cursor, from: start)))",
      expected: "a decimal number", advice: "Hexadecimal, octal and binary numbers are not read.")
  }

  /// Decimal commas, thousands commas and points, times of day, underscores.
  static func checkSeparators(_ cursor: TextCursor, from start: Int) throws(TextProblem) {
    guard let sign = cursor.current, cursor.peek(1)?.isDecimalDigit == true else { return }
    let number = Excerpt.quoted(word(cursor, from: start))
    switch sign {
    case ",":
      throw comma(cursor, number, from: start)
    case ".":
      throw TextProblem(
        cursor.offset, "a second point in \(number)", expected: "a number with one decimal point",
        advice: "Leave thousands unmarked or mark them with spaces: 1 235 000.")
    case ":":
      throw TextProblem(
        cursor.offset, "a colon in \(number)", expected: "a number",
        advice: "Write a time as a number of hours, such as 1.5, or of minutes.")
    case "_", "'", "’":
      throw TextProblem(
        cursor.offset, "\(Excerpt.quoted(String(sign))) in \(number)", expected: "a number",
        advice: "Leave thousands unmarked or mark them with spaces: 1 235 000.")
    default: return
    }
  }

  static func notANumber(_ cursor: TextCursor, from start: Int) -> TextProblem {
    let text = word(cursor, from: start)
    let offset = TextCursor.offset(cursor, start)
    let bare = text.lowercased().drop { "+-.−".contains($0) }
    if ["inf", "infinity", "nan", "∞"].contains(String(bare)) {
      return TextProblem(
        offset, Excerpt.quoted(text), expected: "a finite number",
        advice: "Give the largest value that you hold possible.")
    }
    return TextProblem(
      offset, text.isEmpty ? "nothing" : Excerpt.quoted(text), expected: "a number")
  }

  private static func comma(_ cursor: TextCursor, _ number: String, from start: Int)
    -> TextProblem
  {
    let parts = word(cursor, from: start).split(separator: ",", omittingEmptySubsequences: false)
    // Thousands marked otherwise leave one meaning to a comma, and a point leaves the other.
    let groups = parts[0].split { $0.isWhitespace || $0 == "." }
    let hasMarks = groups.count > 1
    let isGrouped = groups.dropFirst().allSatisfy { $0.count == 3 }
    let whole = groups.joined()
    let pointForm = ([whole] + parts.dropFirst().map { String($0) }).joined(separator: ".")
    let looksGrouped = parts.dropFirst().allSatisfy { $0.prefix { $0.isNumber }.count == 3 }
    let advice =
      if hasMarks, !isGrouped {
        "Write one number, with a decimal point."
      } else if parts.count > 2 {
        "Leave thousands unmarked or mark them with spaces: \(parts.joined(separator: " "))."
      } else if parts.count == 2, !hasMarks, parts[1].contains(".") {
        "Write \(parts.joined()), or mark thousands with spaces."
      } else if looksGrouped, !hasMarks {
        "Write \(pointForm) for a decimal, \(parts.joined()) for thousands."
      } else {
        "Write \(pointForm) with a decimal point."
      }
    return TextProblem(
      cursor.offset, "a comma in the number \(number)", expected: "a decimal point or nothing",
      advice: advice, isDecimalComma: parts.count == 2)
  }

  /// What was read, spaces among it, with the run of letters, digits and number signs that the reader was
  /// in.
  private static func word(_ cursor: TextCursor, from start: Int) -> String {
    var probe = cursor
    var end = probe.index
    while let scalar = probe.current, end - start < 80 {
      let isSign = "+-.,:_'’∞%".unicodeScalars.contains(scalar)
      guard Names.continues(scalar) || isSign else { break }
      probe.index += 1
      end += 1
    }
    return trimmed(cursor.slice(start, end))
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while let last = text.last, ",:".contains(last) { text.removeLast() }
    return text
  }
}

extension TextCursor {
  /// The byte offset of another place in the same text.
  static func offset(_ cursor: TextCursor, _ index: Int) -> Int {
    var probe = cursor
    probe.index = index
    return probe.offset
  }
}
