// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A reader's place in a text, one Unicode scalar at a time, with offsets in UTF-8 bytes.
///
/// The typographic signs of printed numbers are read as their plain forms: no-break, narrow and thin
/// spaces as a space, the minus sign as a hyphen.
struct TextCursor {
  let text: String
  private let scalars: [Unicode.Scalar]
  private let offsets: [Int]
  var index = 0

  init(_ text: String) {
    self.text = text
    var scalars: [Unicode.Scalar] = []
    var offsets: [Int] = []
    scalars.reserveCapacity(text.utf8.count)
    offsets.reserveCapacity(text.utf8.count + 1)
    var offset = 0
    for scalar in text.unicodeScalars {
      scalars.append(Self.plain(scalar))
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.scalars = scalars
    self.offsets = offsets
  }

  var isAtEnd: Bool { index >= scalars.count }
  var current: Unicode.Scalar? { peek(0) }
  /// In UTF-8 bytes.
  var offset: Int { offsets[min(index, scalars.count)] }

  func peek(_ ahead: Int) -> Unicode.Scalar? {
    let i = index + ahead
    return i >= 0 && i < scalars.count ? scalars[i] : nil
  }

  /// The original text between two places.
  func slice(_ from: Int, _ to: Int) -> String {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: offsets[min(from, scalars.count)])
    let end = utf8.index(utf8.startIndex, offsetBy: offsets[min(to, scalars.count)])
    return String(text[start..<end])
  }

  /// What is left, without spaces at its end.
  var rest: String {
    var end = scalars.count
    while end > index, Self.isSpace(scalars[end - 1]) { end -= 1 }
    return slice(index, end)
  }

  mutating func skipSpaces() {
    while let scalar = current, Self.isSpace(scalar) { index += 1 }
  }

  /// Reads the scalar if it is next.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  /// Reads a word made of these letters, in any case, if it stands next and ends there.
  mutating func takeWord(_ word: String) -> Bool {
    var i = index
    for letter in word.unicodeScalars {
      guard i < scalars.count, scalars[i].properties.lowercaseMapping == String(letter) else {
        return false
      }
      i += 1
    }
    if i < scalars.count, Names.continues(scalars[i]) { return false }
    index = i
    return true
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{A0}", "\u{202F}", "\u{2009}", "\u{2007}", "\u{200A}": " "
    case "\u{2212}": "-"
    default: scalar
    }
  }
}

extension Unicode.Scalar {
  var isDecimalDigit: Bool { ("0"..."9").contains(self) }
}
