// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// `two_level: {check: all, outer: 2000, inner: 500}`.
  mutating func twoLevel(
    _ entry: YAMLEntry?, _ groups: [(name: String, parameters: [String])]
  ) -> ScenarioTwoLevel? {
    guard let entry,
      let fields = fields(
        entry.value, at: entry.value.position, "`two_level`", keys: .twoLevel)
    else { return nil }
    let standard = ScenarioTwoLevel()
    let outer = count(fields["outer"], ScenarioTwoLevel.outerRange) ?? standard.outer
    let inner = count(fields["inner"], ScenarioTwoLevel.innerRange) ?? standard.inner
    if inner % 2 == 1 {
      problems.report(
        fields["inner"]?.value.position ?? entry.keyPosition, "\(inner) inner draws",
        expected: "an even number: they are halved to find their bias")
    }
    if outer * inner > ScenarioTwoLevel.mostDraws {
      problems.report(
        entry.keyPosition, "\(outer) outer draws with \(inner) inner ones each",
        expected: "at most \(ScenarioTwoLevel.mostDraws) in all")
    }
    return ScenarioTwoLevel(
      names: checked(fields["check"], groups), outer: outer, inner: inner)
  }

  private mutating func checked(
    _ entry: YAMLEntry?, _ groups: [(name: String, parameters: [String])]
  ) -> [String]? {
    guard let entry else { return nil }
    if case .text(let scalar) = entry.value.content, trimmed(scalar.text) == "all" { return nil }
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `check`",
        expected: "`all` or a list of parameters, rows and groups")
      return nil
    }
    var names: [String] = []
    for item in items {
      if case .text(let scalar) = item.content,
        groups.contains(where: { $0.name == trimmed(scalar.text) })
          || rowSets.contains(where: { $0.name == trimmed(scalar.text) })
      {
        names.append(trimmed(scalar.text))
      } else {
        names += uncertainNames([item])
      }
    }
    if Set(names).count < names.count {
      problems.report(
        entry.value.position, "a name twice in `check`", expected: "every parameter once")
    }
    return names
  }

  /// Names of parameters in a list, each once, none of them a known number unless these are allowed.
  mutating func uncertainNames(_ items: [YAMLNode], orKnown: Bool = false) -> [String] {
    var names: [String] = []
    for item in items {
      for name in parameterNames([item]) {
        if names.contains(name) {
          problems.report(
            item.position, "\(Excerpt.quoted(name)) twice", expected: "every parameter once")
        } else if !orKnown, parameters.allSatisfy({ $0.name != name || $0.isConstant }) {
          problems.report(
            item.position, "\(Excerpt.quoted(name)), which is a known number",
            expected: "an uncertain parameter")
        } else {
          names.append(name)
        }
      }
    }
    return names
  }

  /// A whole number in a range; `nil` when absent or reported.
  mutating func count(_ entry: YAMLEntry?, _ range: ClosedRange<Int>) -> Int? {
    guard let scalar = scalar(entry) else { return nil }
    return wholeNumber(scalar, UInt64(range.lowerBound)...UInt64(range.upperBound)).map { Int($0) }
  }
}
