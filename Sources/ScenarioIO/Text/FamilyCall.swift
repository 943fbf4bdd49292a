// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Reads `gamma(shape = 2, scale = 5)` into a member of its family.
enum FamilyCall {
  static func read(_ text: String, _ family: Family) throws(TextProblem) -> any Distribution {
    var parser = try FormulaParser(text)
    let start = parser.current.offset
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
    let (way, ordered) = try match(arguments, family, start)
    var values: [Double] = []
    for argument in ordered {
      values.append(
        try ConstantEvaluator.number(
          argument.value, argument.valueOffset, argument.name ?? "argument")
      )
    }
    do {
      return try way.make(values)
    } catch {
      throw TextProblem(start, error.found, expected: error.expected, advice: error.advice)
    }
  }

  /// The parametrisation that the arguments fit, and the arguments in its order.
  private static func match(_ arguments: [FormulaArgument], _ family: Family, _ start: Int)
    throws(TextProblem) -> (Parametrisation, [FormulaArgument])
  {
    let named = arguments.filter { $0.name != nil }
    let ways = AssessmentSlips.ways(family)
    if named.isEmpty {
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
    for (i, argument) in arguments.enumerated()
    where arguments[..<i].contains(where: { $0.name == argument.name }) {
      throw TextProblem(
        argument.offset, "a second \(Excerpt.quoted(argument.name ?? ""))",
        expected: "each name once")
    }
    let names = Set(arguments.compactMap(\.name))
    for way in family.parametrisations where Set(way.arguments) == names {
      return (way, way.arguments.compactMap { name in arguments.first { $0.name == name } })
    }
    let known = family.parametrisations.flatMap(\.arguments)
    if let stranger = arguments.first(where: { !known.contains($0.name ?? "") }) {
      throw TextProblem(
        stranger.offset,
        "the unknown argument \(Excerpt.quoted(stranger.name ?? "")) of `\(family.name)`",
        expected: ways, advice: NearestName.question(stranger.name ?? "", among: known))
    }
    throw TextProblem(
      start, "`\(family.name)` with \(arguments.compactMap(\.name).joined(separator: " and "))",
      expected: ways)
  }
}
