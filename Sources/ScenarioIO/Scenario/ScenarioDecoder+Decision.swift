// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// What a decision analysis of the scenario's strategies needs.
public struct ScenarioDecision: Sendable {
  /// Formulas of cost and effect; they vary over the strategies, or stand against doing nothing.
  public let cost: SimCore.Expression
  public let effect: SimCore.Expression
  public let effectUnit: String
  /// Ascending.
  public let willingnessToPay: [Double]
  /// The unit that is stated for it, with its place.
  let willingnessToPayUnit: StatedUnit?
  public let population: DecisionPopulation?
  /// Parameters whose joint value of information is wanted, by name of the group.
  public let groups: [(name: String, parameters: [String])]
  /// Studies whose value is wanted.
  public let studies: [DecisionStudy]
  /// The first iterations of a run, at most so many, on which the value of information is estimated.
  public let informationIterations: Int
  /// `nil` where the file asks for no check.
  public let twoLevel: ScenarioTwoLevel?
  public let position: SourcePosition

  /// Persons a year and the terms on which they count.
  public struct DecisionPopulation: Sendable {
    public let incidence: [Double]
    public let horizon: Int
    public let rate: Double
    public let uptake: [Double]
    /// Of the incidence.
    let unit: StatedUnit?
  }

  /// A unit as written, with its place.
  struct StatedUnit: Sendable {
    let text: String
    let position: SourcePosition
  }

  /// Used where the file names no number: MCSEs of a few per mille of the figures.
  public static let defaultInformationIterations = 131_072

  /// Used where the file names no values: from 0 to 100 000 in steps of 5 000.
  public static let defaultWillingnessToPay = stride(from: 0.0, through: 100_000, by: 5_000).map {
    $0
  }
}

extension ScenarioDecoder {
  private static let mostWillingnessToPay = 1000

  mutating func decision(_ entry: YAMLEntry?) {
    guard let entry,
      let fields = fields(
        entry.value, at: entry.value.position, "`decision`",
        keys: .decision)
    else { return }
    let hasEffects =
      lines.contains { $0.kind == .effect } || parts.contains { $0["effects"] != nil }
    let cost = decisionName(fields["cost"], fallback: "costs", entry)
    let effect = decisionName(
      fields["effect"], fallback: hasEffects ? "effects" : "benefits", entry)
    var (wtp, wtpUnit) = willingnessToPay(fields["willingness_to_pay"])
    if fields["willingness_to_pay"] == nil {
      // Benefits are money already.
      wtp =
        fields["effect"] == nil && !hasEffects
        ? [1] : ScenarioDecision.defaultWillingnessToPay
    }
    let population = population(fields["population"])
    var groups: [(name: String, parameters: [String])] = []
    section(fields["groups"]) { decoder, item in
      guard case .list(let items) = item.value.content else {
        decoder.problems.report(
          item.value.position, "\(item.value.kind) as a group",
          expected: "a list of parameters, such as [cost, hours]")
        return
      }
      if items.isEmpty { decoder.emptyList(item) }
      groups.append((item.key, decoder.parameterNames(items)))
    }
    let studies = studies(fields["studies"])
    let twoLevel = twoLevel(fields["two_level"], groups)
    let informationIterations = scalar(fields["information_iterations"])
      .flatMap { wholeNumber($0, 1000...1_000_000_000) }.map { Int($0) }
    guard let cost, let effect, let wtp else { return }
    decision = ScenarioDecision(
      cost: cost, effect: effect, effectUnit: unit(fields["unit"]) ?? "",
      willingnessToPay: wtp, willingnessToPayUnit: wtpUnit, population: population, groups: groups,
      studies: studies,
      informationIterations: informationIterations
        ?? ScenarioDecision.defaultInformationIterations,
      twoLevel: twoLevel,
      position: entry.keyPosition)
  }

  private mutating func decisionName(
    _ entry: YAMLEntry?, fallback: String, _ decision: YAMLEntry
  ) -> SimCore.Expression? {
    if let entry {
      guard let scalar = scalar(entry), let expression = parsed(scalar) else { return nil }
      decisionFormulas.append(expression)
      return expression
    }
    guard lines.contains(where: { $0.kind.section == fallback }) else {
      if hasRefusedLines(fallback) { return nil }
      problems.report(
        decision.keyPosition, "a decision without `\(fallback)`",
        expected: "a section `\(fallback):`, or the name of another quantity under `decision`")
      return nil
    }
    return .name(fallback, offset: 0)
  }

