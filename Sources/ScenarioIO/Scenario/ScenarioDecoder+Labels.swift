// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Labels of dimensions and strategies.
extension ScenarioDecoder {
  static let mostLabels = 100_000

  /// `2018..2034` or a list.
  mutating func labels(_ node: YAMLNode, _ name: String)
    -> (labels: [String], isRange: Bool)?
  {
    switch node.content {
    case .text(let scalar): return range(scalar).map { ($0, true) }
    case .list(let items):
      var labels: [String] = []
      for item in items {
        guard case .text(let scalar) = item.content else {
          if case .refused = item.content { continue }
          problems.report(item.position, "\(item.kind) as a label", expected: "a name or number")
          continue
        }
        guard let label = label(trimmed(scalar.text), scalar.start) else { continue }
        if labels.contains(label) {
          problems.report(
            scalar.start, "the label \(Excerpt.quoted(label)) a second time",
            expected: "each label once")
        } else {
          labels.append(label)
        }
      }
      if items.isEmpty {
        problems.report(node.position, "an empty list of labels", expected: "at least one label")
      }
      return labels.isEmpty ? nil : (labels, false)
    case .refused: return nil
    default:
      problems.report(
        node.position, "\(node.kind) as the labels of `\(name)`",
        expected: "`2018..2034` or a list `[a, b]`")
      return nil
    }
  }

  private mutating func range(_ scalar: ScalarText) -> [String]? {
    let text = trimmed(scalar.text)
    let parts = text.split(separator: "..", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = Int(trimmed(String(parts[0]))),
      let last = Int(trimmed(String(parts[1]))), first.magnitude <= 1_000_000_000,
      last.magnitude <= 1_000_000_000
    else {
      problems.report(
        scalar.start, "\(Excerpt.quoted(text)) as labels",
        expected: "first..last in whole numbers, such as 2018..2034, or a list [a, b]")
      return nil
    }
    guard first <= last else {
      problems.report(
        scalar.start, "a range from \(first) down to \(last)", expected: "the lower label first")
      return nil
    }
    guard last - first < Self.mostLabels else {
      problems.report(
        scalar.start, "\(last - first + 1) labels", expected: "at most \(Self.mostLabels)")
      return nil
    }
    return (first...last).map { "\($0)" }
  }

  /// A label is a name, a whole number or a band such as 40-64 or 65+.
  mutating func label(_ text: String, _ place: SourcePosition) -> String? {
    let label = Names.normalised(text)
    let allowed = label.unicodeScalars.allSatisfy {
      Names.continues($0) || $0 == "-" || $0 == "+" || $0 == "."
    }
    if allowed, !label.isEmpty, label.unicodeScalars.count <= Names.longest { return label }
    problems.report(
      place, "the label \(Excerpt.quoted(text))", expected: "letters, digits, _, - or +",
      advice: Names.repaired(text).map { "Write `\(Excerpt.shortened($0))`." } ?? "")
    return nil
  }
}
