// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  private static let parameterKeys = [
    "value", "unit", "source", "description", "family", "range", "base_is", "fit", "truncate",
  ]

  mutating func parameter(_ entry: YAMLEntry) {
    let (value, fields) = valueAndFields(entry, "the parameter", known: Self.parameterKeys)
    let name = declare(entry, .parameter, value)
    let unit = string(fields["unit"])
    let source = string(fields["source"])
    let description = string(fields["description"])
    let choices = choices(fields)
    guard let value, let assessment = assessment(value) else { return }
    guard let stated = distribution(assessment, value, choices),
      let fit = truncated(stated, fields["truncate"]), let name
    else { return }
    parameters.append(
      ScenarioParameter(
        name: name, unit: unit, source: source, description: description,
        statedText: trimmed(value.text), statedBase: fit.numbers?.base,
        statedLow: fit.reading == nil ? nil : fit.numbers?.low,
        statedHigh: fit.reading == nil ? nil : fit.numbers?.high, reading: fit.reading,
        baseIs: fit.baseIs, fit: fit.reading == nil ? nil : .moments,
        distribution: fit.distribution, position: entry.keyPosition))
  }

  /// What a parameter says about its range, with where it says it.
  struct RangeChoices {
    var family: Family?
    var reading: RangeReading?
    var baseIs: Centre?
    /// A choice was refused: what would follow from its absence is not reported.
    var isRefused = false
    var entries: [YAMLEntry] = []
  }

  struct Fit {
    var distribution: any Distribution
    var numbers: StatedNumbers?
    var reading: RangeReading?
    var baseIs: Centre?
  }

  private mutating func choices(_ fields: [String: YAMLEntry]) -> RangeChoices {
    var choices = RangeChoices()
    choices.entries = ["family", "range", "base_is", "fit"].compactMap { fields[$0] }
    choices.family = family(fields["family"])
    choices.reading = choice(fields["range"], "a reading of a range")
    choices.baseIs = choice(fields["base_is"], "a kind of base")
    let fit = fitRule(fields["fit"])
    choices.isRefused =
      (fields["family"] != nil && choices.family == nil)
      || (fields["range"] != nil && choices.reading == nil)
      || (fields["base_is"] != nil && choices.baseIs == nil)
      || (fields["fit"] != nil && fit == nil)
    return choices
  }

  private mutating func family(_ entry: YAMLEntry?) -> Family? {
    guard let scalar = scalar(entry) else { return nil }
    let name = trimmed(scalar.text)
    if let family = FamilyRegistry.family(named: name) { return family }
    let names = FamilyRegistry.all.map(\.name)
    problems.report(
      scalar.start, "the unknown family \(Excerpt.quoted(name))",
      expected: "one of \(names.joined(separator: ", "))",
      advice: NearestName.question(name, among: names))
    return nil
  }

  private mutating func assessment(_ value: ScalarText) -> Assessment? {
    do throws(TextProblem) {
      return try AssessmentReader.read(value.text)
    } catch {
      report(error, in: value)
      return nil
    }
  }

  private mutating func distribution(
    _ assessment: Assessment, _ value: ScalarText, _ choices: RangeChoices
  ) -> Fit? {
    switch assessment {
    case .number(let number):
      guard refuseIdle(choices, "a single number") else { return nil }
      guard let constant = made(value, { () throws(DistributionError) in try Constant(number) })
      else { return nil }
      return Fit(
        distribution: constant, numbers: StatedNumbers(base: number, low: number, high: number))
    case .distribution(let distribution):
      return refuseIdle(choices, "a distribution") ? Fit(distribution: distribution) : nil
    case .range(let numbers):
      return choices.isRefused ? nil : fitted(numbers, value, choices)
    }
  }

  /// Keys about a range have nothing to act on where there is none.
  private mutating func refuseIdle(_ choices: RangeChoices, _ what: String) -> Bool {
    for entry in choices.entries {
      problems.report(
        entry.keyPosition, "`\(entry.key)` beside \(what)", expected: "a range as `value`",
        advice: "Delete `\(entry.key)`, or write the value as `base (low to high)`.")
    }
    return choices.entries.isEmpty
  }

  mutating func made(
    _ value: ScalarText, _ make: () throws(DistributionError) -> any Distribution
  ) -> (any Distribution)? {
    do throws(DistributionError) {
      return try make()
    } catch {
      problems.report(
        value.position(ofByte: 0), error.found, expected: error.expected, advice: error.advice)
      return nil
    }
  }
}
