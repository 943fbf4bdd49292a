// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What to write in place of arguments that have to be numbers.
extension UncertainCall {
  static func refusal(
    _ arguments: [FormulaArgument], _ family: Family, _ start: Int
  ) -> TextProblem {
    let named = arguments.filter { !$0.value.nameUses.isEmpty }
    let list = named.map { $0.name.map { IntervalArguments.plain($0) } ?? "numbers" }
    var seen: Set<String> = []
    let names = list.filter { seen.insert($0).inserted }.joined(separator: " and ")
    let ways = family.parametrisations.filter { $0.uncertain != nil }
    let advice =
      switch family.name {
      case "beta", "logit-normal":
        "Make the logit a parameter, z: normal(mean = …, sd = …), and write invlogit(z) under "
          + "`variables`."
      case "negative-binomial":
        "Draw the rate of a person in a parameter of its own, as in mean * gamma(mean = 1, "
          + "sd = …), and the count as poisson(mean = that)."
      case "geometric", "hypergeometric", "discrete-uniform":
        "Of counts, binomial, poisson and bernoulli take formulas."
      default:
        "Write what is uncertain outside of the brackets: "
          + "m * \(family.name)(…), or a + b * \(family.name)(…), with numbers inside."
      }
    return TextProblem(
      named.first?.offset ?? start,
      "`\(family.name)` with \(names) from other quantities",
      expected: ways.isEmpty
        ? "numbers inside the brackets of `\(family.name)`"
        : "numbers for all but the location and scale of \(AssessmentSlips.ways(family.name, ways))",
      advice: advice)
  }
}
