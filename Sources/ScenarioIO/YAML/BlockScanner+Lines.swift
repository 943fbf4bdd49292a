// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockScanner {
  func isLineEnd(_ byte: Int) -> Bool {
    byte >= source.bytes.count || Byte.isBreak(source[byte])
  }

  func skipSpaces(_ from: Int) -> Int {
    var i = from
    while source[i] == Byte.space { i += 1 }
    return i
  }

  func skipBlanks(_ from: Int) -> Int {
    var i = from
    while Byte.isBlank(source[i]) { i += 1 }
    return i
  }

  /// The end of the line's text, before its break.
  func lineEnd(_ from: Int) -> Int {
    var i = from
    while !isLineEnd(i) { i += 1 }
    return i
  }

  /// The first byte of the line after the one that holds a byte.
  func lineAfter(_ byte: Int) -> Int {
    let end = lineEnd(byte)
    if end >= source.bytes.count { return source.bytes.count }
    return source[end] == Byte.carriageReturn && source[end + 1] == Byte.lineFeed
      ? end + 2 : end + 1
  }

  mutating func nextLine(_ byte: Int) {
    at = lineAfter(byte)
  }

  /// Leaves a value that was reported: its line and the deeper lines after it.
  ///
  /// - Parameter from: the byte the value starts at.
  mutating func skipValue(from start: Int, parent: Int) {
    let end = lineEnd(at)
    scan.refused.append(start..<max(end, start + 1))
    nextLine(at)
    skipDeeperLines(than: parent)
  }

  mutating func skipDeeperLines(than parent: Int) {
    while at < source.bytes.count {
      let text = skipSpaces(at)
      if !isLineEnd(text) {
        guard text - at > parent else { return }
        scan.blanked.append(at..<lineEnd(text))
      }
      nextLine(text)
    }
  }
}
