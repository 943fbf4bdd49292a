// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Reads values in which a distribution is only a part: `2 + 3 * gamma(…)`, `m * gamma(…)`, or one whose
/// own arguments name other quantities.
struct ComposedReader {
  enum Value {
    /// All numbers are known.
    case known(StatedMember)
    case uncertain(UncertainLaw)
  }

  /// A family with its brackets in the tokens of a text.
  private struct Call {
    let family: Family
    let range: Range<Int>
    /// The opening bracket.
    let bracket: Int
  }

  /// - Parameter base: added to the offsets of names, as in `FormulaParser.parse`.
  /// - Returns: `nil` for a text that is no such value: `AssessmentReader` reads those, and says what is
  ///   wrong with them.
  static func read(_ text: String, base: Int) throws(TextProblem) -> Value? {
    var parser = try FormulaParser(text)
    let calls = calls(parser.tokens)
    guard let call = calls.first else {
      try checkNames(parser.tokens)
      return nil
    }
    if calls.count > 1 {
      throw TextProblem(
        parser.tokens[calls[1].range.lowerBound].offset, "a second distribution in one value",
        expected: "one",
        advice: "Give each a name under `parameters`, and compute with the names "
          + "under `variables`.")
    }
    let start = parser.tokens[call.range.lowerBound].offset
    var inner = parser
    inner.base = base
    inner.tokens = Array(parser.tokens[call.range])
    let after = parser.tokens[call.range.upperBound]
    inner.tokens.append(PlacedToken(token: .end, offset: after.offset, text: ""))
    let intervals = try IntervalArguments.split(&inner.tokens)
    let arguments = try FamilyCall.arguments(&inner)
    let isKnown = arguments.allSatisfy { $0.value.nameUses.isEmpty }
    let isAlone = call.range == 0..<(parser.tokens.count - 1)
    if isAlone {
      return isKnown ? nil : .uncertain(try UncertainCall.read(arguments, call.family, start))
    }
    parser.base = base
    parser.tokens.replaceSubrange(
      call.range,
      with: [
        PlacedToken(
          token: .name(UncertainLaw.drawName), offset: start, text: call.family.name + "(…)")
      ])
    let outer = try parser.whole { (parser) throws(TextProblem) in
      let expression = try parser.expression(.lowest)
      try parser.expectEnd()
      return expression
    }
    let line = try Line.of(outer, start)
    if isKnown {
      let member = try FamilyCall.member(
        arguments, call.family, start, hasIntervals: intervals > 0)
      return try composed(member.distribution, line, outer, start)
    }
    let law = try UncertainCall.read(arguments, call.family, start)
    if case .countQuantile = law.value { throw count(call.family, start) }
    return .uncertain(composed(law, line, outer))
  }

  // MARK: Calls

  /// A family that is misspelt, or whose bracket stays open, behind a factor or term.
  private static func checkNames(_ tokens: [PlacedToken]) throws(TextProblem) {
    for (place, token) in tokens.enumerated().dropFirst() {
      guard case .name(let name) = token.token, place + 1 < tokens.count,
        tokens[place + 1].token == .sign("("), Function(rawValue: name) == nil,
        DimensionFunction(rawValue: name) == nil
      else { continue }
      if FamilyRegistry.family(named: name) != nil {
        throw TextProblem(
          tokens[place + 1].offset, "a `(` that is never closed", expected: "a `)` for it")
      }
      let question = NearestName.question(name, among: FamilyRegistry.all.map(\.name))
      if !question.isEmpty {
        throw TextProblem(
          token.offset, "the unknown distribution \(Excerpt.quoted(name))",
          expected: "a family of `simulate distributions`", advice: question)
      }
    }
  }

  private static func calls(_ tokens: [PlacedToken]) -> [Call] {
    var found: [Call] = []
    var place = 0
    while place < tokens.count {
      guard let (family, bracket) = family(tokens, place) else {
        place += 1
        continue
      }
      var depth = 0
      var end = bracket
      while end < tokens.count {
        if tokens[end].token == .sign("(") { depth += 1 }
        if tokens[end].token == .sign(")") { depth -= 1 }
        end += 1
        if depth == 0 { break }
      }
      if depth > 0 { return [] }
      found.append(Call(family: family, range: place..<end, bracket: bracket))
      place = end
    }
    return found
  }

  /// The family whose name stands here, in several tokens when it has hyphens, before a bracket.
  private static func family(_ tokens: [PlacedToken], _ place: Int) -> (Family, Int)? {
    guard case .name = tokens[place].token else { return nil }
    var text = ""
    var end = place
    while end < tokens.count {
      let token = tokens[end]
      if token.token == .sign("(") { break }
      if end > place, token.offset != tokens[end - 1].offset + tokens[end - 1].text.utf8.count {
        return nil
      }
      text += token.text
      if text.utf8.count > 40 { return nil }
      end += 1
    }
    guard end < tokens.count, end > place else { return nil }
    return FamilyRegistry.family(named: text).map { ($0, end) }
  }

  // MARK: Composition

  private static func composed(
    _ draw: any Distribution, _ line: Line, _ outer: SimCore.Expression, _ start: Int
  ) throws(TextProblem) -> Value {
    let (shift, scale) = (line.constant ?? .number(0), line.slope)
    if draw is any DiscreteDistribution { throw count(type(of: draw).family, start) }
    if shift.nameUses.isEmpty, scale.nameUses.isEmpty {
      let numbers = (scale.constantValue ?? .nan, shift.constantValue ?? .nan)
      return .known(
        StatedMember(
          distribution: try UncertainCall.made(start) { () throws(DistributionError) in
            try Scaled(draw, by: numbers.0, plus: numbers.1)
          }))
    }
    let law = UncertainLaw(
      draw: draw, value: .draw,
      centre: .number(draw.mean.isFinite ? draw.mean : draw.quantile(cumulative: 0.5)),
      arguments: [], units: UncertainUnits(), law: { (_) throws(DistributionError) in draw })
    return .uncertain(composed(law, line, outer))
  }

  private static func composed(_ law: UncertainLaw, _ line: Line, _ outer: SimCore.Expression)
    -> UncertainLaw
  {
    let (shift, scale) = (line.constant ?? .number(0), line.slope)
    let count = law.arguments.count
    let inner = law.law
    var units = law.units
    units.outer = outer
    return UncertainLaw(
      draw: law.draw, value: outer.replacingDraw(by: law.value),
      centre: outer.replacingDraw(by: law.centre), arguments: law.arguments + [scale, shift],
      units: units,
      law: { (values) throws(DistributionError) in
        let base = try inner(Array(values[..<count]))
        let (scale, shift) = (values[count], values[count + 1])
        if scale == 0 { return try Constant(shift) }
        return try Scaled(base, by: scale, plus: shift)
      })
  }

  private static func count(_ family: Family, _ start: Int) -> TextProblem {
    TextProblem(
      start, "the count `\(family.name)` inside a formula", expected: "a continuous distribution",
      advice: "Give the count a name under `parameters`, and compute with the name under "
        + "`variables`.")
  }
}
