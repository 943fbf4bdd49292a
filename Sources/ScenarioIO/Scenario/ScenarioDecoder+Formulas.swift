// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  mutating func variable(_ entry: YAMLEntry) {
    let value = ruleEntry(entry, "the variable", keys: .variable)
    let name = declare(entry, .variable, value.text)
    expectation(value, of: name, entry)
    let unit = unit(value.fields["unit"])
    let source = string(value.fields["source"])
    let description = string(value.fields["description"])
    guard let name, let rule = value.rule else { return }
    rules.append(
      NamedRule(name: name, kind: .variable, position: entry.keyPosition, rule: rule))
    variables.append(
      ScenarioVariable(
        name: name, unit: unit, source: source, description: description,
        formula: trimmed(value.text?.text ?? ""), position: entry.keyPosition))
  }

  mutating func line(_ entry: YAMLEntry, _ kind: LineKind) {
    let value = ruleEntry(
      entry, "the \(kind.rawValue)", keys: .line)
    let definition: Definition.Kind =
      switch kind {
      case .cost: .cost
      case .benefit: .benefit
      case .effect: .effect
      }
    let name = declare(entry, definition, value.text)
    expectation(value, of: name, entry)
    let payer = string(value.fields["payer"])
    let unit = unit(value.fields["unit"])
    let source = string(value.fields["source"])
    let description = string(value.fields["description"])
    guard let name, let rule = value.rule else {
      faultyLines.insert(kind)
      return
    }
    rules.append(
      NamedRule(name: name, kind: definition, position: entry.keyPosition, rule: rule))
    lines.append(
      ScenarioLine(
        kind: kind, name: name, payer: payer, unit: unit, source: source,
        description: description, formula: trimmed(value.text?.text ?? ""),
        position: entry.keyPosition))
  }
}
