// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import SimCore

/// What a study measures, as scenario files and the command line name it.
public enum StudyKind: String, Sendable, CaseIterable {
  case mean, proportion, rate, trial
}

extension ScenarioDecoder {
  static let mostStudies = 100

  /// `studies:` of a decision, by name.
  mutating func studies(_ entry: YAMLEntry?) -> [DecisionStudy] {
    var studies: [DecisionStudy] = []
    section(entry) { decoder, item in
      if let study = decoder.study(item) { studies.append(study) }
    }
    if studies.count > Self.mostStudies, let entry {
      problems.report(
        entry.keyPosition, "\(studies.count) studies", expected: "at most \(Self.mostStudies)")
    }
    return studies
  }

  private mutating func study(_ entry: YAMLEntry) -> DecisionStudy? {
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "a study", keys: .study)
    else { return nil }
    guard fields["data"] != nil else {
      problems.report(
        entry.keyPosition, "the study \(Excerpt.quoted(entry.key)) without `data`",
        expected: "what it measures: \(StudyKind.allCases.map(\.rawValue).joined(separator: ", "))",
        advice: "Such as {data: proportion, parameter: p, sizes: [50, 100, 200]}.")
      return nil
    }
    guard let kind: StudyKind = choice(fields["data"], "what a study measures") else { return nil }
    _ = (string(fields["description"]), string(fields["source"]))
    refuseKeys(of: kind, fields)
    let design = design(kind, fields, entry)
    let sizes = sizes(fields["sizes"], entry, kind)
    var costs: DecisionStudy.Costs?
    if fields["fixed_cost"] != nil || fields["cost_per_participant"] != nil {
      costs = .init(
        fixed: money(fields["fixed_cost"]), perParticipant: money(fields["cost_per_participant"]))
    }
    guard let design, let sizes else { return nil }
    return DecisionStudy(name: entry.key, design: design, sizes: sizes, costs: costs)
  }

  /// Keys that belong to other kinds of data.
  private mutating func refuseKeys(of kind: StudyKind, _ fields: [String: YAMLEntry]) {
    let own: Set<String> =
      switch kind {
      case .mean: ["parameter", "sd"]
      case .proportion: ["parameter"]
      case .rate: ["parameter", "follow_up"]
      case .trial: ["baseline", "log_odds_ratio"]
      }
    for key in ["parameter", "sd", "follow_up", "baseline", "log_odds_ratio"] {
      guard let entry = fields[key], !own.contains(key) else { continue }
      problems.report(
        entry.keyPosition, "`\(key)` in a study with `data: \(kind.rawValue)`",
        expected: own.sorted().map { "`\($0)`" }.joined(separator: " and "))
    }
  }

  private mutating func design(
    _ kind: StudyKind, _ fields: [String: YAMLEntry], _ study: YAMLEntry
  ) -> StudyDesign? {
    switch kind {
    case .mean:
      let name = studied(fields["parameter"], "parameter", study, nil)
      let sd = positive(fields["sd"], "sd", study)
      guard let name, let sd else { return nil }
      return .normalMean(parameter: name, standardDeviation: sd)
    case .proportion:
      return studied(fields["parameter"], "parameter", study, .unit).map {
        .proportion(parameter: $0)
      }
    case .rate:
      let name = studied(fields["parameter"], "parameter", study, .positive)
      var followUp: Double? = 1
      if fields["follow_up"] != nil { followUp = positive(fields["follow_up"], "follow_up", study) }
      guard let name, let followUp else { return nil }
      return .rate(parameter: name, followUp: followUp)
    case .trial:
      let baseline = studied(fields["baseline"], "baseline", study, .unit)
      let ratio = studied(fields["log_odds_ratio"], "log_odds_ratio", study, nil)
      guard let baseline, let ratio else { return nil }
      if baseline == ratio {
        problems.report(
          study.keyPosition, "the parameter \(Excerpt.quoted(ratio)) twice in a study",
          expected: "two parameters")
        return nil
      }
      return .twoArms(baseline: baseline, logOddsRatio: ratio)
    }
  }

  /// The name of one uncertain value, with its labels where it varies, inside the range that the data need.
  private mutating func studied(
    _ entry: YAMLEntry?, _ key: String, _ study: YAMLEntry, _ range: Support?
  ) -> String? {
    guard let entry else {
      problems.report(
        study.keyPosition, "the study \(Excerpt.quoted(study.key)) without `\(key)`",
        expected: "the name of a parameter")
      return nil
    }
    guard let scalar = scalar(entry) else { return nil }
    let name = Names.normalised(trimmed(scalar.text))
    func plain(_ name: String) -> String { name.filter { $0 != " " } }
    guard let parameter = parameters.first(where: { plain($0.fullName) == plain(name) }) else {
      let stem = plain(String(name.prefix { $0 != "[" }))
      if let parameter = parameters.first(where: { $0.name == stem && !$0.each.isEmpty }) {
        report(drawnForEach: parameter, name, scalar)
        return nil
      }
      let own = parameters.filter { $0.name == name }.map(\.fullName)
      problems.report(
        scalar.start, "\(Excerpt.quoted(name)), which is not one parameter",
        expected: own.isEmpty ? "a parameter" : "one of \(own.prefix(5).joined(separator: "; "))",
        advice: own.isEmpty ? NearestName.question(name, among: parameters.map(\.fullName)) : "")
      return nil
    }
    if parameter.isConstant {
      problems.report(
        scalar.start, "\(Excerpt.quoted(name)), which is a known number",
        expected: "an uncertain parameter with one value in an iteration")
      return nil
    }
    if !parameter.each.isEmpty {
      report(drawnForEach: parameter, name, scalar)
      return nil
    }
    let support = parameter.distribution.support
    if let range, support.lower < range.lower || support.upper > range.upper {
      problems.report(
        scalar.start,
        "\(Excerpt.quoted(name)), which may be below 0"
          + (range.upper.isFinite ? " or above \(NumberText.string(range.upper))" : ""),
        expected: range.upper.isFinite
          ? "a probability, whose distribution stays within 0 and 1"
          : "a rate, whose distribution stays above 0",
        advice: range.upper.isFinite
          ? "Use beta, or truncate it: `truncate: [0, 1]`." : "Use gamma or lognormal.")
      return nil
    }
    return parameter.fullName
  }

  /// What `each` draws is chance between units.
  private mutating func report(
    drawnForEach parameter: ScenarioParameter, _ name: String, _ scalar: ScalarText
  ) {
    let dimensions = parameter.each.joined(separator: " and ")
    problems.report(
      scalar.start,
      "\(Excerpt.quoted(name)), which is drawn for each \(dimensions): chance, which no study tells beforehand",
      expected: "an uncertain parameter with one value in an iteration",
      advice:
        "If its labels are quantities of their own, state them with `by` in place of `each` and name one: "
        + "\(parameter.name)[\(parameter.each[0]) = …].")
  }

  private mutating func positive(_ entry: YAMLEntry?, _ key: String, _ study: YAMLEntry) -> Double?
  {
    guard let entry else {
      problems.report(
        study.keyPosition, "the study \(Excerpt.quoted(study.key)) without `\(key)`",
        expected: "a number above 0", advice: "The sd of a single observation, known.")
      return nil
    }
    guard let scalar = scalar(entry), let value = number(scalar)?.value else { return nil }
    if StudyDesign.sizes.contains(value) { return value }
    problems.report(
      scalar.start, "\(Excerpt.quoted(scalar.text)) as `\(key)`",
      expected: "a number above 0, 1e-100 to 1e100")
    return nil
  }

  /// 0 when absent or reported.
  private mutating func money(_ entry: YAMLEntry?) -> Double {
    guard let scalar = scalar(entry), let value = number(scalar)?.value else { return 0 }
    if value >= 0, value <= 1e15 { return value }
    problems.report(
      scalar.start, "\(Excerpt.quoted(scalar.text)) as a cost", expected: "0 to 1e15")
    return 0
  }

  private mutating func sizes(_ entry: YAMLEntry?, _ study: YAMLEntry, _ kind: StudyKind) -> [Int]?
  {
    guard let entry else {
      problems.report(
        study.keyPosition, "the study \(Excerpt.quoted(study.key)) without `sizes`",
        expected: "numbers of participants",
        advice: "Write sizes: [50, 100, 200] or sizes: {from: 50, to: 500, step: 50}.")
      return nil
    }
    let least = kind == .trial ? 2 : 1
    guard let values = numberSeries(entry, most: DecisionStudy.mostSizes) else { return nil }
    let sizes = values.compactMap { Int(exactly: $0) }
    let isGood =
      sizes.count == values.count
      && sizes.allSatisfy { (least...DecisionStudy.largestSize).contains($0) }
      && zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 }
      && (kind != .trial || sizes.allSatisfy { $0 % 2 == 0 })
    if isGood { return sizes }
    problems.report(
      entry.value.position, "`sizes`",
      expected: kind == .trial
        ? "ascending even numbers of participants from 2 on, half of them in each arm"
        : "ascending whole numbers of participants from 1 to 1 000 000 000")
    return nil
  }
}
