// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The text of a scalar, with the way back from its bytes to the file.
struct ScalarText: Sendable {
  enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted, block
    /// In a cell of a table: quotation marks inside are doubled.
    case tableQuoted
    /// Put together from several cells: the byte at which each begins, with its place, in order.
    case pieces([Piece])
  }

  struct Piece: Sendable {
    let offset: Int
    let place: SourcePosition
  }

  let text: String
  let style: Style
  /// Of its first character in the file, or of its opening quote or sign.
  let start: SourcePosition
  let source: SourceText
  /// In a cell of a table without `decimal: comma`.
  var isPointCell = false

  /// Where a byte of the text stands in the file.
  ///
  /// Characters other than spaces come in the same order in the text as in the file, whatever lines
  /// YAML folded: they are counted off side by side.
  func position(ofByte offset: Int) -> SourcePosition {
    if case .pieces(let pieces) = style {
      return pieces.last { $0.offset <= offset }?.place ?? start
    }
    var place = source.byte(at: start)
    skipOpening(&place)
    var seen = 0
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      if isSpace(scalar) {
        if seen >= offset { break }
      } else {
        skipSpaces(&place)
        if seen + width > offset { return source.position(of: place) }
        skipCharacter(&place, width)
      }
      seen += width
    }
    return source.position(of: place)
  }

  private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
  }

  private func skipSpaces(_ place: inout Int) {
    while place < source.bytes.count {
      if Byte.endsToken(source[place]) {
        place += 1
      } else if case .doubleQuoted = style, source[place] == Byte.backslash,
        [UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), Byte.space, 10, 13]
          .contains(source[place + 1])
      {
        place += 2
      } else {
        return
      }
    }
  }

  private func skipOpening(_ place: inout Int) {
    switch style {
    case .plain, .pieces: break
    case .singleQuoted, .doubleQuoted, .tableQuoted: place += 1
    case .block:
      while place < source.bytes.count, !Byte.isBreak(source[place]) { place += 1 }
    }
  }

  private func skipCharacter(_ place: inout Int, _ width: Int) {
    switch (style, source[place]) {
    case (.singleQuoted, Byte.singleQuote), (.tableQuoted, Byte.doubleQuote): place += 2
    case (.doubleQuoted, Byte.backslash):
      switch source[place + 1] {
      case UInt8(ascii: "x"): place += 4
      case UInt8(ascii: "u"): place += 6
      case UInt8(ascii: "U"): place += 10
      default: place += 2
      }
    default: place += width
    }
    place = min(place, source.bytes.count)
  }
}
