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

  mutating func statedUnit(_ entry: YAMLEntry?) -> ScenarioDecision.StatedUnit? {
    unit(entry).flatMap { text in
      entry.map { ScenarioDecision.StatedUnit(text: text, position: $0.value.position) }
    }
  }
}
