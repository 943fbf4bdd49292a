// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Keys by which an entry says, beside its `value`, what it assesses.
  static let assessmentKeys = ["family", "range", "base_is", "fit", "prior", "truncate"]

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
    let choices = choices(fields, shared)
    guard let value = scalar(fields["value"]), let assessment = assessment(value),
      let stated = distribution(assessment, value, choices)
    else { return nil }
    return truncated(stated, fields["truncate"], isShared: shared.contains("truncate"))
  }

  /// What an entry says about its range, with where it says it.
  struct RangeChoices {
    var family: Family?
    var reading: RangeReading?
    var baseIs: Centre?
    var rule: FitRule?
    var prior: Prior?
    /// A choice was refused: what would follow from its absence is not reported.
    var isRefused = false
    /// Those that have to act on something.
    var entries: [YAMLEntry] = []
  }

  private mutating func choices(_ fields: [String: YAMLEntry], _ shared: Set<String>)
    -> RangeChoices
  {
    var choices = RangeChoices()
    choices.entries = ["family", "range", "base_is", "fit", "prior"]
      .filter { !shared.contains($0) }.compactMap { fields[$0] }
    choices.family = family(fields["family"])
    choices.reading = choice(fields["range"], "a reading of a range")
    choices.baseIs = choice(fields["base_is"], "a kind of base")
    choices.rule = choice(fields["fit"], "a fit")
    choices.prior = choice(fields["prior"], "a prior")
    choices.isRefused =
      (fields["family"] != nil && choices.family == nil)
      || (fields["range"] != nil && choices.reading == nil)
      || (fields["base_is"] != nil && choices.baseIs == nil)
      || (fields["fit"] != nil && choices.rule == nil)
      || (fields["prior"] != nil && choices.prior == nil)
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
      let isPrior = entry.key == "prior"
      problems.report(
        entry.keyPosition, "`\(entry.key)` beside \(what)",
        expected: isPrior ? "events as `value`" : "a range as `value`",
        advice: "Delete `\(entry.key)`, or write the value as "
          + (isPrior ? "`15 of 1000`." : "`base (low to high)`."))
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
