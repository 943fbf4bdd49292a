// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sections of a scenario and of the files it includes.
extension ScenarioDecoder {
  /// Reads a section of the scenario and of the files it includes.
  mutating func eachPart(
    _ key: String, _ read: (inout ScenarioDecoder, YAMLEntry) -> Void
  ) {
    for part in parts {
      switch part[key]?.value.content {
      case .refused, .text, .list: lacksNames = true
      case .mapping, .empty, nil: break
      }
      section(part[key]) { read(&$0, $1) }
    }
  }

  mutating func requireParameters(_ start: SourcePosition) {
    let keys = ["parameters", "parameter_tables"]
    if lacksNames || parts.contains(where: { part in keys.contains { part[$0] != nil } }) { return }
    problems.report(
      start, "a scenario without `parameters`",
      expected: "a section `parameters:` with an entry")
  }

  mutating func version(_ entry: YAMLEntry?, _ start: SourcePosition) {
    guard let entry else {
      problems.report(
        start, "a scenario without its version of the format", expected: "a line `utfall: 1`",
        advice: "Put it first.")
      return
    }
    guard let scalar = scalar(entry) else { return }
    if scalar.text != "1" {
      problems.report(
        scalar.start, "version \(Excerpt.quoted(scalar.text)) of the scenario format",
        expected: "1", advice: "This version of Utfall reads `utfall: 1`.")
    }
  }

  /// Reads each entry of a section of named things.
  mutating func section(
    _ entry: YAMLEntry?, required name: String? = nil, _ start: SourcePosition = .start,
    _ read: (inout ScenarioDecoder, YAMLEntry) -> Void
  ) {
    guard let entry else {
      if let name {
        problems.report(
          start, "a scenario without `\(name)`", expected: "a section `\(name):` with an entry")
      }
      return
    }
    switch entry.value.content {
    case .mapping(let entries):
      if entries.isEmpty { emptySection(entry) }
      for item in entries { read(&self, item) }
    case .empty: emptySection(entry)
    case .refused: break
    case .text, .list:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `\(entry.key)`",
        expected: "`name: value` lines, indented")
    }
  }

  mutating func emptySection(_ entry: YAMLEntry) {
    problems.report(
      entry.keyPosition, "an empty section `\(entry.key)`", expected: "at least one entry",
      advice: "Delete the line if there is nothing to say.")
  }

  mutating func notPricedTexts(_ entry: YAMLEntry?) {
    guard let entry else { return }
    switch entry.value.content {
    case .list(let items):
      if items.isEmpty { emptySection(entry) }
      for item in items {
        if case .refused = item.content { continue }
        guard case .text(let scalar) = item.content else {
          problems.report(item.position, "\(item.kind) in `not_priced`", expected: "a text")
          continue
        }
        notPriced.append(trimmed(scalar.text))
      }
    case .refused: break
    default:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `not_priced`",
        expected: "a list of texts", advice: "Write each on a line of its own after `- `.")
    }
  }
}
