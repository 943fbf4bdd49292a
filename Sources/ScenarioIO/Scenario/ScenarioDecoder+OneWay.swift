// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Which parameters one-way analyses vary.
public struct ScenarioOneWay: Sendable, Hashable {
  /// `nil` for all uncertain ones.
  public let vary: [String]?
  public let others: Others

  /// Where all other parameters are meanwhile. The raw value is the name in scenario files.
  public enum Others: String, Sendable, Hashable, CaseIterable {
    case base, distributions
  }

  init(vary: [String]?, others: Others) {
    self.vary = vary
    self.others = others
  }
}

extension ScenarioDecoder {
  /// `one_way: {vary: all}` or `one_way: {vary: [a, b], others: distributions}`.
  mutating func oneWay(_ entry: YAMLEntry?) {
    guard let entry,
      let fields = fields(
        entry.value, at: entry.value.position, "`one_way`", keys: .oneWay)
    else { return }
    let others: ScenarioOneWay.Others =
      choice(fields["others"], "where the others are") ?? .base
    guard let vary = fields["vary"] else {
      oneWay = ScenarioOneWay(vary: nil, others: others)
      return
    }
    if case .text(let scalar) = vary.value.content, trimmed(scalar.text) == "all" {
      oneWay = ScenarioOneWay(vary: nil, others: others)
      return
    }
    guard case .list(let items) = vary.value.content else {
      problems.report(
        vary.value.position, "\(vary.value.kind) as `vary`",
        expected: "`all` or a list of parameters")
      return
    }
    if items.isEmpty { emptyList(vary) }
    let names = parameterNames(items)
    for (name, item) in zip(names, items) where names.count == items.count {
      if let reason = unmovable(name, others) {
        problems.report(
          item.position, "\(Excerpt.quoted(name)), which \(reason.found)",
          expected: "parameters that can be moved alone", advice: reason.advice)
      }
    }
    oneWay = ScenarioOneWay(vary: names, others: others)
  }

  /// Why a parameter has no low and high number to be moved to.
  private func unmovable(_ name: String, _ others: ScenarioOneWay.Others)
    -> (found: String, advice: String)?
  {
    let cells = parameters.filter { $0.name == name }
    if cells.contains(where: { $0.joint != nil }) {
      return (
        "is drawn together with its other labels",
        "Low and high of one label leave no numbers for the others: leave it out, and see its value in "
          + "evppi.csv and conditional-means.csv, or set its labels in a variant."
      )
    }
    if cells.contains(where: { !$0.each.isEmpty }) {
      return (
        "is drawn for each label of its own", "Leave it out; conditional-means.csv has its labels."
      )
    }
    if cells.allSatisfy(\.isConstant) {
      return ("is a known number", "Leave it out, or give it a range.")
    }
    if others == .distributions, cells.contains(where: { $0.uncertain != nil }) {
      return (
        "follows from other quantities",
        "Its distribution moves with theirs: leave it out here, or use others: base."
      )
    }
    return nil
  }

  /// A list of parameters, outputs or the like with nothing in it.
  mutating func emptyList(_ entry: YAMLEntry) {
    problems.report(
      entry.value.position, "an empty list as \(Excerpt.quoted(entry.key))",
      expected: "at least one name", advice: "Delete the line if there is nothing to say.")
  }

  /// Names of parameters in a list; unknown ones are reported.
  mutating func parameterNames(_ items: [YAMLNode]) -> [String] {
    var names: [String] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        if case .refused = item.content { continue }
        problems.report(item.position, "\(item.kind) as a parameter", expected: "a name")
        continue
      }
      let name = Names.normalised(trimmed(scalar.text))
      if names.contains(name) {
        problems.report(
          scalar.start, "\(Excerpt.quoted(name)) twice", expected: "every parameter once")
      } else if parameters.contains(where: { $0.name == name }) {
        names.append(name)
      } else if !isRefused(name) {
        problems.report(
          scalar.start, "\(Excerpt.quoted(name)), which is not a parameter",
          expected: "a parameter",
          advice: NearestName.question(name, among: parameters.map(\.name)))
      }
    }
    return names
  }
}
