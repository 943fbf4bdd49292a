// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  // MARK: Perspectives

  mutating func perspective(_ entry: YAMLEntry) {
    guard let name = caseName(entry, perspectives.map(\.name), "perspective"),
      let fields = fields(
        entry.value, at: entry.value.position, "the perspective",
        keys: .perspective)
    else { return }
    perspectives.append(
      ScenarioPerspective(
        name: name, description: string(fields["description"]), payers: payers(fields["payers"]),
        changes: changes(fields), position: entry.keyPosition))
  }

  /// `all` or a list of payers that lines name.
  private mutating func payers(_ entry: YAMLEntry?) -> [String]? {
    guard let entry else { return nil }
    let known = Set(lines.compactMap(\.payer))
    let nodes: [YAMLNode]
    switch entry.value.content {
    case .text(let scalar) where trimmed(scalar.text) == "all": return nil
    case .list(let items): nodes = items
    default: nodes = [entry.value]
    }
    var names: [String] = []
    for node in nodes {
      guard case .text(let scalar) = node.content else {
        if case .refused = node.content { continue }
        problems.report(node.position, "\(node.kind) as a payer", expected: "a name, or `all`")
        continue
      }
      let name = trimmed(scalar.text)
      if known.contains(name) {
        names.append(name)
      } else {
        problems.report(
          scalar.start, "the payer \(Excerpt.quoted(name)), whom no line names",
          expected: known.isEmpty
            ? "`all`, or lines with `payer`"
            : "one of \(known.sorted().joined(separator: ", ")), or `all`",
          advice: NearestName.question(name, among: known.sorted()))
      }
    }
    return names
  }

  // MARK: Variants

  mutating func variant(_ entry: YAMLEntry) {
    guard let name = caseName(entry, variants.map(\.name), "variant"),
      let fields = fields(
        entry.value, at: entry.value.position, "the variant",
        keys: .variant)
    else { return }
    var changes = ScenarioChanges()
    reread(fields, into: &changes)
    changes.changes += self.changes(fields).changes
    changes.correlations = correlations(ofVariant: fields["correlate"])
    if changes.changes.isEmpty, changes.correlations == nil, problems.isEmpty {
      problems.report(
        entry.keyPosition, "the variant `\(name)` without a change",
        expected: "`set`, `scale`, `shift`, `freeze`, `ranges` or `correlate`")
    }
    variants.append(
      ScenarioVariant(
        name: name, description: string(fields["description"]),
        source: string(fields["source"]), changes: changes, position: entry.keyPosition))
  }

  private mutating func caseName(_ entry: YAMLEntry, _ known: [String], _ what: String) -> String? {
    let name = Names.normalised(entry.key)
    guard Names.isName(name), name.unicodeScalars.count <= Names.longest else {
      problems.report(
        entry.keyPosition, "the name \(Excerpt.quoted(name)) of a \(what)",
        expected: "letters, digits and _, beginning with a letter")
      return nil
    }
    if known.contains(name) {
      problems.report(
        entry.keyPosition, "the \(what) \(Excerpt.quoted(name)) a second time",
        expected: "each name once")
      return nil
    }
    return name
  }

  private mutating func correlations(ofVariant entry: YAMLEntry?) -> [CorrelationGroup]? {
    guard let scalar = scalar(entry) else { return nil }
    switch trimmed(scalar.text) {
    case "independent": return []
    case "comonotone":
      let names = parameters.filter {
        switch $0.distribution.sampling {
        case .constant: return false
        default: break
        }
        return $0.labels.isEmpty && $0.each.isEmpty
      }.map(\.name)
      return names.count > 1 ? [CorrelationGroup(comonotone: names)] : []
    default:
      problems.report(
        scalar.start, "\(Excerpt.quoted(scalar.text)) as the correlation of a variant",
        expected: "`independent` or `comonotone`")
      return nil
    }
  }

  /// `ranges`, `family`, `base_is` and `fit`: every stated range is read anew.
  private mutating func reread(
    _ fields: [String: YAMLEntry], into changes: inout ScenarioChanges
  ) {
    let keys = ["family", "base_is", "fit"]
    guard fields["ranges"] != nil || keys.contains(where: { fields[$0] != nil }) else { return }
    // Also where no parameter is stated by a range.
    if family(fields["family"]) == nil, fields["family"] != nil { return }
    let centre: Centre? = choice(fields["base_is"], "a kind of base")
    let rule: FitRule? = choice(fields["fit"], "a fit")
    if (centre == nil) != (fields["base_is"] == nil) || (rule == nil) != (fields["fit"] == nil) {
      return
    }
    rereading = choice(fields["ranges"], "a reading of ranges")
    defer { rereading = nil }
    var seen: Set<String> = []
    for parameter in parameters where parameter.reading != nil {
      guard seen.insert(parameter.name).inserted, let entry = parameterEntries[parameter.name]
      else { continue }
      guard var own = ownFields(entry) else { continue }
      if fields["ranges"] != nil { own["range"] = nil }
      for key in keys { if let entry = fields[key] { own[key] = entry } }
      if let cells = parameterCells(own) {
        changes.changes.append(
          .parameter(name: parameter.name, cells: items(parameter.name, cells)))
      }
    }
  }

  // MARK: Changes

  /// `set`, `scale`, `shift` and `freeze`.
  private mutating func changes(_ fields: [String: YAMLEntry]) -> ScenarioChanges {
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

  private mutating func freeze(_ entry: YAMLEntry?, into changes: inout ScenarioChanges) {
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
      } else {
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
  private func ownFields(_ entry: YAMLEntry) -> [String: YAMLEntry]? {
    guard case .mapping(let entries) = entry.value.content else { return ["value": entry] }
    return Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func items(_ name: String, _ cells: [ParameterCell]) -> [ScenarioParameter] {
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
