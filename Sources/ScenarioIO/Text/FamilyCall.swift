// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import SimCore

/// Reads `gamma(shape = 2, scale = 5)` or `gamma(mean = 3, se = 0.4)` into a member of its family.
enum FamilyCall {
  static func read(_ text: String, _ family: Family) throws(TextProblem) -> StatedMember {
    var parser = try FormulaParser(text)
    let intervals = try IntervalArguments.split(&parser.tokens)
    let start = parser.current.offset
    return try member(
      try arguments(&parser), family, start, hasIntervals: intervals > 0)
  }

  /// The arguments of a call that is all of the text.
  static func arguments(_ parser: inout FormulaParser) throws(TextProblem) -> [FormulaArgument] {
    let arguments = try parser.whole { (parser) throws(TextProblem) in
      // The name, in several pieces when it has hyphens.
      while parser.current.token != .sign("("), parser.current.token != .end { parser.advance() }
      let arguments = try parser.arguments()
      if parser.current.token != .end {
        throw TextProblem(
          parser.current.offset, "\(Excerpt.quoted(parser.current.text)) after a distribution",
          expected: "nothing more",
          advice: "Name the distribution as a parameter and compute with it under `variables`.")
      }
      return arguments
    }
    try refuseRepeats(arguments)
    return arguments
  }

  static func member(
    _ arguments: [FormulaArgument], _ family: Family, _ start: Int, hasIntervals: Bool
  ) throws(TextProblem) -> StatedMember {
    if let (way, ordered) = try match(arguments, family, start, hasIntervals: hasIntervals) {
      let values = try ordered.map { (argument) throws(TextProblem) in try number(argument) }
      return StatedMember(
        distribution: try made(start) { () throws(DistributionError) in try way.make(values) })
    }
    let stated = try NamedNumbers.read(arguments, family, start)
    let member = try made(start) { () throws(DistributionError) in
      try family.fitted(to: stated.numbers, given: stated.given)
    }
    return StatedMember(
      distribution: member.distribution, numbers: stated.numbers, residual: member.residual)
  }

  static func number(_ argument: FormulaArgument) throws(TextProblem) -> Double {
    try ConstantEvaluator.number(
      argument.value, argument.valueOffset, argument.name ?? "argument")
  }

  private static func made<Made>(_ start: Int, _ make: () throws(DistributionError) -> Made)
    throws(TextProblem) -> Made
  {
    do {
      return try make()
    } catch {
      throw TextProblem(start, error.found, expected: error.expected, advice: error.advice)
    }
  }

  private static func refuseRepeats(_ arguments: [FormulaArgument]) throws(TextProblem) {
    for (i, argument) in arguments.enumerated() {
      guard let name = argument.name, arguments[..<i].contains(where: { $0.name == name }) else {
        continue
      }
      throw TextProblem(
        argument.offset, "a second \(Excerpt.quoted(IntervalArguments.plain(name)))",
        expected: "each name once")
    }
  }

  /// The parametrisation that the arguments fit, and the arguments in its order; `nil` when they are
  /// numbers to be fitted.
  private static func match(
    _ arguments: [FormulaArgument], _ family: Family, _ start: Int, hasIntervals: Bool
  ) throws(TextProblem) -> (Parametrisation, [FormulaArgument])? {
    let ways = AssessmentSlips.ways(family)
    if arguments.allSatisfy({ $0.name == nil }) {
      if let way = family.parametrisations.first(where: {
        $0.allowsPositional && $0.arguments.count == arguments.count
      }) {
        return (way, arguments)
      }
      let sameCount = family.parametrisations.contains { $0.arguments.count == arguments.count }
      throw TextProblem(
        start,
        sameCount
          ? "`\(family.name)` with unnamed numbers, whose order is not the same everywhere"
          : "\(arguments.count) number\(arguments.count == 1 ? "" : "s") for `\(family.name)`",
        expected: ways)
    }
    if let bare = arguments.first(where: { $0.name == nil }) {
      throw TextProblem(
        bare.offset, "a number without a name beside named ones", expected: ways)
    }
    let names = Set(arguments.compactMap(\.name))
    for way in family.parametrisations where Set(way.arguments) == names {
      return (way, way.arguments.compactMap { name in arguments.first { $0.name == name } })
    }
    if hasIntervals || names.contains(where: NamedNumbers.isKnown) { return nil }
    let known = family.parametrisations.flatMap(\.arguments)
    if let stranger = arguments.first(where: { !known.contains($0.name ?? "") }) {
      throw TextProblem(
        stranger.offset,
        "the unknown argument \(Excerpt.quoted(stranger.name ?? "")) of `\(family.name)`",
        expected: ways,
        advice: NearestName.question(stranger.name ?? "", among: known + NamedNumbers.names))
    }
    throw TextProblem(
      start, "`\(family.name)` with \(arguments.compactMap(\.name).joined(separator: " and "))",
      expected: ways)
  }
}

/// A distribution that a text names, with the numbers it was found from.
package struct StatedMember: Sendable {
  package let distribution: any Distribution
  /// Empty where native parameters were given.
  package var numbers: [StatedNumber] = []
  /// Of least squares, in probability.
  package var residual: Double?
}
