// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockScanner {
  struct Key {
    let text: String
    let start: Int
    /// The byte after the colon.
    let valueStart: Int
  }

  /// The key at the reading place, if the line has one.
  mutating func key() -> Key? {
    let start = at
    let first = source[at]
    if first == Byte.singleQuote || first == Byte.doubleQuote {
      guard let end = quotedEnd(start) else { return nil }
      let colon = skipBlanks(end)
      guard source[colon] == Byte.colon, Byte.endsToken(source[colon + 1]) else { return nil }
      return Key(text: source.text(start + 1..<end - 1), start: start, valueStart: colon + 1)
    }
    if first == Byte.openBrace || first == Byte.openBracket { return nil }
    var i = start
    while !isLineEnd(i) {
      if source[i] == Byte.colon, Byte.endsToken(source[i + 1]) {
        var end = i
        while end > start, Byte.isBlank(source[end - 1]) { end -= 1 }
        return Key(text: source.text(start..<end), start: start, valueStart: i + 1)
      }
      if source[i] == Byte.hash, i > start, Byte.isBlank(source[i - 1]) { return nil }
      i += 1
    }
    return nil
  }

  /// Checks a key of the innermost block mapping.
  mutating func register(_ key: Key) {
    nodes += 1
    guard checkKey(key.text, key.start), let last = blocks.indices.last else { return }
    if let first = blocks[last].keys[key.text] {
      duplicate(key.text, key.start, first)
    } else {
      blocks[last].keys[key.text] = key.start
    }
  }

  /// Refuses what YAML gives a meaning of its own. Shared with braces.
  mutating func checkKey(_ text: String, _ start: Int) -> Bool {
    if text == "<<" {
      broken(
        start, "a merge key `<<`", expected: "a name",
        advice: "Merge keys are not read: write the entries out.")
      return false
    }
    if text.isEmpty {
      broken(start, "a colon without a key before it", expected: "`key: value`")
      return false
    }
    if let slip = ValueSlips.valueStart(source[start], source[start + 1]) {
      broken(start, slip.found, expected: "a name", advice: slip.advice)
      return false
    }
    return true
  }

  mutating func duplicate(_ text: String, _ start: Int, _ first: Int) {
    let place = source.position(of: first)
    broken(
      start,
      "the key \(Excerpt.quoted(text)) a second time, after line \(place.line), column \(place.column)",
      expected: "each key once", advice: "Delete or rename one of the two.")
  }

  /// The byte after the closing quote, if it stands on the same line.
  func quotedEnd(_ start: Int) -> Int? {
    let quote = source[start]
    var i = start + 1
    while !isLineEnd(i) {
      if source[i] == Byte.backslash, quote == Byte.doubleQuote {
        i += 1
      } else if source[i] == quote {
        if quote == Byte.singleQuote, source[i + 1] == quote { i += 1 } else { return i + 1 }
      }
      i += 1
    }
    return nil
  }
}
