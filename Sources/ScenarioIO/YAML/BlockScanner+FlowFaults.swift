// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockScanner {
  /// Reports a place in brackets from which on they can't be read; the caller leaves them.
  mutating func slip(_ byte: Int, _ found: String, expected: String, advice: String) {
    problems.report(source.position(of: byte), found, expected: expected, advice: advice)
  }

  /// Checks an entry at its end: in braces each needs a key and a colon.
  mutating func endEntry(_ level: inout FlowLevel, isLast: Bool) {
    if level.isEmpty {
      if isLast { return }
      flowIsRefused = true
      slip(at, "a comma with nothing before it", expected: "an entry", advice: "")
      return
    }
    guard level.isMapping, !level.hasColon, let text = level.key else {
      level.isReported = false
      return
    }
    flowIsRefused = true
    defer { level.isReported = true }
    if level.isReported { return }
    guard let comma = level.comma, let before = level.before else {
      keyWithoutValue(text)
      return
    }
    commaInside(comma, before, text)
  }

  private mutating func keyWithoutValue(_ text: Range<Int>) {
    let word = source.text(text)
    slip(
      text.lowerBound, "\(Excerpt.quoted(word)) without a value in braces",
      expected: "`key: value`", advice: word.contains(":") ? "Put a space after the colon." : "")
  }

  /// A comma ends a value in braces, also where a decimal or an argument was meant.
  private mutating func commaInside(_ comma: Int, _ before: Range<Int>, _ after: Range<Int>) {
    let whole = source.text(before.lowerBound..<after.upperBound)
    let isDecimal =
      isDigit(source[comma - 1]) && isDigit(source[comma + 1])
      && !source.text(before).contains("(")
    slip(
      comma, "a comma inside the value \(Excerpt.quoted(whole)), which ends it in braces",
      expected: isDecimal ? "a decimal point" : "`key: value` after the comma",
      advice: isDecimal
        ? "Write decimals with a point."
        : "Put the value in quotes, or give each key a line of its own.")
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  mutating func unclosedFlow(_ levels: [FlowLevel], _ range: Range<Int>) {
    let opening = levels.last?.opening ?? range.lowerBound
    let sign = Excerpt.quoted(String(Unicode.Scalar(source[opening])))
    slip(
      opening, "a \(sign) that is never closed", expected: "its partner before the next key",
      advice: "")
    scan.refused.append(range)
  }

  /// Leaves brackets that can't be read: up to the first line that is not deeper than their key.
  mutating func abandonFlow(from start: Int, parent: Int) {
    if at == 0 || !Byte.isBreak(source[at - 1]) { nextLine(at) }
    while at < source.bytes.count {
      let text = skipSpaces(at)
      if !isLineEnd(text), text - at <= parent, source[text] != Byte.closeBrace,
        source[text] != Byte.closeBracket
      {
        break
      }
      nextLine(text)
    }
    scan.refused.append(start..<at)
  }
}
