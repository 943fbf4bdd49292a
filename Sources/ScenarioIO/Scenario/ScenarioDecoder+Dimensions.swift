// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The name of the dimension that `strategies:` makes.
  static let strategy = "strategy"

  /// `dimensions:` and `strategies:`.
  mutating func dimensions(_ top: [String: YAMLEntry]) {
    for part in parts {
      switch part["dimensions"]?.value.content {
      case .refused, .text, .list: lacksNames = true
      case .mapping, .empty, nil: break
      }
      section(part["dimensions"]) { decoder, entry in
        let known = decoder.problems.count
        decoder.dimension(entry)
        if decoder.problems.count > known { decoder.refuseDimension(entry.key) }
      }
    }
    let known = problems.count
    strategies(top["strategies"])
    if problems.count > known { refuseDimension(Self.strategy) }
    guard let entry = top["comparator"], let scalar = scalar(entry) else { return }
    let name = Names.normalised(trimmed(scalar.text))
    if refusedDimensions.contains(Self.strategy) { return }
    let labels = dimensions.first { $0.name == Self.strategy }?.labels ?? []
    if labels.isEmpty {
      if top["strategies"] == nil {
        problems.report(
          entry.keyPosition, "`comparator` without `strategies`", expected: "`strategies: [a, b]`")
      }
    } else if labels.contains(name) {
      comparator = name
    } else {
      problems.report(
        scalar.start, "the comparator \(Excerpt.quoted(name))",
        expected: "one of \(labels.joined(separator: ", "))",
        advice: NearestName.question(name, among: labels))
    }
  }

  /// A dimension with a fault says nothing more: not which labels it has, nor that it is unknown.
  private mutating func refuseDimension(_ key: String) {
    let name = Names.normalised(key)
    refusedDimensions.insert(name)
    dimensions.removeAll { $0.name == name }
  }

  private mutating func dimension(_ entry: YAMLEntry) {
    guard let name = declare(entry, .dimension, nil) else { return }
    if dimensions.count >= 15 {
      problems.report(entry.keyPosition, "more than 15 dimensions", expected: "fewer")
      return
    }
    var labelNode = entry.value
    var step = 1.0
    var ordered: Bool?
    if case .mapping = entry.value.content {
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "the dimension",
          keys: .dimension)
      else { return }
      guard let labels = fields["labels"] else {
        problems.report(
          entry.keyPosition, "the dimension `\(name)` without `labels`",
          expected: "a line `labels: 2018..2034` or `labels: [a, b]`")
        return
      }
      _ = string(fields["description"])
      labelNode = labels.value
      step = self.step(fields["step"]) ?? 1
      ordered = yesNo(fields["ordered"])
      if let text = scalar(fields["unit"]) { dimensionUnits[name] = readUnit(text) }
    }
    guard let (labels, isRange) = labels(labelNode, name) else { return }
    let numbers = labels.compactMap { Double($0) }
    dimensions.append(
      Dimension(
        name: name, labels: labels, numbers: numbers.count == labels.count ? numbers : nil,
        isOrdered: ordered ?? isRange, step: step))
  }

  private mutating func strategies(_ entry: YAMLEntry?) {
    guard let entry else { return }
    var labels: [String] = []
    switch entry.value.content {
    case .mapping(let entries):
      if entries.isEmpty { emptySection(entry) }
      for item in entries {
        if let label = label(item.key, item.keyPosition) { labels.append(label) }
        strategyDescriptions[Names.normalised(item.key)] = string(item)
      }
    default:
      guard let list = self.labels(entry.value, Self.strategy) else { return }
      labels = list.labels
    }
    if labels.isEmpty { return }
    definitions[Self.strategy] = Definition(
      kind: .dimension, position: entry.keyPosition, text: "", scalar: nil)
    dimensions.append(Dimension(name: Self.strategy, labels: labels))
  }

  /// Years between neighbouring labels.
  private mutating func step(_ entry: YAMLEntry?) -> Double? {
    guard let scalar = scalar(entry), let expression = formula(scalar) else { return nil }
    if let value = ConstantEvaluator.value(expression), value > 0, value.isFinite { return value }
    problems.report(
      scalar.start, "the step \(Excerpt.quoted(scalar.text))",
      expected: "years from one label to the next, such as 1/52")
    return nil
  }

  mutating func yesNo(_ entry: YAMLEntry?) -> Bool? {
    guard let scalar = scalar(entry) else { return nil }
    switch trimmed(scalar.text) {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      problems.report(
        scalar.start, Excerpt.quoted(scalar.text), expected: "yes or no")
      return nil
    }
  }

  /// The dimensions that `by` or `each` names.
  mutating func dimensionNames(_ entry: YAMLEntry?) -> [String]? {
    guard let entry else { return [] }
    let nodes: [YAMLNode] =
      if case .list(let items) = entry.value.content { items } else { [entry.value] }
    if nodes.isEmpty { emptyList(entry) }
    var names: [String] = []
    for node in nodes {
      guard case .text(let scalar) = node.content else {
        if case .refused = node.content { return nil }
        problems.report(
          node.position, "\(node.kind) as a dimension", expected: "the name of a dimension")
        return nil
      }
      let name = Names.normalised(trimmed(scalar.text))
      guard dimensions.contains(where: { $0.name == name }) else {
        if lacksNames || refusedDimensions.contains(name) { return nil }
        let known = dimensions.map(\.name)
        problems.report(
          scalar.start, "the unknown dimension \(Excerpt.quoted(name))",
          expected: known.isEmpty
            ? "a dimension declared under `dimensions`"
            : "one of \(known.joined(separator: ", "))",
          advice: NearestName.question(name, among: known))
        return nil
      }
      if names.contains(name) {
        problems.report(
          scalar.start, "the dimension \(Excerpt.quoted(name)) twice", expected: "each once")
        return nil
      }
      names.append(name)
    }
    return names
  }

  func labels(of name: String) -> [String] {
    dimensions.first { $0.name == name }?.labels ?? []
  }
}
