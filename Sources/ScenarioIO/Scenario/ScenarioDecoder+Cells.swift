// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The entries of a table by label, one for each combination of labels, the last dimension fastest.
  ///
  /// ```yaml
  /// value:
  ///   breast: 0.01
  ///   otherwise: 0.02      # for all labels that are not named
  /// ```
  /// - Returns: `nil` when reported.
  mutating func cells(_ entry: YAMLEntry, by names: [String]) -> [YAMLEntry]? {
    guard let name = names.first else { return [entry] }
    guard case .mapping(let entries) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      // One value for all labels of the dimensions that are left.
      let count = names.reduce(1) { $0 * self.labels(of: $1).count }
      if case .text = entry.value.content, entry.key == Self.otherwise {
        return Array(repeating: entry, count: count)
      }
      problems.report(
        entry.value.position, "\(entry.value.kind) for `\(entry.key)`",
        expected: "`label: value` lines, one for each label of `\(name)`")
      return nil
    }
    let labels = self.labels(of: name)
    var known: [String: YAMLEntry] = [:]
    var isGood = true
    for item in entries {
      let label = Names.normalised(item.key)
      if labels.contains(label) || label == Self.otherwise {
        known[label] = item
      } else {
        problems.report(
          item.keyPosition, "the unknown label \(Excerpt.quoted(label)) of `\(name)`",
          expected: "one of \(Excerpt.shortened(labels.joined(separator: ", ")))",
          advice: NearestName.question(label, among: labels))
        isGood = false
      }
    }
    let missing = labels.filter { known[$0] == nil && known[Self.otherwise] == nil }
    if isGood, !missing.isEmpty {
      problems.report(
        entry.keyPosition,
        "no value for \(Excerpt.shortened(missing.joined(separator: ", "))) of `\(name)`",
        expected: "a value for every label", advice: "`otherwise:` stands for labels not named.")
      isGood = false
    }
    guard isGood else { return nil }
    var result: [YAMLEntry] = []
    for label in labels {
      guard let item = known[label] ?? known[Self.otherwise],
        let inner = cells(item, by: Array(names.dropFirst()))
      else { return nil }
      result += inner
    }
    return result
  }

  static let otherwise = "otherwise"
}
