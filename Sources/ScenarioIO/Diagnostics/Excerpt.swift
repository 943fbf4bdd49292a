// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Text of a file as messages quote it: short, on one line, without control characters.
enum Excerpt {
  static let longest = 60

  /// The text between backticks, escaped and shortened.
  static func quoted(_ text: some StringProtocol) -> String {
    "`\(shortened(text))`"
  }

  static func shortened(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard
      let cut = scalars.index(scalars.startIndex, offsetBy: longest, limitedBy: scalars.endIndex),
      cut != scalars.endIndex
    else { return escaped(text) }
    return escaped(String(text[..<cut])) + "…"
  }

  /// Control characters, line breaks and marks that reorder text become `\u{…}`.
  static func escaped(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return String(text) }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result += name(of: scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `\u{1B}` for the escape character.
  static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }

  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }
}
