// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  private static let mostWillingnessToPay = 1000
  private static let forms = "Write [20000, 50000] or {from: 0, to: 100000, step: 5000}."

  /// A number, a list, `{from: 0, to: 100000, step: 5000}` or `{values: [20000, 50000], unit: NOK/QALY}`;
  /// values are `nil` when reported.
  mutating func willingnessToPay(_ entry: YAMLEntry?)
    -> (values: [Double]?, unit: ScenarioDecision.StatedUnit?)
  {
    guard let entry else { return ([], nil) }
    guard case .mapping = entry.value.content else { return (ascending(entry), nil) }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`willingness_to_pay`", keys: .willingnessToPay)
    else { return (nil, nil) }
    let unit = statedUnit(fields["unit"])
    guard let list = fields["values"] else { return (steps(entry, fields), unit) }
    if let idle = ["from", "to", "step"].lazy.compactMap({ fields[$0] }).first {
      problems.report(
        idle.keyPosition, "`\(idle.key)` beside `\(list.key)`", expected: "one of them")
      return (nil, nil)
    }
    return (ascending(list), unit)
  }

  /// Ascending numbers from 0 on.
  private mutating func ascending(_ entry: YAMLEntry) -> [Double]? {
    var items = [entry.value]
    switch entry.value.content {
    case .refused: return nil
    case .list(let list): items = list
    case .text, .mapping, .empty: break
    }
    guard isCount(items.count, of: entry) else { return nil }
    let known = problems.count
    var values: [Double] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        if case .refused = item.content { return nil }
        problems.report(
          item.position, "\(item.kind) in `\(entry.key)`", expected: "a number", advice: Self.forms)
        continue
      }
      guard let value = number(scalar)?.value, isThreshold(value, scalar) else { continue }
      if let last = values.last, value <= last {
        problems.report(
          scalar.start,
          values.contains(value)
            ? "\(Excerpt.quoted(scalar.text)) a second time in `\(entry.key)`"
            : "\(Excerpt.quoted(scalar.text)) after \(NumberText.string(last)) in `\(entry.key)`",
          expected: "ascending numbers, each once")
      }
      values.append(value)
    }
    return problems.count == known ? values : nil
  }

  private mutating func isThreshold(_ value: Double, _ scalar: ScalarText) -> Bool {
    if value >= 0, value <= 1e15 { return true }
    problems.report(
      scalar.start, "\(Excerpt.quoted(scalar.text)) as a willingness to pay",
      expected: value < 0 ? "a number from 0 on" : "a number from 0 to 1e15")
    return false
  }

  private mutating func isCount(_ count: Int, of entry: YAMLEntry) -> Bool {
    if (1...Self.mostWillingnessToPay).contains(count) { return true }
    problems.report(
      entry.value.position, "\(ReadableNumber.count(count, "number")) in `\(entry.key)`",
      expected: "1 to \(Self.mostWillingnessToPay)", advice: Self.forms)
    return false
  }

  /// `{from: 0, to: 100000, step: 5000}`; from 0 on unless it is said.
  private mutating func steps(_ entry: YAMLEntry, _ fields: [String: YAMLEntry]) -> [Double]? {
    guard let toField = fields["to"], let stepField = fields["step"] else {
      // What is missing may stand under a key that has been reported as unknown.
      if case .mapping(let entries) = entry.value.content, entries.count > fields.count {
        return nil
      }
      let missing = ["to", "step"].filter { fields[$0] == nil }.map { "`\($0)`" }
      problems.report(
        entry.value.position, "`\(entry.key)` without \(missing.joined(separator: " and "))",
        expected: "`values`, or `from`, `to` and `step`", advice: Self.forms)
      return nil
    }
    var ends: [Double] = []
    for field in [fields["from"], toField].compactMap({ $0 }) {
      guard let scalar = scalar(field), let value = number(scalar)?.value,
        isThreshold(value, scalar)
      else { return nil }
      ends.append(value)
    }
    guard let scalar = scalar(stepField), let step = number(scalar)?.value else { return nil }
    let (from, to) = (ends.count == 2 ? ends[0] : 0, ends[ends.count - 1])
    guard step > 0 else {
      problems.report(
        scalar.start, "the step \(Excerpt.quoted(scalar.text))", expected: "a number above 0")
      return nil
    }
    guard to >= from else {
      problems.report(
        toField.value.position, "`to` below `from` in `\(entry.key)`",
        expected: "a number from \(NumberText.string(from)) on")
      return nil
    }
    let count = ((to - from) / step).rounded(.down)
    guard count < Double(Self.mostWillingnessToPay) else {
      problems.report(
        entry.value.position, "more than \(Self.mostWillingnessToPay) numbers in `\(entry.key)`",
        expected: "at most so many", advice: "Take a larger step.")
      return nil
    }
    return (0...Int(count)).map { from + Double($0) * step }
  }
}
