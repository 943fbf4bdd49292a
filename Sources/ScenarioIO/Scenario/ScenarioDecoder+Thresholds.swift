// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// `all`, or `{vary: [price], outputs: [net_benefit]}`.
  mutating func thresholds(_ entry: YAMLEntry?) -> ScenarioSensitivity.Thresholds? {
    guard let entry else { return nil }
    if isAll(entry) { return .init(vary: nil, outputs: nil) }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`thresholds`", keys: .thresholds)
    else { return nil }
    let vary = varied(fields["vary"], orKnown: true)
    for name in vary ?? [] {
      let place = fields["vary"]?.value.position ?? entry.keyPosition
      guard let parameter = parameters.first(where: { $0.name == name }) else { continue }
      if isVarying(parameter) {
        problems.report(
          place, "\(Excerpt.quoted(name)), which varies over labels",
          expected: "parameters with one value")
      } else if parameter.isConstant, parameter.number(at: .base) == 0 {
        problems.report(
          place, "\(Excerpt.quoted(name)), which is 0, so that it doesn't say how far to search",
          expected: "a parameter with a range, or a known number other than 0",
          advice: "Write it as a range, such as 0 (0 to 100).")
      }
    }
    return .init(vary: vary, outputs: outputNames(fields["outputs"]))
  }

  /// So many that nobody would wait for them.
  mutating func checkThresholds(_ request: ScenarioSensitivity.Thresholds?, _ entry: YAMLEntry?) {
    guard let request, let entry else { return }
    let moved = parameters.count { parameter in
      !isVarying(parameter) && request.vary?.contains(parameter.name) ?? !parameter.isConstant
    }
    let decided = (decision?.willingnessToPay.count ?? 0) * max(perspectives.count, 1)
    let searches = moved * ((request.outputs?.count ?? outputs.count) + decided)
    let most = ScenarioSensitivity.Thresholds.mostSearches
    if searches > most {
      problems.report(
        entry.keyPosition,
        "thresholds of \(ReadableNumber.count(moved, "parameter")): "
          + "\(ReadableNumber.whole(searches)) searches, one for each output and willingness to pay",
        expected: "at most \(ReadableNumber.whole(most))",
        advice: "Name parameters, as in thresholds: {vary: [price]}, or fewer values of "
          + "willingness_to_pay.")
    }
  }

  func isVarying(_ parameter: ScenarioParameter) -> Bool {
    !parameter.labels.isEmpty || !parameter.each.isEmpty
  }

  private mutating func outputNames(_ entry: YAMLEntry?) -> [String]? {
    guard let entry, !isAll(entry) else { return nil }
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `outputs`",
        expected: "`all` or a list of outputs")
      return nil
    }
    if items.isEmpty { emptyList(entry) }
    var names: [String] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        if case .refused = item.content { continue }
        problems.report(item.position, "\(item.kind) as an output", expected: "a name")
        continue
      }
      let name = Names.normalised(trimmed(scalar.text))
      if names.contains(name) {
        problems.report(
          scalar.start, "\(Excerpt.quoted(name)) twice", expected: "every output once")
      } else if outputs.contains(where: { $0.name == name }) {
        names.append(name)
      } else {
        problems.report(
          scalar.start, "\(Excerpt.quoted(name)), which is not an output", expected: "an output",
          advice: NearestName.question(name, among: outputs.map(\.name)))
      }
    }
    return names
  }
}
