// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  static let mostTwoWays = 100

  /// `two_way:`, `thresholds:` and `sobol_indices:`.
  mutating func sensitivity(_ top: [String: YAMLEntry]) -> ScenarioSensitivity {
    var sensitivity = ScenarioSensitivity()
    section(top["two_way"]) { decoder, item in
      if let twoWay = decoder.twoWay(item) { sensitivity.twoWay.append(twoWay) }
    }
    if sensitivity.twoWay.count > Self.mostTwoWays, let entry = top["two_way"] {
      problems.report(
        entry.keyPosition, "\(sensitivity.twoWay.count) two-way analyses",
        expected: "at most \(Self.mostTwoWays)")
    }
    sensitivity.thresholds = thresholds(top["thresholds"])
    sensitivity.sobolIndices = sobolIndices(top["sobol_indices"])
    return sensitivity
  }

  // MARK: Two-way

  /// `{price: [1, 2, 5], effect: {points: 11}}` under a name.
  private mutating func twoWay(_ entry: YAMLEntry) -> ScenarioSensitivity.TwoWay? {
    guard case .mapping(let items) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as a two-way analysis",
        expected: "two parameters, each with its values",
        advice: "Such as {price: [5000, 10000], effect: {points: 11}}.")
      return nil
    }
    let axes = items.compactMap { axis($0) }
    guard items.count == 2 else {
      problems.report(
        entry.keyPosition,
        "a two-way analysis of \(ReadableNumber.count(items.count, "parameter"))",
        expected: "two parameters")
      return nil
    }
    guard axes.count == 2 else { return nil }
    if axes[0].values.count * axes[1].values.count > ScenarioSensitivity.TwoWay.mostPoints {
      problems.report(
        entry.keyPosition, "\(axes[0].values.count) times \(axes[1].values.count) points",
        expected: "at most \(ScenarioSensitivity.TwoWay.mostPoints) in all")
      return nil
    }
    return .init(name: entry.key, first: axes[0], second: axes[1])
  }

  private mutating func axis(_ entry: YAMLEntry) -> ScenarioSensitivity.Axis? {
    let name = Names.normalised(entry.key)
    let cells = parameters.filter { $0.name == name }
    guard let parameter = cells.first else {
      if isRefused(name) { return nil }
      problems.report(
        entry.keyPosition, "\(Excerpt.quoted(entry.key)), which is not a parameter",
        expected: "a parameter",
        advice: NearestName.question(name, among: parameters.map(\.name)))
      return nil
    }
    guard cells.count == 1, parameter.labels.isEmpty, parameter.each.isEmpty else {
      problems.report(
        entry.keyPosition, "\(Excerpt.quoted(name)), which varies over labels",
        expected: "a parameter with one value")
      return nil
    }
    let most = ScenarioSensitivity.Axis.mostValues
    if case .mapping(let items) = entry.value.content, items.contains(where: { $0.key == "points" })
    {
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "`\(name)`", keys: .points),
        let count = count(fields["points"], 2...most)
      else { return nil }
      let (low, high) = (parameter.number(at: .low), parameter.number(at: .high))
      guard low < high, (high - low).isFinite else {
        problems.report(
          entry.keyPosition, "\(Excerpt.quoted(name)), which has no low and high number",
          expected: "an uncertain parameter, or values", advice: "Write \(name): [1, 2, 5].")
        return nil
      }
      let last = Double(count - 1)
      return .init(
        parameter: name,
        values: (0..<count).map {
          // The ends exactly.
          $0 == count - 1 ? high : low + (high - low) * (Double($0) / last)
        })
    }
    guard let values = numberSeries(entry, most: most) else { return nil }
    if let again = values.indices.first(where: { values[..<$0].contains(values[$0]) }) {
      problems.report(
        place(of: again, in: entry),
        "the value \(NumberText.string(values[again])) of \(Excerpt.quoted(name)) twice",
        expected: "every value once")
      return nil
    }
    return .init(parameter: name, values: values)
  }

  /// Where an element of a list stands.
  private func place(of index: Int, in entry: YAMLEntry) -> SourcePosition {
    guard case .list(let items) = entry.value.content, items.indices.contains(index) else {
      return entry.value.position
    }
    return items[index].position
  }

  // MARK: Indices

  /// `all`, or `{vary: [a, b], rows: 8192}`; refused for parameters that are not independent.
  private mutating func sobolIndices(_ entry: YAMLEntry?) -> ScenarioSensitivity.SobolRequest? {
    guard let entry else { return nil }
    var vary: [String]?
    var rows = ScenarioSensitivity.SobolRequest.standardRows
    if !isAll(entry) {
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "`sobol_indices`", keys: .sobolIndices)
      else { return nil }
      vary = varied(fields["vary"])
      rows = count(fields["rows"], ScenarioSensitivity.SobolRequest.rowsRange) ?? rows
    }
    let wanted = vary ?? parameters.filter { !$0.isConstant }.map(\.name)
    let made = parameters.filter {
      wanted.contains($0.name) && ($0.uncertain != nil || $0.joint != nil)
    }
    let dependent = wanted.filter { correlated.contains($0) }
    var free: [String] = []
    for name in wanted where !dependent.contains(name) && !free.contains(name) {
      if !made.contains(where: { $0.name == name }) { free.append(name) }
    }
    let advice =
      free.isEmpty
      ? "Their rank correlations and conditional means are in every run's tables."
      : "List independent ones: sobol_indices: {vary: [\(free.prefix(5).joined(separator: ", "))]}."
    if !dependent.isEmpty {
      var names: [String] = []
      for name in dependent where !names.contains(name) { names.append(name) }
      problems.report(
        entry.keyPosition,
        "Sobol' indices of \(names.prefix(5).map { Excerpt.quoted($0) }.joined(separator: ", ")), "
          + "which go together with other parameters (`correlate`)",
        expected: "independent parameters: of others no share of the variance is their own",
        advice: advice)
    }
    if let first = made.first {
      problems.report(
        entry.keyPosition,
        "Sobol' indices of \(Excerpt.quoted(first.name)), which "
          + (first.joint != nil
            ? "is drawn together with its other labels" : "follows from other parameters"),
        expected: "independent parameters: of others no share of the variance is their own",
        advice: advice)
    }
    return .init(vary: vary, rows: rows)
  }

  // MARK: Lists

  func isAll(_ entry: YAMLEntry) -> Bool {
    if case .text(let scalar) = entry.value.content { return trimmed(scalar.text) == "all" }
    return false
  }

  /// `all` or a list of parameters, uncertain unless known ones are allowed.
  mutating func varied(_ entry: YAMLEntry?, orKnown: Bool = false) -> [String]? {
    guard let entry, !isAll(entry) else { return nil }
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return [] }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `vary`",
        expected: "`all` or a list of parameters")
      return []
    }
    if items.isEmpty { emptyList(entry) }
    return uncertainNames(items, orKnown: orKnown)
  }
}
