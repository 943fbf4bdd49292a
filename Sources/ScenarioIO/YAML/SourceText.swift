// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The text of one file with its line starts. A byte order mark is not part of it.
struct SourceText: Sendable {
  let file: String
  /// Whether it is a file that the scenario names: its positions then say so.
  let isNamed: Bool
  /// The included file whose settings hold in it: itself, or the one that names it; `nil` for the scenario.
  let owner: String?
  let bytes: [UInt8]
  /// Byte offset of the first byte of each line.
  let lineStarts: [Int]

  /// - Parameter bytes: UTF-8.
  init(file: String, bytes: [UInt8], isNamed: Bool = false, owner: String? = nil) {
    self.file = file
    self.owner = owner
    self.isNamed = isNamed
    self.bytes = bytes
    var starts = [0]
    var i = 0
    while i < bytes.count {
      if bytes[i] == Byte.lineFeed {
        starts.append(i + 1)
      } else if bytes[i] == Byte.carriageReturn {
        if i + 1 < bytes.count, bytes[i + 1] == Byte.lineFeed { i += 1 }
        starts.append(i + 1)
      }
      i += 1
    }
    lineStarts = starts
  }

  /// The byte, or 0 beyond the end. The text holds no NUL.
  subscript(_ index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  /// Index of the line that holds a byte, from 0.
  func lineIndex(of byte: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= byte { low = middle } else { high = middle }
    }
    return low
  }

  func position(of byte: Int) -> SourcePosition {
    let byte = min(max(byte, 0), bytes.count)
    let line = lineIndex(of: byte)
    var column = 1
    for i in lineStarts[line]..<byte where bytes[i] & 0xC0 != 0x80 { column += 1 }
    return place(line: line + 1, column: column)
  }

  /// A position in this file.
  func place(line: Int, column: Int) -> SourcePosition {
    SourcePosition(line: line, column: column, file: isNamed ? file : nil)
  }

  var start: SourcePosition { place(line: 1, column: 1) }

  /// The byte at a position; the end of the text if there is none.
  func byte(at position: SourcePosition) -> Int {
    guard position.line >= 1, position.line <= lineStarts.count else { return bytes.count }
    var i = lineStarts[position.line - 1]
    var left = position.column - 1
    while left > 0, i < bytes.count {
      i += 1
      while i < bytes.count, bytes[i] & 0xC0 == 0x80 { i += 1 }
      left -= 1
    }
    return i
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}

/// The bytes that have a meaning in YAML.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let colon = UInt8(ascii: ":")
  static let comma = UInt8(ascii: ",")
  static let dash = UInt8(ascii: "-")
  static let question = UInt8(ascii: "?")
  static let percent = UInt8(ascii: "%")
  static let singleQuote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let bar = UInt8(ascii: "|")
  static let greater = UInt8(ascii: ">")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")

  static func isBreak(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
  /// A space or tab.
  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
  /// A space, tab, line break or the end of the text.
  static func endsToken(_ byte: UInt8) -> Bool { isBlank(byte) || isBreak(byte) || byte == 0 }
  static func isFlowSign(_ byte: UInt8) -> Bool {
    byte == comma || byte == openBrace || byte == closeBrace || byte == openBracket
      || byte == closeBracket
  }
}
