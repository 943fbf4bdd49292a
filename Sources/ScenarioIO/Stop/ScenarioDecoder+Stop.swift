// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// `stop:` under `run:`: a condition, a list of them, or a mapping with `when`.
  mutating func stopRule(_ entry: YAMLEntry?) -> StopRule? {
    guard let entry else { return nil }
    var when: YAMLEntry? = entry
    var bounds: [String: YAMLEntry] = [:]
    if case .mapping = entry.value.content {
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "`stop`", keys: .stop)
      else { return nil }
      when = fields["when"]
      bounds = fields
    }
    guard let when else {
      problems.report(
        entry.keyPosition, "`stop` without `when`", expected: "a list of conditions",
        advice: "Write them \(StopConditionReader.forms).")
      return nil
    }
    var rule = StopRule(conditions: stopConditions(when))
    let most = UInt64(ScenarioRunSettings.iterationsRange.upperBound)
    if let scalar = scalar(bounds["minimum"]),
      let count = wholeNumber(scalar, UInt64(StopRule.leastMinimum)...most)
    {
      rule.minimum = Int(count)
    }
    if let scalar = scalar(bounds["maximum"]),
      let count = wholeNumber(scalar, UInt64(StopRule.leastMinimum)...most)
    {
      rule.maximum = Int(count)
      if bounds["minimum"] == nil { rule.minimum = min(rule.minimum, rule.maximum) }
    }
    if rule.maximum < rule.minimum {
      let place = bounds["maximum"] ?? bounds["minimum"] ?? entry
      problems.report(
        place.value.position,
        "a maximum of \(rule.maximum) iterations, below the minimum of \(rule.minimum)",
        expected: "a maximum from the minimum on")
    }
    return rule
  }

  private mutating func stopConditions(_ entry: YAMLEntry) -> [StopCondition] {
    let items: [YAMLNode]
    switch entry.value.content {
    case .list(let list): items = list
    case .text: items = [entry.value]
    case .refused: return []
    case .empty, .mapping:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `\(entry.key)`",
        expected: "a list of conditions", advice: "Write them \(StopConditionReader.forms).")
      return []
    }
    if items.isEmpty || items.count > StopRule.mostConditions {
      problems.report(
        entry.value.position, "\(items.count) conditions",
        expected: "1 to \(StopRule.mostConditions) of them")
      return []
    }
    return items.compactMap { item in
      if case .refused = item.content { return nil }
      guard case .text(let scalar) = item.content else {
        problems.report(
          item.position, "\(item.kind) as a condition", expected: "a text",
          advice: "Write it \(StopConditionReader.forms).")
        return nil
      }
      var reader = StopConditionReader(scalar.text)
      do throws(TextProblem) {
        let condition = try reader.read()
        stopPlaces.append(
          StopPlace(
            condition: condition, name: scalar.position(ofByte: reader.nameOffset),
            number: scalar.position(ofByte: reader.numberOffset)))
        return condition
      } catch {
        report(error, in: scalar)
        return nil
      }
    }
  }

  /// Checks that conditions name outputs, their percentiles, and a decision that there is.
  mutating func checkStopRule() {
    for place in stopPlaces {
      guard
        let problem = place.condition.problem(outputs: outputs, hasDecision: decision != nil)
      else { continue }
      problems.report(
        problem.isNumber ? place.number : place.name, problem.found, expected: problem.expected,
        advice: problem.advice)
    }
  }
}

/// A condition with the places of what it names.
struct StopPlace {
  let condition: StopCondition
  let name: SourcePosition
  let number: SourcePosition
}

/// Why a condition does not fit a scenario.
public struct StopProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Whether it is about the number, not the name.
  let isNumber: Bool
  public let found: String
  public let expected: String
  public let advice: String

  public var description: String {
    "\(found); expected \(expected)." + (advice.isEmpty ? "" : " \(advice)")
  }
}

extension StopCondition {
  /// What is wrong with it in a scenario of these outputs; `nil` when nothing is.
  func problem(outputs: [ScenarioOutput], hasDecision: Bool) -> StopProblem? {
    guard let name = output else {
      if hasDecision { return nil }
      return StopProblem(
        isNumber: true, found: "`p_best` in a scenario without a decision",
        expected: "a section `decision:`", advice: "Add one, or stop on an output.")
    }
    guard let output = outputs.first(where: { $0.name == name }) else {
      let names = outputs.map(\.name)
      return StopProblem(
        isNumber: false, found: "the unknown output \(Excerpt.quoted(name))",
        expected: "one of \(Excerpt.shortened(names.joined(separator: ", ")))",
        advice: NearestName.question(name, among: names))
    }
    guard case .percentile(let percent, _) = figure, !output.percentiles.contains(percent) else {
      return nil
    }
    let percents = output.percentiles.map { NumberText.percentileName($0) }
    return StopProblem(
      isNumber: true,
      found: "\(NumberText.percentileName(percent)), which is no percentile of "
        + Excerpt.quoted(name),
      expected: "one of \(Excerpt.shortened(percents.joined(separator: ", ")))",
      advice: "Add it under `percentiles` of the output.")
  }
}
