// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  private static let mostComponents = 1000

  /// `mixture:` or `pool:`, a list of weighted assessments.
  ///
  /// What the parameter says of ranges holds for each member that does not say it itself.
  mutating func combination(
    _ entry: YAMLEntry, _ fields: [String: YAMLEntry], _ choices: RangeChoices
  ) -> Fit? {
    let isPool = entry.key == "pool"
    guard
      refuseIdle(choices, "`\(entry.key)`", except: ["family", "range", "base_is", "fit", "prior"])
    else { return nil }
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `\(entry.key)`",
        expected: "a list, each member after `- `",
        advice: isPool ? "" : "A member is `weight` and `value`, each on a line of its own.")
      return nil
    }
    guard (2...Self.mostComponents).contains(items.count) else {
      problems.report(
        entry.keyPosition, "\(items.count) member\(items.count == 1 ? "" : "s") of a \(entry.key)",
        expected: "2 to \(Self.mostComponents) of them")
      return nil
    }
    let inherited = fields.filter { Self.choiceKeys.contains($0.key) }
    var members: [(weight: Double?, fit: Fit)] = []
    for item in items {
      guard let member = member(item, entry.key, inherited) else { continue }
      members.append(member)
    }
    guard members.count == items.count, let weights = weights(members.map(\.weight), entry) else {
      return nil
    }
    let parts = zip(weights, members.map(\.fit))
    guard
      let distribution = made(
        at: entry.value.position,
        { () throws(DistributionError) in
          try Mixture(components: parts.map { ($0.0, $0.1.distribution) })
        })
    else { return nil }
    let text = parts.map { "\(NumberText.string($0.0)): \($0.1.text)" }.joined(separator: "; ")
    return Fit(text: "\(entry.key) of \(text)", distribution: distribution)
  }

  /// A member: an assessment alone, or a mapping with its weight.
  private mutating func member(_ node: YAMLNode, _ what: String, _ inherited: [String: YAMLEntry])
    -> (weight: Double?, fit: Fit)?
  {
    let entry = YAMLEntry(key: what, keyPosition: node.position, value: node)
    guard
      var fields = quantityFields(
        entry, "a member of", keys: .member)
    else { return nil }
    var weight: Double?
    if let stated = fields["weight"] {
      guard let scalar = scalar(stated), let number = number(scalar)?.value else { return nil }
      guard number > 0 else {
        problems.report(
          scalar.start, "the weight \(Excerpt.quoted(scalar.text))",
          expected: "a number above 0")
        return nil
      }
      weight = number
    }
    _ = string(fields["expert"])
    var shared: Set<String> = []
    for (key, choice) in inherited where fields[key] == nil {
      fields[key] = choice
      shared.insert(key)
    }
    guard let fit = quantity(fields, shared: shared) else { return nil }
    if fit.uncertain != nil {
      problems.report(
        node.position, "a member of a \(what) that follows from other quantities",
        expected: "a distribution with numbers",
        advice:
          "Make each member a parameter, and choose between them with if(…) under `variables`.")
      return nil
    }
    return (weight, fit)
  }

  /// Equal in a pool without weights; else as stated, where shares sum to 1.
  private mutating func weights(_ stated: [Double?], _ entry: YAMLEntry) -> [Double]? {
    let weights = stated.compactMap { $0 }
    if weights.isEmpty, entry.key == "pool" { return stated.map { _ in 1 / Double(stated.count) } }
    guard weights.count == stated.count else {
      problems.report(
        entry.keyPosition,
        "a \(entry.key) with \(weights.count) weight\(weights.count == 1 ? "" : "s") for "
          + "\(stated.count) members",
        expected: entry.key == "pool" ? "a weight for each, or for none" : "a weight for each",
        advice: "Write `weight: 0.3` beside its `value`.")
      return nil
    }
    let sum = weights.reduce(0, +)
    if weights.allSatisfy({ $0 <= 1 }), weights.contains(where: { $0 < 1 }), abs(sum - 1) > 1e-6 {
      problems.report(
        entry.keyPosition, "weights that sum to \(NumberText.string((sum * 1e9).rounded() / 1e9))",
        expected: "weights that sum to 1, or whole numbers such as 2 and 1")
      return nil
    }
    return weights
  }

  /// `categorical:`, a mapping of value to weight.
  mutating func categorical(_ entry: YAMLEntry, _ choices: RangeChoices) -> Fit? {
    guard refuseIdle(choices, "`categorical`") else { return nil }
    guard case .mapping(let items) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `categorical`",
        expected: "`value: weight` lines, such as `2: 0.3`")
      return nil
    }
    guard (2...Self.mostComponents).contains(items.count) else {
      problems.report(
        entry.keyPosition, "\(items.count) value\(items.count == 1 ? "" : "s") of a categorical",
        expected: "2 to \(Self.mostComponents) of them")
      return nil
    }
    var parts: [(value: Double, weight: Double)] = []
    for item in items {
      guard let value = numeral(item.key, item.keyPosition), let scalar = scalar(item),
        let weight = number(scalar)?.value
      else { return nil }
      guard weight > 0 else {
        problems.report(
          scalar.start, "the weight \(Excerpt.quoted(scalar.text))", expected: "a number above 0")
        return nil
      }
      if parts.contains(where: { $0.value == value }) {
        problems.report(
          item.keyPosition, "the value \(NumberText.string(value)) twice",
          expected: "each value once")
        return nil
      }
      parts.append((value, weight))
    }
    guard let weights = weights(parts.map(\.weight), entry) else { return nil }
    guard
      let distribution = made(
        at: entry.value.position,
        { () throws(DistributionError) in
          var components: [(weight: Double, distribution: any Distribution)] = []
          for (part, weight) in zip(parts, weights) {
            components.append((weight, try Constant(part.value)))
          }
          return try Mixture(components: components)
        })
    else { return nil }
    let text = zip(parts, weights)
      .map { "\(NumberText.string($0.value)): \(NumberText.string($1))" }
    return Fit(text: text.joined(separator: ", "), distribution: distribution)
  }

  /// A key that is a number.
  private mutating func numeral(_ key: String, _ place: SourcePosition) -> Double? {
    do throws(TextProblem) {
      return try Numeral.only(key).value
    } catch {
      problems.report(
        place, "\(Excerpt.quoted(key)) as a value", expected: "a number", advice: error.advice)
      return nil
    }
  }
}
