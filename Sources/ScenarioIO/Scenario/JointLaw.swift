// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// How the labels of a parameter are drawn together.
enum JointLaw: Sendable {
  /// A share for each label of the last dimension, for each combination of the other ones; `nil` where it
  /// can't happen.
  case dirichlet([Double?])
  /// How many of n fall to each label of the last dimension; formulas for each cell.
  case multinomial(trials: SimCore.Expression, probabilities: [SimCore.Expression])
  case multivariateNormal(MultivariateNormal)

  /// As in scenario files.
  var name: String {
    switch self {
    case .dirichlet: Dirichlet.name
    case .multinomial: Multinomial.name
    case .multivariateNormal: MultivariateNormal.name
    }
  }

  /// Whether the labels have a fixed sum, so that one of them follows from the others.
  var hasFixedSum: Bool {
    if case .multivariateNormal = self { false } else { true }
  }
}

/// A parameter whose labels are drawn together, as the engine has it: draws of its own by label, at the
/// addresses of `JointDrawSource`, and a variable made of them.
enum JointQuantity {
  /// Stands for the logarithm of a share that is 0.
  private static let nothing = -1e300

  static func quantity(
    _ parameter: Parameter, _ cells: [ScenarioParameter], _ law: JointLaw,
    as form: CaseBuilder.Form
  ) -> CaseBuilder.Quantity {
    guard case .drawn = form else { return fixed(parameter, cells, law) }
    guard let dimension = parameter.dimensions.last else { return .init() }
    let labels = Set(cells.compactMap(\.labels.last?.label)).count
    let parts = Parts(
      parameter: parameter, dimension: dimension,
      labels: cells.prefix(labels).compactMap(\.labels.last?.label))
    switch law {
    case .dirichlet(let concentrations): return dirichlet(parts, concentrations)
    case .multinomial(let trials, let probabilities):
      return multinomial(parts, trials, probabilities)
    case .multivariateNormal(let law): return normal(parts, law)
    }
  }

  /// Every label at its mean: low and high of one label leave no numbers for the others.
  private static func fixed(
    _ parameter: Parameter, _ cells: [ScenarioParameter], _ law: JointLaw
  ) -> CaseBuilder.Quantity {
    if case .multinomial = law {
      return UncertainQuantity.quantity(parameter, cells, as: .frozen)
    }
    var fixed = parameter
    fixed.distributions = cells.map { cell in
      (try? Constant(cell.distribution.mean)) ?? cell.distribution
    }
    return CaseBuilder.Quantity(parameters: [fixed])
  }

  /// What the pieces of a joint parameter are called.
  private struct Parts {
    let parameter: Parameter
    let dimension: String
    let labels: [String]

    var over: DimensionName { DimensionName(dimension, offset: 0) }

    func name(_ part: String) -> String { "\(parameter.name) (\(part))" }
    func value(_ part: String) -> SimCore.Expression { .name(name(part), offset: 0) }
    func value(_ part: String, at label: Int) -> SimCore.Expression {
      select(value(part), label)
    }

    private func select(_ value: SimCore.Expression, _ label: Int) -> SimCore.Expression {
      .select(
        value, [Selector(dimension: over, choice: .label(LabelName(labels[label], offset: 0)))],
        outside: nil)
    }

    func drawn(_ distributions: [any Distribution]) -> Parameter {
      var drawn = parameter
      drawn.name = name("draw")
      drawn.quantity = parameter.name
      drawn.distributions = distributions
      return drawn
    }

    func table(_ name: String, _ cells: [SimCore.Expression]) -> Variable {
      Variable(name: name, rule: .table(dimensions: parameter.dimensions, cells: cells))
    }
  }

  // MARK: Shares

