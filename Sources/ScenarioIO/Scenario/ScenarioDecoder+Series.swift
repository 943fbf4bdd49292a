// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Numbers as one number, a list, or `{from: 0, to: 10, step: 2}`; `nil` when reported.
  ///
  /// - Parameter most: numbers allowed.
  mutating func numberSeries(_ entry: YAMLEntry, most: Int) -> [Double]? {
    var values: [Double] = []
    switch entry.value.content {
    case .refused: return nil
    case .text:
      guard let scalar = scalar(entry), let numeral = number(scalar) else { return nil }
      values = [numeral.value]
    case .list(let items):
      for item in items {
        if case .refused = item.content { return nil }
        guard case .text(let scalar) = item.content else {
          problems.report(item.position, "\(item.kind) in `\(entry.key)`", expected: "a number")
          return nil
        }
        guard let numeral = number(scalar) else { return nil }
        values.append(numeral.value)
      }
    case .mapping:
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "`\(entry.key)`", keys: .series)
      else { return nil }
      var ends: [Double] = []
      for key in ["from", "to", "step"] {
        guard let field = fields[key] else {
          problems.report(
            entry.value.position, "`\(entry.key)` without `\(key)`",
            expected: "from, to and step")
          return nil
        }
        guard let scalar = scalar(field), let numeral = number(scalar) else { return nil }
        ends.append(numeral.value)
      }
      let steps = ((ends[1] - ends[0]) / ends[2] + 1e-9).rounded(.down)
      guard ends[2] > 0, steps >= 0, steps.isFinite else {
        problems.report(
          entry.value.position, "`\(entry.key)` without a number in it",
          expected: "`from` up to `to`, by a `step` above 0")
        return nil
      }
      guard steps < Double(most) else {
        values = Array(repeating: 0, count: most + 1)
        break
      }
      values = (0...Int(steps)).map { ends[0] + Double($0) * ends[2] }
    case .empty: break
    }
    if (1...most).contains(values.count) { return values }
    problems.report(
      entry.value.position,
      values.isEmpty ? "no number in `\(entry.key)`" : "too many numbers in `\(entry.key)`",
      expected: "1 to \(most)", advice: "Write [1, 2, 5] or {from: 0, to: 10, step: 2}.")
    return nil
  }
}
