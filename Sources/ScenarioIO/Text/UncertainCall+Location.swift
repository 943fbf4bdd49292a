// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Laws that are moved and stretched by what their arguments name.
extension UncertainCall {
  static func moved(
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
  static func relative(
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

  static func logarithm(
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

  private static func middle(_ draw: any Distribution) -> Double {
    draw.mean.isFinite ? draw.mean : draw.quantile(cumulative: 0.5)
  }
}
