// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Reads a family whose arguments name other quantities: `normal(mean = m, sd = 0.2 * m)`.
enum UncertainCall {
  /// - Parameter start: where the family begins, for messages.
  static func read(_ arguments: [FormulaArgument], _ family: Family, _ start: Int)
    throws(TextProblem) -> UncertainLaw
  {
    let arguments = spelled(arguments, family)
    if let law = try relative(arguments, family, start) { return law }
    guard let way = way(arguments, family), let roles = way.uncertain else {
      throw refusal(arguments, family, start)
    }
    let ordered = way.arguments.enumerated().compactMap { place, name in
      arguments.first { $0.name == name } ?? (arguments[place].name == nil ? arguments[place] : nil)
    }
    switch roles {
    case .moved(let roles):
      return try moved(ordered, roles, way, family, start)
    case .movedLogarithm:
      return logarithm(
        ordered, way, location: ordered[0].value, scale: ordered[1].value.atLeast(0)
      ) { (v) throws(DistributionError) in try way.make(v) }
    case .logarithmOfMoments:
      let (mean, sd) = (ordered[0].value, ordered[1].value.atLeast(0))
      let ratio = SimCore.Expression.over(sd, mean)
      let squared = SimCore.Expression.call(.log, [.plus(.number(1), .times(ratio, ratio))])
      var law = logarithm(
        ordered, way, location: .minus(.call(.log, [mean]), .over(squared, .number(2))),
        scale: .call(.sqrt, [squared])
      ) { (v) throws(DistributionError) in try way.make(v) }
      law.centre = mean.atLeast(0)
      law.units = UncertainUnits(ordered, way.arguments, [.same, .same])
      return law
    case .between:
      let (low, high) = (ordered[0].value, ordered[1].value)
      let width = SimCore.Expression.minus(high, low).atLeast(0)
      return UncertainLaw(
        draw: unit, value: .plus(low, .times(width, .draw)),
        centre: .plus(low, .over(width, .number(2))), arguments: formulas(ordered),
        units: UncertainUnits(ordered, way.arguments, [.same, .same]),
        law: conditional(ordered) { (v) throws(DistributionError) in
          if v[0] == v[1] { return try Constant(v[0]) }
          return try way.make(v)
        })
    case .count(let law):
      try checkKnown(ordered, way, standIns: law == .binomial ? [1, 0.5] : [1])
      return count(law, ordered, way)
    case .chance:
      try checkKnown(ordered, way, standIns: [0.5])
      let p = ordered[0].value
      return UncertainLaw(
        draw: unit, value: .countQuantile(.binomial, probability: .draw, [.number(1), p]),
        centre: p.atLeast(0).atMost(1), arguments: formulas(ordered),
        units: UncertainUnits(ordered, way.arguments, [.pure]),
        law: conditional(ordered) { (v) throws(DistributionError) in try way.make(v) })
    }
  }

  /// `se` says what `sd` does.
  private static func spelled(_ arguments: [FormulaArgument], _ family: Family)
    -> [FormulaArgument]
  {
    arguments.map { argument in
      argument.name == "se"
        ? FormulaArgument(
          name: "sd", offset: argument.offset, value: argument.value,
          valueOffset: argument.valueOffset) : argument
    }
  }

  static func way(_ arguments: [FormulaArgument], _ family: Family) -> Parametrisation? {
    let names = Set(arguments.compactMap(\.name))
    if names.isEmpty {
      return family.parametrisations.first {
        $0.allowsPositional && $0.arguments.count == arguments.count
      }
    }
    return family.parametrisations.first {
      Set($0.arguments) == names && arguments.count == names.count
    }
  }

  // MARK: Parts

  static var unit: any Distribution {
    guard let unit = try? Uniform(low: 0, high: 1) else { preconditionFailure("uniform(0, 1)") }
    return unit
  }

  /// Arguments that have to be computed.
  static func formulas(_ arguments: [FormulaArgument]) -> [SimCore.Expression] {
    arguments.map(\.value).filter { !$0.nameUses.isEmpty }
  }

  /// A law of all arguments as one of those that have to be computed.
  static func conditional(
    _ arguments: [FormulaArgument],
    _ make: @escaping @Sendable ([Double]) throws(DistributionError) -> any Distribution
  ) -> @Sendable ([Double]) throws(DistributionError) -> any Distribution {
    let known = arguments.map { $0.value.nameUses.isEmpty ? $0.value.constantValue : nil }
    return { (values) throws(DistributionError) in
      var rest = values[...]
      return try make(known.map { $0 ?? rest.popFirst() ?? .nan })
    }
  }

  static func made<Made>(
    _ start: Int, _ make: () throws(DistributionError) -> Made
  ) throws(TextProblem) -> Made {
    do {
      return try make()
    } catch {
      throw TextProblem(start, error.found, expected: error.expected, advice: error.advice)
    }
  }
}
