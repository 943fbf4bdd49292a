// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a stop rule on the command line.
public struct StopOptionError: Error, Sendable, CustomStringConvertible {
  public let description: String
}

extension StopRule {
  /// The rule of a command line: what it leaves out is as in the scenario's rule, or by default.
  ///
  /// - Throws: `StopOptionError` for conditions that can't be read or don't fit the scenario, and for
  ///   bounds out of order.
  public init(_ conditions: [String], minimum: Int?, maximum: Int?, scenario: Scenario) throws {
    var rule = scenario.run.stop ?? StopRule(conditions: [])
    if !conditions.isEmpty {
      rule.conditions = try conditions.map { text in
        var reader = StopConditionReader(text)
        let condition: StopCondition
        do throws(TextProblem) {
          condition = try reader.read()
        } catch {
          let expected = error.expected.isEmpty ? "" : "; expected \(error.expected)"
          let advice = error.advice.isEmpty ? "" : " \(error.advice)"
          throw StopOptionError(
            description: Excerpt.escaped(
              "--stop \(Excerpt.quoted(text)): \(error.found)\(expected).\(advice)"))
        }
        if let problem = condition.problem(
          outputs: scenario.outputs, hasDecision: scenario.decision != nil)
        {
          throw StopOptionError(
            description: Excerpt.escaped("--stop \(Excerpt.quoted(text)): \(problem)"))
        }
        return condition
      }
    }
    if rule.conditions.isEmpty {
      throw StopOptionError(
        description: "--minimum or --maximum without a stop rule; expected --stop, or `stop` in "
          + Excerpt.escaped(scenario.file))
    }
    let range = Self.leastMinimum...ScenarioRunSettings.iterationsRange.upperBound
    for (name, value) in [("minimum", minimum), ("maximum", maximum)] {
      if let value, !range.contains(value) {
        throw StopOptionError(
          description: "--\(name) is \(value); expected \(range.lowerBound) to \(range.upperBound)")
      }
    }
    if let maximum {
      rule.maximum = maximum
      if minimum == nil { rule.minimum = min(rule.minimum, maximum) }
    }
    if let minimum { rule.minimum = minimum }
    if rule.maximum < rule.minimum {
      throw StopOptionError(
        description: "a maximum of \(rule.maximum) iterations, below the minimum of "
          + "\(rule.minimum); expected a maximum from the minimum on")
    }
    self = rule
  }
}
