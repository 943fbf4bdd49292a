// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// `population: {incidence: 33 000, horizon: 10, rate: 4%, uptake: 30%}`.
  mutating func population(_ entry: YAMLEntry?) -> ScenarioDecision.DecisionPopulation? {
    guard let entry,
      let fields = fields(
        entry.value, at: entry.value.position, "`population`",
        keys: .population)
    else { return nil }
    let missing = ["incidence", "horizon", "rate"].filter { fields[$0] == nil }
    if !missing.isEmpty {
      problems.report(
        entry.keyPosition,
        "a population without \(missing.map { "`\($0)`" }.joined(separator: " and "))",
        expected: "incidence (persons a year), horizon (years) and rate (per year)",
        advice: "population: {incidence: 33000, horizon: 10, rate: 4%}")
    }
    let horizon = scalar(fields["horizon"]).flatMap { wholeNumber($0, 1...1000) }.map { Int($0) }
    let incidence = yearly(fields["incidence"], horizon, to: 1e15)
    let uptake = fields["uptake"] == nil ? [1] : yearly(fields["uptake"], horizon, to: 1)
    let rate = populationRate(fields["rate"])
    let unit = statedUnit(fields["unit"])
    guard let incidence, let horizon, let rate, let uptake else { return nil }
    return .init(incidence: incidence, horizon: horizon, rate: rate, uptake: uptake, unit: unit)
  }

  /// One number from 0 on, or one for each year; `nil` when absent or reported.
  ///
  /// - Parameter horizon: `nil` where it was refused: then any number of years may be right.
  private mutating func yearly(_ entry: YAMLEntry?, _ horizon: Int?, to most: Double) -> [Double]? {
    guard let entry, let values = numbers(entry) else { return nil }
    let place = entry.value.position
    if let value = values.first(where: { !($0 >= 0 && $0 <= most) }) {
      problems.report(
        place, "`\(entry.key)` of \(NumberText.string(value)) in a population",
        expected: most == 1 ? "shares from 0 to 1" : "persons a year, 0 to 1e15")
      return nil
    }
    if let horizon, ![1, horizon].contains(values.count) {
      problems.report(
        place, "\(values.count) numbers as `\(entry.key)` for a horizon of \(horizon) years",
        expected: "one number, or one for each year")
      return nil
    }
    return values
  }

  private mutating func populationRate(_ entry: YAMLEntry?) -> Double? {
    guard let entry, let scalar = scalar(entry), let rate = number(scalar)?.value else {
      return nil
    }
    if rate >= 0, DiscountRate.isPossible(rate) { return rate }
    problems.report(
      scalar.start, "a `rate` of \(NumberText.string(rate)) in a population",
      expected: "a rate per year from 0 on and below 1", advice: DiscountRate.advice(rate))
    return nil
  }

  /// A number or a list of them; `nil` when any was reported.
  private mutating func numbers(_ entry: YAMLEntry) -> [Double]? {
    var nodes = [entry.value]
    if case .list(let items) = entry.value.content {
      nodes = items
      if items.isEmpty {
        problems.report(
          entry.value.position, "an empty list as `\(entry.key)`", expected: "at least one number")
      }
    }
    var values: [Double] = []
    for node in nodes {
      guard case .text(let scalar) = node.content else {
        if case .refused = node.content { return nil }
        problems.report(node.position, "\(node.kind) in `\(entry.key)`", expected: "a number")
        continue
      }
      if let value = number(scalar)?.value { values.append(value) }
    }
    return values.count == nodes.count && !nodes.isEmpty ? values : nil
  }
}
