// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// The numbers by which any family may be given: `mean = 3, se = 0.4` or `p5 = 2, p50 = 6, p95 = 14`.
struct NamedNumbers {
  var numbers: [StatedNumber] = []
  /// Arguments of the family itself.
  var given: [NamedValue] = []

  static let names = ["mean", "sd", "se", "variance", "cv", "median"] + IntervalArguments.names
  /// Different names of the spread.
  private static let spreads = ["sd", "se", "variance", "cv"]

  static func isKnown(_ name: String) -> Bool {
    names.contains(IntervalArguments.plain(name)) || probability(name) != nil
  }

  /// 0.975 for `p97.5`, exactly as the decimal reads.
  static func probability(_ name: String) -> Double? {
    guard name.hasPrefix("p"), name.utf8.count <= 20 else { return nil }
    let digits = name.dropFirst()
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    return Double("\(digits)e-2")
  }

  static func read(_ arguments: [FormulaArgument], _ family: Family, _ start: Int)
    throws(TextProblem) -> NamedNumbers
  {
    let native = native(arguments, family)
    var found = NamedNumbers()
    var quantiles: [(p: Double, x: Double, offset: Int)] = []
    var mean: Double?
    var spread: (name: String, value: Double, offset: Int)?
    for argument in arguments {
      let name = argument.name ?? ""
      let value = try FamilyCall.number(argument)
      if native.contains(name) {
        found.given.append(NamedValue(name, value))
      } else if name == "mean" {
        mean = value
      } else if spreads.contains(name) {
        if let spread {
          throw TextProblem(
            argument.offset, "`\(name)` beside `\(spread.name)`", expected: "one of the two",
            advice: "Both say the spread.")
        }
        spread = (name, value, argument.offset)
      } else if name == "median" {
        quantiles.append((0.5, value, argument.offset))
      } else if let p = probability(name) {
        guard p > 0, p < 1 else {
          throw TextProblem(
            argument.offset, "the percentile `\(name)`", expected: "one between p0 and p100",
            advice: "Limits are arguments of families that have them, such as pert and uniform.")
        }
        quantiles.append((p, value, argument.offset))
      } else if let ends = IntervalArguments.readings[IntervalArguments.plain(name)]?.probabilities
      {
        let isLow = name.hasSuffix(IntervalArguments.lowSuffix)
        quantiles.append((isLow ? ends.low : ends.high, value, argument.offset))
      } else {
        throw TextProblem(
          argument.offset, "the unknown argument \(Excerpt.quoted(name)) of `\(family.name)`",
          expected: AssessmentSlips.ways(family)
            + " or numbers such as `mean`, `se`, `median`, `ci95`, `p97.5`",
          advice: NearestName.question(
            name, among: family.parametrisations.flatMap(\.arguments) + names))
      }
    }
    if let mean { found.numbers.append(.mean(mean)) }
    if let spread { found.numbers.append(.standardDeviation(try sd(spread, mean))) }
    quantiles.sort { $0.p < $1.p }
    for (before, after) in zip(quantiles, quantiles.dropFirst()) where before.p == after.p {
      throw TextProblem(
        max(before.offset, after.offset), "the percentile \(Self.percent(after.p)) twice",
        expected: "each percentile once")
    }
    found.numbers += quantiles.map { .quantile(probability: $0.p, value: $0.x) }
    if found.numbers.isEmpty {
      throw TextProblem(
        start, "`\(family.name)` without enough numbers",
        expected: AssessmentSlips.ways(family))
    }
    return found
  }

  /// Names that are arguments of the parametrisation which has most of them; a mean or an sd is a number
  /// to be met like any other unless the family is native in it.
  private static func native(_ arguments: [FormulaArgument], _ family: Family) -> Set<String> {
    let names = Set(arguments.compactMap(\.name))
    func shared(_ way: Parametrisation) -> Set<String> {
      names.intersection(way.arguments).subtracting(["mean", "sd"])
    }
    return family.parametrisations.map(shared).max { $0.count < $1.count } ?? []
  }

  private static func sd(
    _ spread: (name: String, value: Double, offset: Int), _ mean: Double?
  ) throws(TextProblem) -> Double {
    guard spread.value > 0 else {
      throw TextProblem(
        spread.offset, "\(spread.name) = \(NumberText.string(spread.value))",
        expected: "a number above 0")
    }
    switch spread.name {
    case "variance": return spread.value.squareRoot()
    case "cv":
      guard let mean, mean != 0 else {
        throw TextProblem(
          spread.offset, "`cv` without a mean other than 0", expected: "`mean` and `cv`",
          advice: "The coefficient of variation is sd/mean.")
      }
      return spread.value * abs(mean)
    default: return spread.value
    }
  }

  private static func percent(_ p: Double) -> String {
    StatedNumber.quantile(probability: p, value: 0).name
  }
}
