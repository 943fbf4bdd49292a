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

  // MARK: Location and scale

  private static func moved(
    _ arguments: [FormulaArgument], _ roles: [UncertainArguments.Role], _ way: Parametrisation,
    _ family: Family, _ start: Int
  ) throws(TextProblem) -> UncertainLaw {
    var standard: [Double] = []
    var location: SimCore.Expression?
    var scale: SimCore.Expression?
    for (argument, role) in zip(arguments, roles) {
      switch role {
      case .shape:
        if !argument.value.nameUses.isEmpty { throw refusal(arguments, family, start) }
        standard.append(try FamilyCall.number(argument))
      case .location:
        location = argument.value
        standard.append(0)
      case .scale:
        scale = argument.value.atLeast(0)
        standard.append(1)
      case .rate:
        scale = .over(.number(1), argument.value.atLeast(0))
        standard.append(1)
      }
    }
    let draw = try made(start) { () throws(DistributionError) in try way.make(standard) }
    let stretched = scale.map { SimCore.Expression.times($0, .draw) } ?? .draw
    let value = location.map { SimCore.Expression.plus($0, stretched) } ?? stretched
    let places = zip(roles.indices, roles).filter { $0.1 == .scale }.map(\.0)
    return UncertainLaw(
      draw: draw, value: value, centre: value.replacingDraw(by: .number(middle(draw))),
      arguments: formulas(arguments),
      units: UncertainUnits(
        arguments, way.arguments,
        roles.map { role in
          switch role {
          case .shape: .pure
          case .location, .scale: .same
          case .rate: .reciprocal
          }
        }),
      law: conditional(arguments) { (v) throws(DistributionError) in
        // No spread leaves the location.
        if let place = places.first, v[place] == 0 {
          return try Constant(zip(roles, v).first { $0.0 == .location }?.1 ?? 0)
        }
        return try way.make(v)
      })
  }

  /// `gamma(mean = m, cv = 0.5)`: m times a gamma with mean 1.
  private static func relative(
    _ arguments: [FormulaArgument], _ family: Family, _ start: Int
  ) throws(TextProblem) -> UncertainLaw? {
    guard arguments.count == 2, let mean = arguments.first(where: { $0.name == "mean" }),
      let cv = arguments.first(where: { $0.name == "cv" }), cv.value.nameUses.isEmpty,
      family.fromMoments != nil, family.parametrisations.contains(where: stretches)
    else { return nil }
    let ratio = try FamilyCall.number(cv)
    let draw = try made(start) { () throws(DistributionError) in
      try family.fitted(to: [.mean(1), .standardDeviation(ratio)]).distribution
    }
    let scale = mean.value.atLeast(0)
    return UncertainLaw(
      draw: draw, value: .times(scale, .draw), centre: scale, arguments: formulas([mean]),
      units: UncertainUnits([mean], ["mean"], [.same]),
      law: conditional([mean]) { (v) throws(DistributionError) in
        if v[0] == 0 { return try Constant(0) }
        return try Scaled(draw, by: v[0])
      })
  }

  /// Whether a family multiplied by a number is of the family.
  private static func stretches(_ way: Parametrisation) -> Bool {
    switch way.uncertain {
    case .moved, .movedLogarithm, .logarithmOfMoments: true
    default: false
    }
  }

  private static func logarithm(
    _ arguments: [FormulaArgument], _ way: Parametrisation, location: SimCore.Expression,
    scale: SimCore.Expression,
    _ make: @escaping @Sendable ([Double]) throws(DistributionError) -> any Distribution
  ) -> UncertainLaw {
    let half = SimCore.Expression.over(.times(scale, scale), .number(2))
    var units = UncertainUnits(arguments, way.arguments, arguments.map { _ in .pure })
    units.isLogarithmic = true
    return UncertainLaw(
      draw: Normal.standard, value: .call(.exp, [.plus(location, .times(scale, .draw))]),
      centre: .call(.exp, [.plus(location, half)]), arguments: formulas(arguments), units: units,
      law: conditional(arguments) { (v) throws(DistributionError) in
        try make(v)
      })
  }

  // MARK: Parts

  static var unit: any Distribution {
    guard let unit = try? Uniform(low: 0, high: 1) else { preconditionFailure("uniform(0, 1)") }
    return unit
  }

  private static func middle(_ draw: any Distribution) -> Double {
    draw.mean.isFinite ? draw.mean : draw.quantile(cumulative: 0.5)
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
