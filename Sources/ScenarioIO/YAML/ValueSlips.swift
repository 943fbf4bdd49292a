// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Beginnings of plain text that YAML gives another meaning, with the way to write what was meant.
enum ValueSlips {
  /// For a first character that can't begin plain text anywhere.
  static func forbiddenStart(_ byte: UInt8) -> (found: String, advice: String)? {
    let quote = "If it is text, put it in quotes."
    switch byte {
    case UInt8(ascii: "&"):
      return ("an anchor, or text that begins with `&`", "Anchors are not read. \(quote)")
    case UInt8(ascii: "*"):
      return (
        "an alias, or text that begins with `*`",
        "Aliases are not read: write the value out. \(quote)"
      )
    case UInt8(ascii: "!"):
      return ("a tag, or text that begins with `!`", "Tags are not read. \(quote)")
    case Byte.percent:
      return ("text that begins with `%`", "A percentage is written 40%. \(quote)")
    case UInt8(ascii: "@"): return ("text that begins with `@`", quote)
    case UInt8(ascii: "`"): return ("text that begins with a backtick", quote)
    default: return nil
    }
  }

  /// For a first character that can't begin a value.
  static func valueStart(_ byte: UInt8, _ next: UInt8) -> (found: String, advice: String)? {
    if let slip = forbiddenStart(byte) { return slip }
    let quote = "If it is text, put it in quotes."
    switch byte {
    case Byte.bar: return ("text that begins with `|`", quote)
    case Byte.greater: return ("text that begins with `>`", "Put a text such as > 5 in quotes.")
    case Byte.dash where Byte.endsToken(next):
      return (
        "a dash and a space at the start of a value",
        "Write a negative number without the space: -5. A list starts on a line of its own."
      )
    case Byte.question where Byte.endsToken(next): return ("text that begins with `? `", quote)
    case Byte.colon where Byte.endsToken(next): return ("a second colon", quote)
    case Byte.comma, Byte.closeBrace, Byte.closeBracket:
      return ("text that begins with `\(Character(Unicode.Scalar(byte)))`", quote)
    default: return nil
    }
  }

  static let colonInside = "Put the text in quotes; the named arguments of a function use `=`."
}
