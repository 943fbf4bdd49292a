// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Shapes of `family:` that stated percentiles alone can have.
enum QuantileShape: String, CaseIterable {
  case piecewiseLinear = "piecewise-linear"
  case metalog
}

extension ScenarioDecoder {
  private static let mostQuantiles = 1000

  /// `quantiles:`, a mapping of percent to value, with the shape that `family` names.
  mutating func quantiles(_ entry: YAMLEntry, _ choices: RangeChoices) -> Fit? {
    let isMetalog = choices.shape == .metalog
    guard
      refuseIdle(
        choices, "`quantiles`",
        except: isMetalog ? ["family", "terms", "lower", "upper"] : ["family"]),
      let pairs = pairs(entry)
    else { return nil }
    if choices.isRefused { return nil }
    let place = entry.value.position
    let text = pairs.map { "\($0.name) = \(NumberText.string($0.value))" }.joined(separator: ", ")
    func quantileFigure(_ pair: QuantilePair) -> StatedFigure {
      switch pair.probability {
      case 0: StatedFigure(pair.name, .lowest, pair.value)
      case 1: StatedFigure(pair.name, .highest, pair.value)
      default: StatedFigure(pair.name, .quantile(pair.probability), pair.value)
      }
    }
    var residual: Double?
    let law: (any Distribution)?
    let probabilities = pairs.map(\.probability)
    let values = pairs.map(\.value)
    switch (choices.shape, choices.family) {
    case (.piecewiseLinear, _):
      law = made(at: place) { () throws(DistributionError) in
        try PiecewiseLinear(probabilities: probabilities, values: values)
      }
    case (.metalog, _):
      guard let lower = choices.lower, let upper = choices.upper else {
        problems.report(
          place, "a metalog whose limits are not stated", expected: "`lower` and `upper`",
          advice: "Say `lower: 0` and `upper: none` for costs, both as `none` for either sign.")
        return nil
      }
      law = made(at: place) { () throws(DistributionError) in
        try Metalog(
          probabilities: probabilities, values: values, terms: choices.terms, lower: lower,
          upper: upper)
      }
      if choices.terms.map({ $0 < pairs.count }) ?? (pairs.count > 10) {
        residual = law.map { Self.residual(pairs, $0) }
      }
    case (nil, let family?):
      let stated = pairs.map {
        StatedNumber.quantile(probability: $0.probability, value: $0.value)
      }
      law = made(at: place) { () throws(DistributionError) in
        let member = try family.fitted(to: stated)
        residual = member.residual
        return member.distribution
      }
    case (nil, nil):
      problems.report(
        place, "`quantiles` without the family of their distribution", expected: "`family`",
        advice: "Say `family: metalog`, `piecewise-linear`, or one such as `gamma`.")
      return nil
    }
    return law.map {
      Fit(text: text, distribution: $0, figures: pairs.map(quantileFigure), residual: residual)
    }
  }

  struct QuantilePair {
    let name: String
    let probability: Double
    let value: Double
  }

  /// In order of percent.
  private mutating func pairs(_ entry: YAMLEntry) -> [QuantilePair]? {
    guard case .mapping(let entries) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `quantiles`",
        expected: "`percent: value` lines, such as `50: 6`")
      return nil
    }
    guard (2...Self.mostQuantiles).contains(entries.count) else {
      problems.report(
        entry.keyPosition, "\(entries.count) quantile\(entries.count == 1 ? "" : "s")",
        expected: "2 to \(Self.mostQuantiles) of them")
      return nil
    }
    var pairs: [QuantilePair] = []
    for item in entries {
      guard let (digits, probability) = Self.percent(item.key) else {
        problems.report(
          item.keyPosition, "\(Excerpt.quoted(item.key)) as a percent",
          expected: "a number from 0 to 100, such as `2.5`")
        return nil
      }
      guard let scalar = scalar(item), let value = number(scalar)?.value else { return nil }
      if pairs.contains(where: { $0.probability == probability }) {
        problems.report(
          item.keyPosition, "the percent \(digits) twice", expected: "each percent once")
        return nil
      }
      pairs.append(QuantilePair(name: "p" + digits, probability: probability, value: value))
    }
    return pairs.sorted { $0.probability < $1.probability }
  }

  /// `2.5`, `2.5%` or `p2.5`.
  private static func percent(_ key: String) -> (digits: String, probability: Double)? {
    var digits = key[...]
    if digits.first == "p" {
      digits.removeFirst()
    } else if digits.last == "%" {
      digits.removeLast()
      while digits.last == " " { digits.removeLast() }
    }
    if digits == "100" { return ("100", 1) }
    guard let probability = NamedNumbers.probability("p" + digits), probability <= 1 else {
      return nil
    }
    return (String(digits), probability)
  }

  /// Root of the mean squared difference in probability.
  private static func residual(_ pairs: [QuantilePair], _ law: any Distribution) -> Double {
    let sum = pairs.reduce(0) { sum, pair in
      let miss = law.cumulative(pair.value) - pair.probability
      return sum + miss * miss
    }
    return (sum / Double(pairs.count)).squareRoot()
  }

  /// `fit: all`, a metalog within the limits of the quantity.
  mutating func metalog(_ range: StatedRange, _ value: ScalarText, _ choices: RangeChoices)
    -> (any Distribution)?
  {
    let support = choices.family.flatMap { Self.limits($0) }
    func stated(_ choice: Double??, _ family: Double??) -> Double?? {
      if case .some(let limit) = choice { return .some(limit) }
      return family
    }
    guard let lower = stated(choices.lower, support.map { .some($0.lower) } ?? nil),
      let upper = stated(choices.upper, support.map { .some($0.upper) } ?? nil)
    else {
      problems.report(
        value.position(ofByte: 0), "fit all of a quantity whose limits are not stated",
        expected: "`lower` and `upper`, or a family that tells them",
        advice: "Say `lower: 0` and `upper: none` for costs, both as `none` for either sign.")
      return nil
    }
    return made(value) { () throws(DistributionError) in
      try Metalog(meeting: range, lower: lower, upper: upper)
    }
  }

  /// The limits that every member of a family has.
  private static func limits(_ family: Family) -> (lower: Double?, upper: Double?)? {
    switch family.supportText {
    case "any number": (nil, nil)
    case "x > 0": (0, nil)
    case "0 < x < 1": (0, 1)
    default: nil
    }
  }

  mutating func made(
    at place: SourcePosition, _ make: () throws(DistributionError) -> any Distribution
  ) -> (any Distribution)? {
    do throws(DistributionError) {
      return try make()
    } catch {
      problems.report(place, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
  }
}