  /// exp(g − max g) / Σ exp(g − max g), g the logarithms of gamma draws.
  private static func dirichlet(_ parts: Parts, _ concentrations: [Double?])
    -> CaseBuilder.Quantity
  {
    let draws = concentrations.map { concentration -> any Distribution in
      guard let concentration, let law = try? LogGamma(shape: concentration) else {
        guard let nothing = try? Constant(nothing) else { preconditionFailure("a finite number") }
        return nothing
      }
      return law
    }
    let draw = parts.value("draw")
    let weight = SimCore.Expression.call(.exp, [.minus(draw, parts.value("largest"))])
    let share = SimCore.Expression.call(
      .clamp,
      [
        .over(weight, parts.value("sum")), .number(.leastNonzeroMagnitude),
        .number((1.0).nextDown),
      ])
    let count = parts.labels.count
    let cells = concentrations.indices.map { cell -> SimCore.Expression in
      if concentrations[cell] == nil { return .number(0) }
      let row = concentrations[(cell / count * count)..<(cell / count * count + count)]
      return row.count { $0 != nil } == 1 ? .number(1) : share
    }
    return CaseBuilder.Quantity(
      parameters: [parts.drawn(draws)],
      variables: [
        Variable(name: parts.name("largest"), value: .reduce(.max, draw, over: parts.over)),
        Variable(name: parts.name("sum"), value: .reduce(.sum, weight, over: parts.over)),
        parts.table(parts.parameter.name, cells),
      ])
  }

  // MARK: Counts

  /// Binomials one after another: of those left, the probability among the labels left.
  private static func multinomial(
    _ parts: Parts, _ trials: SimCore.Expression, _ probabilities: [SimCore.Expression]
  ) -> CaseBuilder.Quantity {
    guard let unit = try? Uniform(low: 0, high: 1) else { return .init() }
    let count = parts.labels.count
    let last = count - 1
    var rest: [SimCore.Expression] = []
    var left: [SimCore.Expression] = []
    var cells: [SimCore.Expression] = []
    for cell in probabilities.indices {
      let label = cell % count
      let p = probabilities[cell].atLeast(0)
      rest.append(label == last ? p : .plus(p, parts.value("rest", at: label + 1)))
      if label == 0 {
        let off = SimCore.Expression.call(.abs, [.minus(parts.value("rest"), .number(1))])
        left.append(
          .call(.if, [.binary(.lessOrEqual, off, .number(1e-9)), trials, .number(.nan)]))
      } else {
        left.append(
          .minus(parts.value("left", at: label - 1), parts.value("counted", at: label - 1)))
      }
      if label == last {
        cells.append(parts.value("left"))
      } else {
        // A probability of 0 may stand before nothing but zeros.
        let among = SimCore.Expression.call(.min, [.over(p, parts.value("rest")), .number(1)])
        let chance = SimCore.Expression.call(
          .if, [.binary(.equal, p, .number(0)), .number(0), among])
        cells.append(
          .countQuantile(
            .binomial, probability: parts.value("draw"), [parts.value("left"), chance]))
      }
    }
    return CaseBuilder.Quantity(
      parameters: [parts.drawn(probabilities.map { _ in unit })],
      variables: [
        parts.table(parts.name("rest"), rest), parts.table(parts.name("left"), left),
        // What is left is counted before a variant changes the quantity.
        parts.table(parts.name("counted"), cells),
        Variable(name: parts.parameter.name, value: parts.value("counted")),
      ])
  }

  // MARK: Normals

  /// mean + sd · L z, in the order of `MultivariateNormal`'s own draws.
  private static func normal(_ parts: Parts, _ law: MultivariateNormal) -> CaseBuilder.Quantity {
    let cells = law.means.indices.map { i -> SimCore.Expression in
      var sum = SimCore.Expression.times(
        .number(law.factor[i][i]), parts.value("draw", at: i))
      for j in 0..<i where law.factor[i][j] != 0 {
        sum = .plus(sum, .times(.number(law.factor[i][j]), parts.value("draw", at: j)))
      }
      return .plus(sum, .number(law.means[i]))
    }
    return CaseBuilder.Quantity(
      parameters: [parts.drawn(law.means.map { _ in Normal.standard })],
      variables: [parts.table(parts.parameter.name, cells)])
  }
}
