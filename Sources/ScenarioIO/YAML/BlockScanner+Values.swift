// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockScanner {
  /// What follows `key:` or stands alone, up to the start of the line after it.
  ///
  /// - Parameter parent: the column that the value's further lines must be deeper than.
  mutating func value(parent: Int) {
    at = skipBlanks(at)
    if isLineEnd(at) || (source[at] == Byte.hash && Byte.isBlank(source[at - 1])) {
      expectsNode = true
      nextLine(at)
      return
    }
    expectsNode = false
    nodes += 1
    if isTooLarge(at, depth: blocks.count) { return }
    let start = at
    switch source[at] {
    case Byte.singleQuote, Byte.doubleQuote:
      if quoted(parent: parent) { endOfValue(after: start, "the closing quote", parent: parent) }
    case Byte.openBrace, Byte.openBracket:
      if flow(parent: parent) { endOfValue(after: start, "the closing bracket", parent: parent) }
    case Byte.bar where isBlockHeader(at), Byte.greater where isBlockHeader(at):
      nextLine(at)
      blockScalar(parent: parent)
    default:
      if let slip = ValueSlips.valueStart(source[at], source[at + 1]) {
        slipped(at, slip.found, expected: "a value", advice: slip.advice, parent: parent)
      } else {
        plain(parent: parent)
      }
    }
  }

  /// Reports a value, and goes on after it.
  private mutating func slipped(
    _ start: Int, at place: Int? = nil, _ found: String, expected: String, advice: String,
    parent: Int
  ) {
    problems.report(
      source.position(of: place ?? start), found, expected: expected, advice: advice)
    skipValue(from: start, parent: parent)
  }

  /// After a quoted value or a closed bracket: nothing, or a comment.
  private mutating func endOfValue(after start: Int, _ what: String, parent: Int) {
    let text = skipBlanks(at)
    if isLineEnd(text) || (source[text] == Byte.hash && text > at) {
      nextLine(text)
      return
    }
    let end = lineEnd(text)
    slipped(
      start, at: text, "\(Excerpt.quoted(source.text(text..<end))) after \(what)",
      expected: "the end of the line",
      advice: "Put the whole text in quotes; inside single quotes a quote is written twice.",
      parent: parent)
  }

  // MARK: plain text

  private mutating func plain(parent: Int) {
    let start = at
    while true {
      var i = at
      while !isLineEnd(i) {
        if source[i] == Byte.colon, Byte.endsToken(source[i + 1]) {
          colonInside(start, i, parent: parent)
          return
        }
        if source[i] == Byte.hash, Byte.isBlank(source[i - 1]) {
          checkComment(i)
          nextLine(i)
          return
        }
        i += 1
      }
      nextLine(i)
      guard continues(parent: parent) else { return }
      at = skipBlanks(skipBlankLines())
      if source[at] == Byte.dash, Byte.endsToken(source[at + 1]) {
        slipped(
          start, at: at, "a list entry below a text", expected: "a key without a value above it",
          advice: "Put the text in quotes if the dash belongs to it.", parent: parent)
        return
      }
    }
  }

  private mutating func colonInside(_ start: Int, _ colon: Int, parent: Int) {
    let isFirstLine = source.lineIndex(of: colon) == source.lineIndex(of: start)
    if isFirstLine {
      slipped(
        start, at: colon, "`: ` inside a value", expected: "a value without a colon and a space",
        advice: ValueSlips.colonInside, parent: parent)
      return
    }
    slipped(
      start, at: at, "a key below a value: \(Excerpt.quoted(source.text(at..<lineEnd(at))))",
      expected: "a key without a value above it",
      advice: "Indent it like the line above, or quote the text.", parent: parent)
  }

  /// ` #` cuts a text silently, so a comment after plain text needs two spaces before it.
  mutating func checkComment(_ hash: Int) {
    guard source[hash - 1] == Byte.space, !Byte.isBlank(source[hash - 2]) else { return }
    problems.report(
      source.position(of: hash), "one space and `#` after a text, which would cut the text there",
      expected: "two spaces before a comment",
      advice: "Put the text in quotes if # belongs to it, else add a space before #.")
  }

  /// Whether the next line that isn't blank belongs to the plain text above it.
  private func continues(parent: Int) -> Bool {
    let text = skipBlankLines()
    guard text < source.bytes.count else { return false }
    let indent = skipSpaces(text) - text
    let first = source[skipBlanks(text)]
    return indent > parent && first != Byte.hash && !isDocumentMarker(text)
  }

  /// The first byte of the next line that holds text.
  private func skipBlankLines() -> Int {
    var line = at
    while line < source.bytes.count, isLineEnd(skipBlanks(line)) { line = lineAfter(line) }
    return line
  }

  private func isDocumentMarker(_ line: Int) -> Bool {
    let sign = source[line]
    return (sign == Byte.dash || sign == UInt8(ascii: "."))
      && source[line + 1] == sign && source[line + 2] == sign && Byte.endsToken(source[line + 3])
  }

  // MARK: quoted text

  /// - Returns: whether the closing quote was found; else the reading place is a later line.
  mutating func quoted(parent: Int) -> Bool {
    let opening = at
    let quote = source[at]
    at += 1
    while at < source.bytes.count {
      let byte = source[at]
      if Byte.isBreak(byte) {
        let next = lineAfter(at)
        let text = skipSpaces(next)
        if !isLineEnd(skipBlanks(text)), text - next <= parent { break }
        at = skipBlanks(text)
      } else if byte == Byte.backslash, quote == Byte.doubleQuote {
        // A backslash at the end of a line leaves the break to the branch above.
        at += isLineEnd(at + 1) ? 1 : 2
      } else if byte == quote {
        if quote == Byte.singleQuote, source[at + 1] == quote {
          at += 2
        } else {
          at += 1
          return true
        }
      } else {
        at += 1
      }
    }
    problems.report(
      source.position(of: opening), "a quote that is never closed",
      expected: "the same quote at the end of the text")
    at = min(at, source.bytes.count)
    if at < source.bytes.count { nextLine(at) }
    scan.refused.append(opening..<at)
    return false
  }

  // MARK: block scalars

  /// `|` or `>` with at most a sign, as YAML opens a text of several lines.
  private func isBlockHeader(_ start: Int) -> Bool {
    var i = start + 1
    if source[i] == UInt8(ascii: "+") || source[i] == Byte.dash { i += 1 }
    let after = skipBlanks(i)
    return isLineEnd(after) || (source[after] == Byte.hash && after > i)
  }

  private mutating func blockScalar(parent: Int) {
    var content: Int?
    while at < source.bytes.count {
      let text = skipSpaces(at)
      if isLineEnd(text) {
        nextLine(text)
        continue
      }
      let indent = text - at
      if content == nil {
        guard indent > max(parent, 0) else { return }
        content = indent
      }
      if source[text] == Byte.tab, indent < content ?? 0 {
        broken(text, "a tab as indentation", expected: "spaces")
        nextLine(text)
        continue
      }
      guard indent >= content ?? 0 else { return }
      nextLine(text)
    }
  }
}
