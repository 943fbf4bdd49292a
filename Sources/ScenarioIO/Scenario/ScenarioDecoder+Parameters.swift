// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  private static let parameterKeys = ["value", "unit", "source", "description"] + assessmentKeys

  mutating func parameter(_ entry: YAMLEntry) {
    let fields = quantityFields(entry, "the parameter", known: Self.parameterKeys) ?? [:]
    var value: ScalarText?
    if case .text(let scalar) = fields["value"]?.value.content { value = scalar }
    let name = declare(entry, .parameter, value)
    let unit = string(fields["unit"])
    let source = string(fields["source"])
    let description = string(fields["description"])
    guard let fit = quantity(fields), let name else { return }
    parameters.append(
      ScenarioParameter(
        name: name, unit: unit, source: source, description: description, fit: fit,
        position: entry.keyPosition))
  }

  /// The fields of an entry that gives a quantity, alone or as a mapping; alone it is its `value`.
  ///
  /// - Returns: `nil` when reported.
  mutating func quantityFields(_ entry: YAMLEntry, _ what: String, known: [String])
    -> [String: YAMLEntry]?
  {
    guard case .mapping = entry.value.content else { return ["value": entry] }
    guard let fields = fields(entry.value, at: entry.value.position, what, known: known) else {
      return nil
    }
    if fields["value"] != nil { return fields }
    problems.report(
      entry.keyPosition, "\(what) \(Excerpt.quoted(entry.key)) without `value`",
      expected: "a line `value: …`")
    return nil
  }
}

extension ScenarioParameter {
  init(
    name: String, unit: String?, source: String?, description: String?, fit: Fit,
    position: SourcePosition
  ) {
    self.name = name
    self.unit = unit
    self.source = source
    self.description = description
    statedText = fit.text
    statedBase = fit.numbers?.base
    statedLow = fit.reading == nil ? nil : fit.numbers?.low
    statedHigh = fit.reading == nil ? nil : fit.numbers?.high
    reading = fit.reading
    baseIs = fit.baseIs
    self.fit = fit.rule
    distribution = fit.distribution
    self.position = position
  }
}
