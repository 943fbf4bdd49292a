// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockScanner {
  /// Reads `{…}` or `[…]`.
  ///
  /// - Returns: whether it was closed; else it was reported and the reading place is a later line.
  mutating func flow(parent: Int) -> Bool {
    let start = at
    var levels: [FlowLevel] = []
    flowIsRefused = false
    flowParent = parent
    while at < source.bytes.count {
      let byte = source[at]
      if Byte.isBreak(byte) {
        let next = lineAfter(at)
        let text = skipBlanks(next)
        let isClosing = source[text] == Byte.closeBrace || source[text] == Byte.closeBracket
        if !isLineEnd(text), source[text] != Byte.hash, text - next <= parent, !isClosing {
          at = next
          unclosedFlow(levels, start..<next)
          return false
        }
        at = text
        continue
      }
      if Byte.isBlank(byte) {
        at += 1
      } else if byte == Byte.hash, at == 0 || Byte.endsToken(source[at - 1]) {
        at = lineEnd(at)
      } else if let isDone = step(&levels) {
        if isDone {
          if flowIsRefused { scan.refused.append(start..<at) }
          return true
        }
      } else {
        abandonFlow(from: start, parent: parent)
        return false
      }
      if isStopped { return false }
    }
    unclosedFlow(levels, start..<source.bytes.count)
    return false
  }

  /// One sign or text. `true` at the last closing bracket, `nil` when the rest can't be read.
  private mutating func step(_ levels: inout [FlowLevel]) -> Bool? {
    let byte = source[at]
    switch byte {
    case Byte.openBrace, Byte.openBracket:
      guard open(&levels) else { return nil }
    case Byte.closeBrace, Byte.closeBracket:
      return close(&levels)
    case Byte.comma:
      endEntry(&levels[levels.count - 1], isLast: false)
      levels[levels.count - 1].nextEntry(comma: at)
      at += 1
    case Byte.colon where isColon(levels[levels.count - 1]):
      guard colon(&levels[levels.count - 1]) else { return nil }
    default:
      guard text(&levels[levels.count - 1]) else { return nil }
    }
    return false
  }

  private func isColon(_ level: FlowLevel) -> Bool {
    let next = source[at + 1]
    return Byte.endsToken(next) || Byte.isFlowSign(next) || (level.keyIsQuoted && !level.hasColon)
  }

  private mutating func open(_ levels: inout [FlowLevel]) -> Bool {
    if let last = levels.last {
      let isInsideText = last.isMapping ? last.value != nil || !last.hasColon : last.key != nil
      if isInsideText {
        let sign = Excerpt.quoted(String(Unicode.Scalar(source[at])))
        slip(
          at, "\(sign) inside a text in braces", expected: "a comma or the closing bracket",
          advice: "Put the text in quotes, or give each key a line of its own.")
        return false
      }
      let index = levels.count - 1
      if last.isMapping {
        levels[index].value = at..<at + 1
      } else {
        levels[index].key = at..<at + 1
      }
    }
    levels.append(FlowLevel(isMapping: source[at] == Byte.openBrace, opening: at))
    nodes += 1
    if isTooLarge(at, depth: blocks.count + levels.count) { return false }
    at += 1
    return true
  }

  private mutating func close(_ levels: inout [FlowLevel]) -> Bool? {
    let isBrace = source[at] == Byte.closeBrace
    guard var last = levels.popLast() else { return nil }
    guard last.isMapping == isBrace else {
      let place = source.position(of: last.opening)
      slip(
        at, "`\(isBrace ? "}" : "]")` where `\(last.isMapping ? "}" : "]")` is due",
        expected: "the partner of the bracket in line \(place.line), column \(place.column)",
        advice: "")
      return nil
    }
    endEntry(&last, isLast: true)
    at += 1
    return levels.isEmpty
  }

  private mutating func colon(_ level: inout FlowLevel) -> Bool {
    if !level.isMapping || level.hasColon {
      slip(
        at, "`: ` inside a value", expected: "a value without a colon and a space",
        advice: ValueSlips.colonInside)
      return false
    }
    guard let key = level.key else {
      slip(at, "a colon without a key before it", expected: "`key: value`", advice: "")
      return false
    }
    let next = source[at + 1]
    if next == Byte.openBrace || next == Byte.openBracket {
      slip(at, "a colon without a space after it", expected: "a space", advice: "")
      return false
    }
    level.hasColon = true
    let trim = level.keyIsQuoted ? 1 : 0
    let name = source.text(key.lowerBound + trim..<key.upperBound - trim)
    if checkKey(name, key.lowerBound) {
      if let first = level.keys[name] {
        duplicate(name, key.lowerBound, first)
      } else {
        level.keys[name] = key.lowerBound
      }
    }
    at += 1
    return true
  }

  // MARK: texts

  private mutating func text(_ level: inout FlowLevel) -> Bool {
    let start = at
    let isQuoted = source[at] == Byte.singleQuote || source[at] == Byte.doubleQuote
    let isValue = !level.isMapping || level.hasColon
    if !isQuoted, let slipFound = ValueSlips.valueStart(source[at], source[at + 1]) {
      slip(at, slipFound.found, expected: "a value", advice: slipFound.advice)
      return false
    }
    let earlier = level.isMapping && level.hasColon ? level.value : level.key
    let joins = !isQuoted && earlier != nil && (isValue ? level.valueIsPlain : !level.keyIsQuoted)
    if earlier != nil, !joins {
      slip(at, "a text after a complete one", expected: "a comma", advice: "")
      return false
    }
    nodes += 1
    if isTooLarge(at, depth: blocks.count) { return false }
    if isQuoted {
      guard quoted(parent: flowParent) else { return false }
    } else {
      plainInFlow()
    }
    let range = (earlier?.lowerBound ?? start)..<max(at, start + 1)
    if level.isMapping, level.hasColon {
      level.value = range
    } else {
      level.key = range
      level.keyIsQuoted = isQuoted
    }
    if isValue { level.valueIsPlain = !isQuoted }
    at = max(at, start + 1)
    return true
  }

  private mutating func plainInFlow() {
    var end = at
    while !isLineEnd(at) {
      let byte = source[at]
      if Byte.isFlowSign(byte) { break }
      if byte == Byte.colon,
        Byte.endsToken(source[at + 1]) || Byte.isFlowSign(source[at + 1])
      {
        break
      }
      if byte == Byte.hash, Byte.isBlank(source[at - 1]) {
        checkComment(at)
        break
      }
      at += 1
      if !Byte.isBlank(byte) { end = at }
    }
    at = end
  }
}
