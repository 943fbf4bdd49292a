// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The distribution that a stated range asks for, once its meaning is known.
  mutating func fitted(_ numbers: StatedNumbers, _ value: ScalarText, _ choices: RangeChoices)
    -> Fit?
  {
    let rule = choices.rule ?? settings(value).fit ?? .moments
    let used: Set = ["family", "range", "base_is", "fit"]
    guard
      refuseIdle(
        choices, "a range", except: rule == .all ? used.union(["lower", "upper"]) : used)
    else { return nil }
    let reading = reading(of: numbers, value, choices)
    if choices.family == nil, rule != .all {
      missingFamily(numbers, value, reading ?? choices.reading)
    }
    let isFree = isCentreIrrelevant(choices.family) && (rule == .moments || rule == .width)
    guard let centre = centre(rule, value, choices) else { return nil }
    let isMissing = centre == nil && !isFree && rule.usesCentre
    if isMissing, choices.family != nil || numbers.low >= 0 || rule == .all {
      problems.report(
        value.position(ofByte: 0), "a range whose base may be a mean, a median or a mode",
        expected: "`base_is`",
        advice: "Say `base_is: mean`, `median` or `mode` at the top of the file or here.")
    }
    guard let reading, !isMissing else { return nil }
    let stated = StatedRange(
      base: numbers.base, low: numbers.low, high: numbers.high,
      baseIs: isFree ? .mean : centre ?? .mean, reading: reading)
    let made: (any Distribution)?
    if rule == .all {
      made = metalog(stated, value, choices)
    } else if let family = choices.family {
      made = self.made(
        value, { () throws(DistributionError) in try family.fitted(to: stated, by: rule) })
    } else {
      return nil
    }
    guard let distribution = made else { return nil }
    let baseIs = isFree ? nil : centre
    return Fit(
      text: trimmed(value.text), distribution: distribution, numbers: numbers, reading: reading,
      baseIs: baseIs, rule: rule, figures: StatedFigure.figures(numbers, reading, baseIs))
  }

  /// What the base is, if anything says it; `nil` when two things contradict each other.
  private mutating func centre(
    _ rule: FitRule, _ value: ScalarText, _ choices: RangeChoices
  ) -> Centre?? {
    guard let told = Centre(rawValue: rule.rawValue) else {
      return .some(choices.baseIs ?? settings(value).baseIs)
    }
    if let stated = choices.baseIs, stated != told {
      let entry = choices.entries.first { $0.key == "base_is" }
      problems.report(
        entry?.keyPosition ?? value.position(ofByte: 0),
        "`base_is: \(stated.rawValue)` beside `fit: \(rule.rawValue)`",
        expected: "`base_is: \(told.rawValue)` or nothing", advice: "Delete one of the two.")
      return nil
    }
    return .some(told)
  }

  /// What the text says, else the parameter, else the file.
  private mutating func reading(
    of numbers: StatedNumbers, _ value: ScalarText, _ choices: RangeChoices
  ) -> RangeReading? {
    if let stated = numbers.reading {
      if let other = choices.reading, other != stated {
        problems.report(
          value.position(ofByte: numbers.readingOffset),
          "a range read as \(stated.rawValue) beside `range: \(other.rawValue)`",
          expected: "one reading", advice: "Delete one of the two.")
        return nil
      }
      return stated
    }
    if let reading = choices.reading ?? rereading ?? settings(value).reading { return reading }
    let readings = RangeReading.allCases.map(\.rawValue).joined(separator: ", ")
    problems.report(
      value.position(ofByte: 0), "a range whose meaning is not stated",
      expected: "`ranges` at the top of the file, or `range` here",
      advice: """
        Say one of \(readings): the standard deviation differs by a factor of almost four between \
        them.
        """)
    return nil
  }

  /// A normal has one centre, and a uniform is determined by its ends.
  private func isCentreIrrelevant(_ family: Family?) -> Bool {
    family?.name == "normal" || family?.name == "uniform"
  }

  private mutating func missingFamily(
    _ numbers: StatedNumbers, _ value: ScalarText, _ reading: RangeReading?
  ) {
    let advice =
      if reading == .minMax {
        "Say `family: pert`, `triangular` or `uniform`."
      } else if numbers.low < 0 {
        "Say `family: normal` for a quantity of either sign."
      } else if numbers.high <= 1 {
        "Say `family: beta` for shares and QALYs, `gamma` or `lognormal` for what may pass 1."
      } else {
        "Say `family: gamma` for costs, durations and counts, `lognormal` for ratios."
      }
    problems.report(
      value.position(ofByte: 0), "a range without the family of its distribution",
      expected: "`family`", advice: advice)
  }
}
