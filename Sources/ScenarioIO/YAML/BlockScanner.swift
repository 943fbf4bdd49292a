// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a YAML text for its structure, with positions, before it is composed.
///
/// Scenario files use a strict part of YAML. This scan refuses the rest of it, and recognises slips
/// that YAML would read as something else than was meant. It follows quoted and block scalars, so that
/// their text is never taken for structure.
struct BlockScanner {
  static let deepest = 64
  static let mostNodes = 100_000

  let source: SourceText
  var problems: DiagnosticCollector
  var scan = SourceScan()
  var at = 0
  var nodes = 0
  /// Open mappings and lists in block style, outermost first.
  var blocks: [Block] = []
  /// The last key or dash had nothing after it on its line.
  var expectsNode = true
  var documentStarted = false
  var isStopped = false
  /// A problem in the brackets being read was reported.
  var flowIsRefused = false
  /// The column that further lines of those brackets must be deeper than.
  var flowParent = -1

  struct Block {
    var isList: Bool
    var column: Int
    /// Keys so far, with the byte each starts at.
    var keys: [String: Int] = [:]
  }

  init(_ source: SourceText, _ problems: DiagnosticCollector) {
    self.source = source
    self.problems = problems
  }

  mutating func run() {
    while at < source.bytes.count, !isStopped, !problems.isFull { line() }
    if isStopped || problems.isFull { scan.isBroken = true }
  }

  // MARK: lines

  private mutating func line() {
    let start = at
    let text = skipSpaces(at)
    let first = source[text]
    if first == Byte.tab {
      let after = skipBlanks(text)
      if isLineEnd(after) || source[after] == Byte.hash {
        nextLine(after)
      } else {
        broken(
          text, "a tab as indentation", expected: "spaces",
          advice: "Indent with two spaces a level.")
        nextLine(text)
      }
      return
    }
    if isLineEnd(text) || first == Byte.hash {
      nextLine(text)
      return
    }
    if text == start, documentSign(first) { return }
    documentStarted = true
    at = text
    entry(column: text - start, lineStart: start)
  }

  /// `---`, `...` and `%YAML` at the start of a line.
  private mutating func documentSign(_ first: UInt8) -> Bool {
    let isMarker =
      source[at + 1] == source[at] && source[at + 2] == source[at]
      && Byte.endsToken(source[at + 3])
    if first == Byte.dash, isMarker {
      if documentStarted {
        broken(
          at, "`---`, which starts a second document", expected: "one scenario per file",
          advice: "Put the second scenario in a file of its own.")
        isStopped = true
      }
      documentStarted = true
      let after = skipBlanks(at + 3)
      if !isLineEnd(after), source[after] != Byte.hash {
        broken(after, "text after `---`", expected: "a line of its own")
      }
      nextLine(at)
      return true
    }
    if first == UInt8(ascii: "."), isMarker {
      broken(at, "`...`, which ends a document", expected: "nothing", advice: "Delete this line.")
      nextLine(at)
      return true
    }
    if first == Byte.percent {
      broken(
        at, "a line that begins with %", expected: "`key: value`",
        advice: "YAML directives are not read.")
      nextLine(at)
      return true
    }
    return false
  }

  // MARK: entries

  /// Dashes, then a key with its value or a value alone.
  private mutating func entry(column: Int, lineStart: Int) {
    var column = column
    while !isStopped {
      if source[at] == Byte.dash, Byte.endsToken(source[at + 1]) {
        guard enter(isList: true, column) else { return }
        at = skipBlanks(at + 1)
        expectsNode = true
        if isLineEnd(at) || source[at] == Byte.hash {
          nextLine(at)
          return
        }
        column = at - lineStart
      } else if source[at] == Byte.question, Byte.endsToken(source[at + 1]) {
        broken(at, "a line that begins with `? `", expected: "`key: value`")
        nextLine(at)
        return
      } else {
        break
      }
    }
    if isStopped { return }
    if let key = key() {
      guard enter(isList: false, column) else { return }
      register(key)
      at = key.valueStart
      value(parent: column)
    } else if expectsNode, let parent = loneParent(column) {
      value(parent: parent)
    } else {
      textWithoutKey()
    }
  }

  /// The column that a value without a key on its line must be deeper than, if one may stand here.
  private func loneParent(_ column: Int) -> Int? {
    guard let last = blocks.last else { return -1 }
    return column > last.column ? last.column : nil
  }

  private mutating func textWithoutKey() {
    let end = lineEnd(at)
    let text = source.text(at..<end)
    let hasTightColon = text.contains(":") && !text.hasPrefix("\"") && !text.hasPrefix("'")
    broken(
      at, "a line without a key: \(Excerpt.quoted(text))", expected: "`key: value`",
      advice: hasTightColon
        ? "Put a space after the colon."
        : "If it continues the line above, put the whole text in quotes or indent it deeper.")
    nextLine(at)
  }

  /// Opens or continues the list or mapping that an entry at this column belongs to.
  private mutating func enter(isList: Bool, _ column: Int) -> Bool {
    let closed = blocks.last.map { $0.column > column } ?? false
    while let last = blocks.last, last.column > column { blocks.removeLast() }
    if closed { expectsNode = false }
    if !isList, let last = blocks.last, last.isList, last.column == column,
      blocks.dropLast().last?.column == column
    {
      // A list may stand at the column of its key: the next key ends it.
      blocks.removeLast()
    }
    defer { expectsNode = false }
    if let last = blocks.last, last.column == column, last.isList == isList { return true }
    let isDeeper = (blocks.last?.column ?? -1) < column
    let isListOfKey = isList && blocks.last?.column == column && expectsNode
    if !(expectsNode && isDeeper) && !isListOfKey {
      misplaced(isList: isList, column)
      if !isDeeper { return false }
    }
    nodes += 1
    blocks.append(Block(isList: isList, column: column))
    return !isTooLarge(at, depth: blocks.count)
  }

  private mutating func misplaced(isList: Bool, _ column: Int) {
    let known = blocks.map { String($0.column) }
    let columns = known.count > 1 ? "one of \(known.joined(separator: ", "))" : known.first ?? "0"
    if blocks.last?.column == column {
      broken(
        at, isList ? "a list entry among keys" : "a key among list entries",
        expected: isList ? "`key: value`" : "`- text`")
      nextLine(at)
      return
    }
    broken(
      at,
      "a line indented by \(column) space\(column == 1 ? "" : "s"), which no line above it leads to",
      expected: "\(columns) spaces",
      advice: "Lines that belong together have the same indentation.")
  }

  /// Reports a structure that can't be composed.
  mutating func broken(_ byte: Int, _ found: String, expected: String = "", advice: String = "") {
    scan.isBroken = true
    problems.report(source.position(of: byte), found, expected: expected, advice: advice)
  }

  /// - Returns: whether a cap is passed, which stops the scan.
  mutating func isTooLarge(_ byte: Int, depth: Int) -> Bool {
    if depth > Self.deepest {
      broken(byte, "more than \(Self.deepest) levels of nesting", expected: "fewer")
      isStopped = true
    } else if nodes > Self.mostNodes {
      broken(byte, "more than \(Self.mostNodes) keys and values", expected: "fewer")
      isStopped = true
    }
    return isStopped
  }
}
