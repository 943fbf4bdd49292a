// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What a range says of itself inside its bracket: `95% CI:` or `IQR`.
struct RangeLabel {
  let reading: RangeReading
  let offset: Int

  /// Reads a label if one stands next, with the colon or comma after it.
  static func read(_ cursor: inout TextCursor) throws(TextProblem) -> RangeLabel? {
    cursor.skipSpaces()
    let offset = cursor.offset
    if cursor.takeWord("iqr") {
      skipMark(&cursor)
      return RangeLabel(reading: .iqr, offset: offset)
    }
    var probe = cursor
    guard probe.current?.isDecimalDigit == true else { return nil }
    let level = Decimal.takeDigits(&probe)
    probe.skipSpaces()
    guard probe.take("%") else { return nil }
    probe.skipSpaces()
    _ = probe.take("-")
    guard probe.takeWord("ci") || probe.takeWord("cri") || probe.takeWord("ui") else { return nil }
    skipMark(&probe)
    cursor = probe
    switch level {
    case "95": return RangeLabel(reading: .ci95, offset: offset)
    case "90": return RangeLabel(reading: .ci90, offset: offset)
    case "80": return RangeLabel(reading: .p10p90, offset: offset)
    case "50": return RangeLabel(reading: .iqr, offset: offset)
    default:
      throw TextProblem(
        offset, "a \(Excerpt.shortened(level))% interval", expected: "95%, 90%, 80% or 50%",
        advice: "Give a 99% interval as a distribution with its mean and sd.")
    }
  }

  private static func skipMark(_ cursor: inout TextCursor) {
    cursor.skipSpaces()
    if !cursor.take(":") { _ = cursor.take(",") }
  }
}
