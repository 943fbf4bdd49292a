// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Keys by which an entry says, beside its `value`, what it assesses.
  static let assessmentKeys =
    ways.filter { $0 != "value" } + choiceKeys + ["fold", "truncate"]
  /// Keys that give the quantity itself, one of them for each.
  static let ways = ["value"] + ScenarioKeys.otherWays.map(\.name)
  /// Keys that say how it is to be read.
  static let choiceKeys = ScenarioKeys.choices.map(\.name)

  /// The distribution that the fields of one entry state, with the numbers they state.
  ///
  /// The only way from text to a distribution: of a parameter, of a cell in a table by label (its text
  /// in place of `value`, beside the fields of the parameter), of a replacement in a variant. Reads the
  /// keys `value` and `assessmentKeys` and no others; changes nothing but `problems`.
  ///
  /// - Parameter shared: keys that several quantities share, so that one of them may leave them idle:
  ///   a plain number among ranges needs no `family`.
  /// - Returns: `nil` when a problem was reported, here or where the fields were read.
  mutating func quantity(_ fields: [String: YAMLEntry], shared: Set<String> = []) -> Fit? {
    let stated = Self.ways.filter { fields[$0] != nil }
    if stated.count > 1, let second = fields[stated[1]] {
      problems.report(
        second.keyPosition, "`\(stated[1])` beside `\(stated[0])`",
        expected: "one of them", advice: "Delete one of the two.")
      return nil
    }
    guard let way = stated.first, let entry = fields[way] else { return nil }
    let choices = choices(fields, shared)
    let fit: Fit? =
      switch way {
      case "mixture", "pool": combination(entry, fields, choices)
      case "quantiles": quantiles(entry, choices)
      case _ where Self.jointKeys.contains(way): notAlone(entry)
      case "data": data(entry, choices)
      case "categorical": categorical(entry, choices)
      default: assessed(entry, choices)
      }
    return fit.flatMap {
      folded($0, fields["fold"], isShared: shared.contains("fold"))
    }.flatMap {
      truncated($0, fields["truncate"], isShared: shared.contains("truncate"))
    }
  }

  private mutating func assessed(_ entry: YAMLEntry, _ choices: RangeChoices) -> Fit? {
    guard let value = scalar(entry) else { return nil }
    do throws(TextProblem) {
      // Only texts with brackets hold distributions.
      if value.text.contains("("),
        let composed = try ComposedReader.read(value.text, base: texts.add(value))
      {
        return self.composed(composed, value, choices)
      }
    } catch {
      report(error, in: value)
      return nil
    }
    guard let assessment = assessment(value, choices.family) else { return nil }
    return distribution(assessment, value, choices)
  }

  /// What an entry says about its range, with where it says it.
  struct RangeChoices {
    var family: Family?
    var reading: RangeReading?
    var baseIs: Centre?
    var rule: FitRule?
    var prior: Prior?
    /// Of a metalog: terms, and limits; `.some(nil)` where `none` is said.
    var terms: Int?
    var lower: Double??
    var upper: Double??
    /// Shape of stated percentiles that is no family of the registry.
    var shape: QuantileShape?
    /// A choice was refused: what would follow from its absence is not reported.
    var isRefused = false
    /// Those that have to act on something.
    var entries: [YAMLEntry] = []
  }

  private mutating func choices(_ fields: [String: YAMLEntry], _ shared: Set<String>)
    -> RangeChoices
  {
    var choices = RangeChoices()
    choices.entries = Self.choiceKeys
      .filter { !shared.contains($0) }.compactMap { fields[$0] }
    if fields["quantiles"] != nil, let name = string(fields["family"]) {
      choices.shape = QuantileShape(rawValue: name)
    }
    if choices.shape == nil { choices.family = family(fields["family"]) }
    choices.reading = choice(fields["range"], "a reading of a range")
    choices.baseIs = choice(fields["base_is"], "a kind of base")
    choices.rule = choice(fields["fit"], "a fit")
    choices.prior = choice(fields["prior"], "a prior")
    if let scalar = scalar(fields["terms"]) {
      choices.terms = wholeNumber(scalar, 3...10).map { Int($0) }
    }
    choices.lower = limit(fields["lower"])
    choices.upper = limit(fields["upper"])
    choices.isRefused =
      (fields["family"] != nil && choices.family == nil && choices.shape == nil)
      || (fields["range"] != nil && choices.reading == nil)
      || (fields["base_is"] != nil && choices.baseIs == nil)
      || (fields["fit"] != nil && choices.rule == nil)
      || (fields["prior"] != nil && choices.prior == nil)
      || (fields["terms"] != nil && choices.terms == nil)
      || (fields["lower"] != nil && choices.lower == nil)
      || (fields["upper"] != nil && choices.upper == nil)
    return choices
  }

  /// A number, or `none`.
  private mutating func limit(_ entry: YAMLEntry?) -> Double?? {
    guard let scalar = scalar(entry) else { return nil }
    if trimmed(scalar.text) == "none" { return .some(nil) }
    return number(scalar).map { .some($0.value) }
  }

  mutating func family(_ entry: YAMLEntry?) -> Family? {
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

  /// A distribution that is stretched or moved, or follows from other quantities.
  private mutating func composed(
    _ composed: ComposedReader.Value, _ value: ScalarText, _ choices: RangeChoices
  ) -> Fit? {
    guard refuseIdle(choices, "a distribution") else { return nil }
    let text = trimmed(value.text)
    switch composed {
    case .known(let member): return Fit(text: text, distribution: member.distribution)
    case .uncertain(let law):
      return Fit(text: text, distribution: law.draw, uncertain: law)
    }
  }

  private mutating func assessment(_ value: ScalarText, _ family: Family?) -> Assessment? {
    do throws(TextProblem) {
      return try AssessmentReader.read(value.text, family)
    } catch {
      report(error, in: value)
      return nil
    }
  }

  private mutating func distribution(
    _ assessment: Assessment, _ value: ScalarText, _ choices: RangeChoices
  ) -> Fit? {
    let text = trimmed(value.text)
    switch assessment {
    case .number(let number):
      guard refuseIdle(choices, "a single number") else { return nil }
      guard let constant = made(value, { () throws(DistributionError) in try Constant(number) })
      else { return nil }
      return Fit(
        text: text, distribution: constant,
        numbers: StatedNumbers(base: number, low: number, high: number))
    case .distribution(let member):
      guard refuseIdle(choices, "a distribution") else { return nil }
      return Fit(
        text: text, distribution: member.distribution,
        figures: member.numbers.map(StatedFigure.init), residual: member.residual)
    case .events(let count):
      return choices.isRefused ? nil : share(count, value, choices)
    case .range(let numbers):
      return choices.isRefused ? nil : fitted(numbers, value, choices)
    }
  }

  /// Keys about a range have nothing to act on where there is none.
  mutating func refuseIdle(
    _ choices: RangeChoices, _ what: String, except used: Set<String> = []
  ) -> Bool {
    let idle = choices.entries.filter { !used.contains($0.key) }
    for entry in idle {
      let wanted =
        switch entry.key {
        case "prior": ("events as `value`", "`15 of 1000`")
        case "terms", "lower", "upper": ("a metalog", "quantiles with `family: metalog`")
        default: ("a range as `value`", "`base (low to high)`")
        }
      problems.report(
        entry.keyPosition, "`\(entry.key)` beside \(what)", expected: wanted.0,
        advice: "Delete `\(entry.key)`, or write the value as \(wanted.1).")
    }
    return idle.isEmpty
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
