// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  mutating func variable(_ entry: YAMLEntry) {
    let (value, fields) = valueAndFields(
      entry, "the variable", known: ["value", "unit", "source", "description"])
    let name = declare(entry, .variable, value)
    let unit = string(fields["unit"])
    let source = string(fields["source"])
    let description = string(fields["description"])
    guard let name, let value else { return }
    define(name, .variable, entry.keyPosition, value)
    variables.append(
      ScenarioVariable(
        name: name, unit: unit, source: source, description: description,
        formula: trimmed(value.text), position: entry.keyPosition))
  }

  mutating func line(_ entry: YAMLEntry, _ kind: LineKind) {
    let (value, fields) = valueAndFields(
      entry, "the \(kind.rawValue)", known: ["value", "payer", "unit", "source", "description"])
    let definition: Definition.Kind =
      switch kind {
      case .cost: .cost
      case .benefit: .benefit
      case .effect: .effect
      }
    let name = declare(entry, definition, value)
    let payer = string(fields["payer"])
    let unit = string(fields["unit"])
    let source = string(fields["source"])
    let description = string(fields["description"])
    guard let name, let value else { return }
    define(name, definition, entry.keyPosition, value)
    lines.append(
      ScenarioLine(
        kind: kind, name: name, payer: payer, unit: unit, source: source,
        description: description, formula: trimmed(value.text), position: entry.keyPosition))
  }
}
