// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What values of a quantity are expected to be: `expect: [0, 1]`.
public struct Expectation: Sendable, Hashable {
  public let name: String
  public let low: Double?
  public let high: Double?
  /// Of the name of the quantity.
  public let position: SourcePosition
}

extension ScenarioDecoder {
  /// Of an entry that holds formulas. A table of transitions is checked in every iteration anyway.
  mutating func expectation(_ value: RuleEntry, of name: String?, _ entry: YAMLEntry) {
    guard let expect = value.fields["expect"] else { return }
    if value.fields["transitions"] != nil {
      problems.report(
        expect.keyPosition, "`expect` of a table of transitions", expected: "no such key",
        advice: "Rows of transitions are checked in every iteration; delete it.")
      return
    }
    expectation(expect, of: name, at: entry.keyPosition)
  }

  /// Words for common ranges.
  private static let expectedRanges: [(word: String, low: Double?, high: Double?)] = [
    ("probability", 0, 1), ("utility", nil, 1),
  ]

  /// `expect: [0, 1]`, `[0, none]`, `probability` or `utility` of a quantity.
  mutating func expectation(_ entry: YAMLEntry?, of name: String?, at position: SourcePosition) {
    guard let entry else { return }
    let expected =
      "two limits, such as [0, 1] or [0, none], or `probability` or `utility`"
    var limits: [Double?] = []
    switch entry.value.content {
    case .refused: return
    case .list(let items) where items.count == 2:
      for item in items {
        guard case .text(let scalar) = item.content else {
          problems.report(item.position, "\(item.kind) as a limit", expected: expected)
          return
        }
        if trimmed(scalar.text) == "none" {
          limits.append(nil)
        } else {
          guard let limit = number(scalar)?.value else { return }
          limits.append(limit)
        }
      }
    case .text(let scalar):
      let word = trimmed(scalar.text)
      guard let range = Self.expectedRanges.first(where: { $0.word == word }) else {
        problems.report(
          entry.value.position, "\(Excerpt.quoted(word)) as `expect`", expected: expected,
          advice: NearestName.question(word, among: Self.expectedRanges.map(\.word)))
        return
      }
      limits = [range.low, range.high]
    default:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `expect`", expected: expected)
      return
    }
    if limits.allSatisfy({ $0 == nil }) {
      problems.report(
        entry.value.position, "`expect` without a limit", expected: expected)
      return
    }
    if let low = limits[0], let high = limits[1], !(low < high) {
      problems.report(
        entry.value.position,
        "the limits \(NumberText.string(low)) and \(NumberText.string(high))",
        expected: "the lower one first")
      return
    }
    guard let name else { return }
    expectations.append(
      Expectation(name: name, low: limits[0], high: limits[1], position: position))
  }
}
