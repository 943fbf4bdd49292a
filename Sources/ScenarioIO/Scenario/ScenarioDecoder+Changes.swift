// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What variants and perspectives change.
extension ScenarioDecoder {
  /// `set`, `scale`, `shift` and `freeze`.
  mutating func changes(_ fields: [String: YAMLEntry]) -> ScenarioChanges {
    var changes = ScenarioChanges()
    freeze(fields["freeze"], into: &changes)
    section(fields["set"]) { decoder, entry in
      if let change = decoder.replacement(entry) { changes.changes.append(change) }
    }
    for key in ["scale", "shift"] {
      section(fields[key]) { decoder, entry in
        guard let name = decoder.changeable(entry), decoder.isNoColumn(name, entry),
          let text = decoder.scalar(entry),
          let expression = decoder.parsed(text)
        else { return }
        changes.changes.append(
          key == "scale"
            ? .scale(name: name, expression) : .shift(name: name, expression))
      }
    }
    return changes
  }

  /// A column of rows has no value of its own before a row is drawn.
  private mutating func isNoColumn(_ name: String, _ entry: YAMLEntry) -> Bool {
    guard rows.contains(where: { $0.columns.contains { $0.name == name } }) else { return true }
    problems.report(
      entry.keyPosition, "the column `\(name)` of rows under `scale` or `shift`",
      expected: "a parameter, variable or line",
      advice: "Define a variable from the column, use it in formulas and change that.")
    return false
  }

  mutating func freeze(_ entry: YAMLEntry?, into changes: inout ScenarioChanges) {
    guard let entry else { return }
    if case .text(let scalar) = entry.value.content, trimmed(scalar.text) == "all" {
      let names = parameters.filter { !$0.isConstant }.map(\.name)
      var seen: Set<String> = []
      for name in names where seen.insert(name).inserted {
        changes.changes.append(.freeze(name: name))
      }
      for column in rows.flatMap(\.fixedColumns) {
        changes.changes.append(.rule(name: column.name, column.rule))
      }
      return
    }
    let nodes: [YAMLNode] =
      if case .list(let items) = entry.value.content { items } else { [entry.value] }
    for node in nodes {
      guard case .text(let scalar) = node.content else {
        if case .refused = node.content { continue }
        problems.report(node.position, "\(node.kind) as a parameter", expected: "a name, or `all`")
        continue
      }
      let name = Names.normalised(trimmed(scalar.text))
      if parameters.contains(where: { $0.name == name }) {
        changes.changes.append(.freeze(name: name))
      } else if let column = rows.flatMap(\.fixedColumns).first(where: { $0.name == name }) {
        changes.changes.append(.rule(name: column.name, column.rule))
      } else if !isRefused(name) {
        problems.report(
          scalar.start, "\(Excerpt.quoted(name)), which is not a parameter",
          expected: "a parameter",
          advice: NearestName.question(name, among: parameters.map(\.name)))
      }
    }
  }

  private mutating func changeable(_ entry: YAMLEntry) -> String? {
    let name = Names.normalised(entry.key)
    let fixed: Set<Definition.Kind> = [.output, .dimension, .rows]
    if let kind = definitions[name]?.kind, !fixed.contains(kind) { return name }
    if lacksNames { return nil }
    let known = definitions.filter { !fixed.contains($0.value.kind) }
    problems.report(
      entry.keyPosition, "the undefined name \(Excerpt.quoted(name))",
      expected: "a parameter, variable or line",
      advice: NearestName.question(name, among: known.keys.sorted()))
    return nil
  }

  /// Another value for a parameter, or another rule for a variable or line.
  private mutating func replacement(_ entry: YAMLEntry) -> ScenarioChanges.Change? {
    guard let name = changeable(entry) else { return nil }
    guard let original = parameterEntries[name] else {
      return ruleEntry(entry, "the value of", keys: .otherRule).rule.flatMap { rule in
        isNotItself(name, rule.formulas, entry) ? .rule(name: name, rule) : nil
      }
    }
    if case .text(let scalar) = entry.value.content,
      (try? AssessmentReader.read(scalar.text)) == nil,
      let expression = try? FormulaParser.parse(scalar.text), !expression.nameUses.isEmpty
    {
      return parsed(scalar).flatMap { formula in
        isNotItself(name, [formula], entry) ? .rule(name: name, .formula(formula)) : nil
      }
    }
    guard var own = ownFields(original) else { return nil }
    if case .mapping(let entries) = entry.value.content,
      entries.contains(where: { (Self.ways + ["table", "by", "each"]).contains($0.key) })
    {
      guard
        let stated = self.fields(
          entry.value, at: entry.value.position, "the value of",
          keys: .otherParameter)
      else { return nil }
      guard (Self.ways + ["table"]).contains(where: { stated[$0] != nil }) else {
        problems.report(
          entry.keyPosition, "the value of \(Excerpt.quoted(name)) without `value`",
          expected: "a line `value: …` beside `by` or `each`")
        return nil
      }
      for way in Self.ways + ["table"] { own[way] = nil }
      // What it varies over is said anew, or stays.
      if stated["by"] != nil || stated["each"] != nil { (own["by"], own["each"]) = (nil, nil) }
      own.merge(stated) { _, new in new }
    } else {
      for way in Self.ways + ["table"] { own[way] = nil }
      own["value"] = entry
    }
    return parameterCells(own, shared: Set(Self.assessmentKeys)).map {
      .parameter(name: name, cells: items(name, $0))
    }
  }

  /// A replaced value can't be made of the one that it replaces.
  private mutating func isNotItself(
    _ name: String, _ formulas: [SimCore.Expression], _ entry: YAMLEntry
  ) -> Bool {
    guard formulas.contains(where: { $0.nameUses.contains { $0.name == name && !$0.isEarlier } })
    else {
      return true
    }
    problems.report(
      entry.value.position, "\(Excerpt.quoted(name)) in its own value under `set`",
      expected: "a value without it",
      advice: "`scale` multiplies what it was, `shift` adds to it.")
    return false
  }

  /// The fields of a parameter's entry, which have been checked before.
  func ownFields(_ entry: YAMLEntry) -> [String: YAMLEntry]? {
    guard case .mapping(let entries) = entry.value.content else { return ["value": entry] }
    return Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func items(_ name: String, _ cells: [ParameterCell]) -> [ScenarioParameter] {
    let original = parameters.first { $0.name == name }
    return cells.map { cell in
      var item = ScenarioParameter(
        name: name, unit: original?.unit, source: original?.source,
        description: original?.description, fit: cell.fit,
        position: original?.position ?? .start)
      item.labels = cell.labels
      item.each = cell.each
      return item
    }
  }
}
