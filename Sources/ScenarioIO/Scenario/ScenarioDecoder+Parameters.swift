// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  mutating func parameter(_ entry: YAMLEntry) {
    let fields = quantityFields(entry, "the parameter", keys: .parameter) ?? [:]
    var value: ScalarText?
    if case .text(let scalar) = fields["value"]?.value.content { value = scalar }
    let name = declare(entry, .parameter, value)
    if let name { parameterEntries[name] = entry }
    let unit = unit(fields["unit"])
    expectation(fields["expect"], of: name, at: entry.keyPosition)
    let source = string(fields["source"])
    let description = string(fields["description"])
    guard let cells = parameterCells(fields), let name else {
      if let name { faultyParameters.insert(name) }
      return
    }
    for cell in cells {
      var parameter = ScenarioParameter(
        name: name, unit: unit, source: source, description: description, fit: cell.fit,
        position: entry.keyPosition)
      parameter.labels = cell.labels
      parameter.each = cell.each
      parameters.append(parameter)
    }
  }

  /// A quantity at its labels.
  struct ParameterCell {
    var labels: [LabelChoice] = []
    var each: [String] = []
    var fit: Fit
  }

  /// What the fields of a parameter state: one quantity, or one for each combination of the labels of
  /// `by`.
  ///
  /// - Returns: `nil` when reported.
  mutating func parameterCells(_ fields: [String: YAMLEntry], shared: Set<String> = [])
    -> [ParameterCell]?
  {
    guard let by = dimensionNames(fields["by"]), let each = dimensionNames(fields["each"]) else {
      return nil
    }
    if let both = each.first(where: { by.contains($0) }), let entry = fields["each"] {
      problems.report(
        entry.keyPosition, "the dimension `\(both)` under `by` and `each`",
        expected: "one of the two",
        advice: "`by` states a value for every label, `each` draws one value for every label.")
      return nil
    }
    if let key = Self.jointKeys.first(where: { fields[$0] != nil }) {
      return jointCells(fields, key, by, each)
    }
    if fields["table"] != nil {
      guard let value = labelTable(fields, by: by) else { return nil }
      var own = fields
      own["table"] = nil
      own["value"] = value
      return parameterCells(own, shared: shared)
    }
    guard !by.isEmpty, let value = fields["value"], case .mapping = value.value.content else {
      return quantity(fields, shared: shared).map { fit in
        labelled(by).map { ParameterCell(labels: $0, each: each, fit: fit) }
      }
    }
    guard let entries = cells(value, by: by) else { return nil }
    var result: [ParameterCell] = []
    for (labels, entry) in zip(labelled(by), entries) {
      var own = fields
      own["value"] = entry
      guard let fit = quantity(own, shared: Set(Self.assessmentKeys)) else { return nil }
      result.append(ParameterCell(labels: labels, each: each, fit: fit))
    }
    return result
  }

  /// All combinations of the labels of some dimensions, the last one fastest.
  func labelled(_ names: [String]) -> [[LabelChoice]] {
    names.reduce([[]]) { combinations, name in
      combinations.flatMap { labels in
        self.labels(of: name).map { labels + [LabelChoice(dimension: name, label: $0)] }
      }
    }
  }

  /// The fields of an entry that gives a quantity, alone or as a mapping; alone it is its `value`.
  ///
  /// - Returns: `nil` when reported.
  mutating func quantityFields(_ entry: YAMLEntry, _ what: String, keys: KeySection)
    -> [String: YAMLEntry]?
  {
    guard case .mapping = entry.value.content else { return ["value": entry] }
    guard let fields = fields(entry.value, at: entry.value.position, what, keys: keys) else {
      return nil
    }
    if Self.ways.contains(where: { fields[$0] != nil }) || fields["table"] != nil { return fields }
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
    figures = fit.figures
    residual = fit.residual
    prior = fit.prior
    distribution = fit.distribution
    untruncated = fit.untruncated
    uncertain = fit.uncertain
    joint = fit.joint
    self.position = position
  }
}
