// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Members of groups under `correlate`.
extension ScenarioDecoder {
  /// Names of declared parameters with continuous distributions, each in one group at most.
  mutating func correlatedNames(_ entry: YAMLEntry) -> [String]? {
    guard case .list(let items) = entry.value.content else {
      problems.report(
        entry.value.position, "\(entry.value.kind) as `\(entry.key)`",
        expected: "a list of parameters, such as [cost, hours]")
      return nil
    }
    guard (2...Self.mostMembers).contains(items.count) else {
      problems.report(
        entry.value.position, "\(items.count) parameters in a correlation",
        expected: "2 to \(Self.mostMembers) of them")
      return nil
    }
    var names: [String] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        problems.report(item.position, "\(item.kind) as a parameter", expected: "a name")
        return nil
      }
      let name = Names.normalised(trimmed(scalar.text))
      guard isCorrelatable(name, item.position),
        goesLabelByLabel(name, names.first, item.position)
      else { return nil }
      names.append(name)
    }
    return names
  }

  /// Members of a group go together label by label, and so have to vary over the same labels.
  mutating func goesLabelByLabel(
    _ name: String, _ first: String?, _ place: SourcePosition
  ) -> Bool {
    func dimensions(_ name: String?) -> [String] {
      guard let parameter = parameters.first(where: { $0.name == name }) else { return [] }
      return parameter.labels.map(\.dimension) + parameter.each
    }
    func described(_ dimensions: [String]) -> String {
      dimensions.isEmpty
        ? "which has one value" : "which varies over \(dimensions.joined(separator: " and "))"
    }
    let (own, others) = (dimensions(name), dimensions(first))
    guard let first, Set(own) != Set(others) else { return true }
    problems.report(
      place,
      "\(Excerpt.quoted(name)), \(described(own)), in a correlation with \(Excerpt.quoted(first)), "
        + described(others),
      expected: "members that vary over the same dimensions",
      advice:
        "Each label of one goes together with the same label of the other. Split what all labels "
        + "share off into a parameter of its own.")
    return false
  }

  /// Whether a name is that of a parameter that can be in a group, and is in none yet.
  mutating func isCorrelatable(_ name: String, _ place: SourcePosition) -> Bool {
    let quoted = Excerpt.quoted(name)
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      if isRefused(name) { return false }
      problems.report(
        place, "\(quoted), which is not a parameter", expected: "a parameter",
        advice: NearestName.question(name, among: parameters.map(\.name)))
      return false
    }
    let cells = parameters.filter { $0.name == name }
    if parameter.joint != nil {
      problems.report(
        place, "\(quoted), whose labels are drawn together, in a correlation",
        expected: "a parameter with a distribution of its own")
      return false
    }
    if cells.contains(where: { $0.uncertain != nil }) {
      problems.report(
        place, "\(quoted), which follows from other quantities, in a correlation",
        expected: "a parameter whose distribution has numbers",
        advice: "Correlate the parameters that it follows from.")
      return false
    }
    if cells.allSatisfy(\.isConstant) {
      problems.report(
        place, "the constant \(quoted) in a correlation",
        expected: "a parameter with a distribution")
      return false
    }
    if !correlated.insert(name).inserted {
      problems.report(
        place, "\(quoted) in two correlations",
        expected: "each parameter in one group at most",
        advice: "Put all that go together into one group with a matrix.")
      return false
    }
    return true
  }
}