  /// A list, `{from: 0, to: 100000, step: 5000}` or `{values: [20000, 50000], unit: NOK/QALY}`.
  private mutating func willingnessToPay(_ entry: YAMLEntry?)
    -> (values: [Double]?, unit: ScenarioDecision.StatedUnit?)
  {
    guard let entry else { return ([], nil) }
    var values: [Double] = []
    var unit: ScenarioDecision.StatedUnit?
    if case .mapping = entry.value.content {
      guard
        let fields = fields(
          entry.value, at: entry.value.position, "`willingness_to_pay`",
          keys: .willingnessToPay)
      else { return (nil, nil) }
      unit = statedUnit(fields["unit"])
      let others = ["from", "to", "step"].compactMap { fields[$0] }
      if let list = fields["values"], let idle = others.first {
        problems.report(
          idle.keyPosition, "`\(idle.key)` beside `\(list.key)`", expected: "one of them")
        return (nil, nil)
      }
      values = fields["values"].flatMap { numbers($0) } ?? steps(fields)
    } else {
      values = numbers(entry) ?? []
    }
    let isGood =
      (1...Self.mostWillingnessToPay).contains(values.count)
      && values.allSatisfy { $0 >= 0 && $0 <= 1e15 }
      && zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
    if isGood { return (values, unit) }
    problems.report(
      entry.value.position, "`willingness_to_pay`",
      expected: "up to \(Self.mostWillingnessToPay) ascending numbers from 0 on",
      advice: "Write [20000, 50000] or {from: 0, to: 100000, step: 5000}.")
    return (nil, nil)
  }

  private mutating func steps(_ fields: [String: YAMLEntry]) -> [Double] {
    guard let to = scalar(fields["to"]).flatMap({ number($0)?.value }),
      let step = scalar(fields["step"]).flatMap({ number($0)?.value }), step > 0
    else { return [] }
    let from = scalar(fields["from"]).flatMap { number($0)?.value } ?? 0
    let count = ((to - from) / step).rounded(.down)
    guard count >= 0, count < Double(Self.mostWillingnessToPay) else { return [] }
    return (0...Int(count)).map { from + Double($0) * step }
  }

  private mutating func statedUnit(_ entry: YAMLEntry?) -> ScenarioDecision.StatedUnit? {
    unit(entry).flatMap { text in
      entry.map { ScenarioDecision.StatedUnit(text: text, position: $0.value.position) }
    }
  }

  private mutating func population(_ entry: YAMLEntry?) -> ScenarioDecision.DecisionPopulation? {
    guard let entry,
      let fields = fields(
        entry.value, at: entry.value.position, "`population`",
        keys: .population)
    else { return nil }
    let incidence = numbers(fields["incidence"]) ?? []
    let uptake = numbers(fields["uptake"]) ?? [1]
    let unit = statedUnit(fields["unit"])
    let rate = scalar(fields["rate"]).flatMap { number($0)?.value }
    let horizon = scalar(fields["horizon"]).flatMap { wholeNumber($0, 1...1000) }.map { Int($0) }
    guard !incidence.isEmpty, let rate, let horizon else {
      problems.report(
        entry.keyPosition, "a population without incidence, horizon or rate",
        expected: "incidence (persons a year), horizon (years) and rate (per year)",
        advice: "population: {incidence: 33000, horizon: 10, rate: 4%}")
      return nil
    }
    let known = problems.count
    for (key, values, most) in [("incidence", incidence, 1e15), ("uptake", uptake, 1)] {
      let place = fields[key]?.value.position ?? entry.keyPosition
      if let value = values.first(where: { !($0 >= 0 && $0 <= most) }) {
        problems.report(
          place, "`\(key)` of \(NumberText.string(value)) in a population",
          expected: most == 1 ? "shares from 0 to 1" : "persons a year, 0 to 1e15")
      } else if ![1, horizon].contains(values.count) {
        problems.report(
          place, "\(values.count) numbers as `\(key)` for a horizon of \(horizon) years",
          expected: "one number, or one for each year")
      }
    }
    if !(rate >= 0 && rate <= 1) {
      problems.report(
        fields["rate"]?.value.position ?? entry.keyPosition,
        "a `rate` of \(NumberText.string(rate)) in a population",
        expected: "a rate per year, 0 to 1",
        advice: "Write 4% or 0.04.")
    }
    if problems.count != known { return nil }
    return .init(incidence: incidence, horizon: horizon, rate: rate, uptake: uptake, unit: unit)
  }

  private mutating func numbers(_ entry: YAMLEntry?) -> [Double]? {
    guard let entry else { return nil }
    let nodes: [YAMLNode] =
      if case .list(let items) = entry.value.content { items } else { [entry.value] }
    return nodes.compactMap { node in
      guard case .text(let scalar) = node.content else { return nil }
      return number(scalar)?.value
    }
  }
}
