// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The entries of a mapping by key; unknown keys are reported.
  mutating func fields(
    _ node: YAMLNode, at place: SourcePosition, _ what: String, keys: KeySection
  ) -> [String: YAMLEntry]? {
    if case .mapping(let entries) = node.content, Self.changeSections.contains(keys),
      let unit = entries.first(where: { ["unit", "units"].contains($0.key) })
    {
      problems.report(
        unit.keyPosition, "`\(unit.key)` in a change, which can't change a unit",
        expected: "a value in the unit of the quantity",
        advice: "Turn the value into that unit, or multiply it by a stated factor.")
      let others = YAMLNode(
        content: .mapping(entries.filter { $0.key != unit.key }), position: node.position)
      return fields(others, at: place, what, names: keys.names)
    }
    return fields(node, at: place, what, names: keys.names)
  }

  /// What variants and perspectives say anew.
  private static let changeSections: Set<KeySection> = [
    .otherParameter, .otherRule, .variant, .perspective,
  ]

  /// The same for keys that hang on the scenario: names of dimensions.
  mutating func fields(
    _ node: YAMLNode, at place: SourcePosition, _ what: String, names known: [String]
  ) -> [String: YAMLEntry]? {
    switch node.content {
    case .refused: return nil
    case .mapping(let entries):
      var fields: [String: YAMLEntry] = [:]
      for entry in entries {
        if known.contains(entry.key) {
          fields[entry.key] = entry
        } else {
          unknown(entry, known)
        }
      }
      return fields
    default:
      problems.report(
        place, "\(node.kind) as \(what)", expected: "`key: value` lines",
        advice: "Known keys: \(known.joined(separator: ", ")).")
      return nil
    }
  }

  private mutating func unknown(_ entry: YAMLEntry, _ known: [String]) {
    let key = Excerpt.quoted(entry.key)
    if known.contains("truncate"), ["min", "max"].contains(entry.key) {
      problems.report(
        entry.keyPosition, "\(key) as a bound", expected: "`truncate: [low, high]`",
        advice: "Values beyond a bound would pile up at it; with `truncate` they are never drawn.")
      return
    }
    let question = NearestName.question(entry.key, among: known)
    problems.report(
      entry.keyPosition, "the unknown key \(key)",
      expected: "one of \(known.joined(separator: ", "))", advice: question)
  }

  /// The text of an entry that must be one; `nil` when absent or reported.
  mutating func scalar(_ entry: YAMLEntry?) -> ScalarText? {
    guard let entry else { return nil }
    switch entry.value.content {
    case .text(let scalar):
      if !trimmed(scalar.text).isEmpty { return scalar }
      problems.report(
        entry.value.position, "an empty text as \(Excerpt.quoted(entry.key))", expected: "a text")
    case .empty:
      problems.report(
        entry.keyPosition, "\(Excerpt.quoted(entry.key)) without a value", expected: "a value",
        advice: "Write it after the colon, or delete the line.")
    case .refused: break
    case .mapping, .list:
      problems.report(
        entry.value.position, "\(entry.value.kind) as \(Excerpt.quoted(entry.key))",
        expected: "one value")
    }
    return nil
  }

  mutating func string(_ entry: YAMLEntry?) -> String? {
    scalar(entry).map { trimmed($0.text) }
  }

  /// One of the words of a closed set.
  mutating func choice<Word: RawRepresentable<String> & CaseIterable>(
    _ entry: YAMLEntry?, _ what: String
  ) -> Word? {
    guard let scalar = scalar(entry) else { return nil }
    let text = trimmed(scalar.text)
    if let word = Word(rawValue: text) { return word }
    if let type = Word.self as? any ScenarioWord.Type, let word = type.aliases[text] as? Word {
      return word
    }
    let words = Word.allCases.map(\.rawValue)
    problems.report(
      scalar.start, "\(Excerpt.quoted(text)) as \(what)",
      expected: "one of \(words.joined(separator: ", "))",
      advice: NearestName.question(text, among: words))
    return nil
  }

  mutating func report(_ problem: TextProblem, in scalar: ScalarText) {
    let hint =
      problem.isDecimalComma && scalar.isPointCell
      ? " If the file has decimal commas, say `decimal: comma` beside `file`." : ""
    problems.report(
      scalar.position(ofByte: problem.offset), problem.found, expected: problem.expected,
      advice: problem.advice + hint)
  }

  mutating func number(_ scalar: ScalarText, shift: Int = 0) -> Numeral? {
    do throws(TextProblem) {
      return try Numeral.only(scalar.text, shift: shift)
    } catch {
      report(error, in: scalar)
      return nil
    }
  }

  func trimmed(_ text: String) -> String {
    var part = text[...].unicodeScalars
    while let last = part.last, TextCursor.isSpace(last) { part.removeLast() }
    while let first = part.first, TextCursor.isSpace(first) { part.removeFirst() }
    return String(part)
  }
}
