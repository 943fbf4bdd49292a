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
      } else if faultyLines.isEmpty {
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
    reread(fields, of: name, into: &changes)
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
    _ fields: [String: YAMLEntry], of variant: String, into changes: inout ScenarioChanges
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
    var faults = VariantFaults(variant)
    let before = problems
    for parameter in parameters where parameter.reading != nil {
      guard seen.insert(parameter.name).inserted, let entry = parameterEntries[parameter.name]
      else { continue }
      guard var own = ownFields(entry) else { continue }
      if fields["ranges"] != nil { own["range"] = nil }
      for key in keys { if let entry = fields[key] { own[key] = entry } }
      problems = DiagnosticCollector(file: before.file)
      if let cells = parameterCells(own) {
        changes.changes.append(
          .parameter(name: parameter.name, cells: items(parameter.name, cells)))
      }
      let family = string(own["family"]).flatMap { FamilyRegistry.family(named: $0) }
      let lacksLimits = rereading == .minMax && family.map { $0.fromBounds == nil } == true
      faults.add(
        problems.sortedErrors, of: parameter.name,
        // Where the parameter says its family, that of the variant takes its place.
        advice: lacksLimits && fields["family"] == nil
          ? "Add `family: pert` to the variant, or `triangular` or `uniform`: they have limits."
          : nil)
    }
    problems = before
    guard let place = (["ranges"] + keys).lazy.compactMap({ fields[$0] }).first else { return }
    faults.report(at: place.keyPosition, to: &problems)
  }
}
