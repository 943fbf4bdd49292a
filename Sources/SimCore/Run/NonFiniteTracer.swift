// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds where a NaN or an infinity arose, by evaluating the one iteration again with every definition
/// as an output and following the formulas down.
struct NonFiniteTracer {
  /// A definition at some labels.
  private struct Instance: Hashable {
    let place: Int
    let positions: LabelPositions
  }

  private static let mostInputs = 20
  private static let mostSteps = 10_000

  private let values: TracedValues
  private var definitions: Definitions { values.definitions }

  static func trace(
    _ plan: Plan, output: Int, iteration: Int, design: SamplingDesign, value: Double
  )
    -> NonFiniteValue
  {
    let target = plan.outputs[output]
    let modelCase = plan.model.cases[target.modelCase]
    guard
      let values = TracedValues(plan, modelCase: modelCase, iteration: iteration, design: design)
    else {
      return NonFiniteValue(
        output: target.name, labels: target.labels, modelCase: target.modelCase,
        origin: target.name, originLabels: target.labels, value: value, iteration: iteration,
        inputs: [])
    }
    return NonFiniteTracer(values: values).trace(target, iteration: iteration, value)
  }

  private func trace(_ target: Output, iteration: Int, _ value: Double) -> NonFiniteValue {
    var positions = LabelPositions()
    for choice in target.labels {
      guard let dimension = definitions.dimensionIndex[choice.dimension] else { continue }
      positions[dimension] =
        definitions.dimensions[dimension].position(of: choice.label) ?? 0
    }
    var scope = GraphCompiler.Scope(positions: positions, owner: target.name)
    var formula = target.value
    var origin: Instance?
    var seen: Set<Instance> = []
    while seen.count < Self.mostSteps {
      let used = instances(formula, scope)
      guard
        let culprit = used.first(where: {
          isVariable($0) && !values.value($0.place, $0.positions).isFinite && !seen.contains($0)
        }), let next = rule(culprit)
      else { break }
      seen.insert(culprit)
      origin = culprit
      (formula, scope) = next
    }
    var inputs: [NamedValue] = []
    for instance in instances(formula, scope).prefix(Self.mostInputs) {
      let input = NamedValue(name(instance), values.value(instance.place, instance.positions))
      if !inputs.contains(input) { inputs.append(input) }
    }
    return NonFiniteValue(
      output: target.name, labels: target.labels, modelCase: target.modelCase,
      origin: origin.map { definitions.all[$0.place].name } ?? target.name,
      originLabels: origin.map { labels($0) } ?? target.labels,
      value: origin.map { values.value($0.place, $0.positions) } ?? value,
      iteration: iteration, inputs: inputs)
  }

  private func isVariable(_ instance: Instance) -> Bool {
    if case .variable = definitions.all[instance.place] { true } else { false }
  }

  private func labels(_ instance: Instance) -> [LabelChoice] {
    definitions.choices(definitions.shapes[instance.place], instance.positions)
  }

  private func name(_ instance: Instance) -> String {
    definitions.all[instance.place].name + labels(instance).text
  }

  /// The formula that gave a variable its value.
  private func rule(_ instance: Instance) -> (Expression, GraphCompiler.Scope)? {
    guard case .variable(let variable) = definitions.all[instance.place] else { return nil }
    var scope = GraphCompiler.Scope(positions: instance.positions, owner: variable.name)
    var rule = variable.rule
    while true {
      switch rule {
      case .formula(let expression): return (expression, scope)
      case .table(let names, let cells):
        let flat = names.reduce(0) { flat, name in
          let dimension = definitions.dimensionIndex[name] ?? 0
          return flat * definitions.dimensions[dimension].labels.count
            + scope.positions[dimension]
        }
        return (cells[flat], scope)
      case .recursion(let over, let first, let then):
        let dimension = definitions.dimensionIndex[over] ?? 0
        if scope.positions[dimension] < then.longestStep {
          rule = first
        } else {
          scope.recursion = dimension
          rule = then
        }
      case .transition: return nil
      }
    }
  }

  /// Definitions that a formula reads, at their labels, in the order of the text; of an `if`, the
  /// condition and the branch it takes.
  private func instances(_ expression: Expression, _ scope: GraphCompiler.Scope) -> [Instance] {
    func over(_ name: DimensionName, _ body: Expression) -> [Instance] {
      guard let dimension = definitions.dimensionIndex[name.name] else { return [] }
      return definitions.dimensions[dimension].labels.indices.flatMap {
        instances(body, scope.setting(dimension, to: $0))
      }
    }
    switch expression {
    case .name(let name, _):
      return definitions.index[name].map { [instance($0, scope.positions)] } ?? []
    case .previous(let name, let steps, _):
      guard let place = definitions.index[name], scope.recursion >= 0 else { return [] }
      let position = scope.positions[scope.recursion] - steps
      return [instance(place, scope.positions.setting(scope.recursion, to: position))]
    case .call(.if, let arguments):
      let condition = values.value(arguments[0], scope)
      let first = instances(arguments[0], scope)
      if condition.isNaN { return first }
      return first + instances(arguments[condition != 0 ? 1 : 2], scope)
    case .reduce(_, let body, let dimension), .cumulative(let body, let dimension):
      return over(dimension, body)
    case .select(let body, let selectors, let outside):
      var inner = scope
      for selector in selectors {
        guard let dimension = definitions.dimensionIndex[selector.dimension.name] else {
          return []
        }
        switch selector.choice {
        case .label(let name):
          inner.positions[dimension] =
            definitions.dimensions[dimension].position(of: name.label) ?? 0
        case .shift(let steps):
          inner.positions[dimension] += steps
          let labels = definitions.dimensions[dimension].labels
          if !labels.indices.contains(inner.positions[dimension]) {
            return outside.map { instances($0, scope) } ?? []
          }
        }
      }
      return instances(body, inner)
    case .move(let body, let table, _):
      guard let place = definitions.index[table],
        case .variable(let variable) = definitions.all[place],
        case .transition(let state, _) = variable.rule
      else { return [] }
      let dimension = DimensionName(state, offset: 0)
      return over(dimension, body)
        + variable.rule.formulas.flatMap { over(dimension, $0) }
    default:
      return expression.children.flatMap { instances($0, scope) }
    }
  }

  /// Positions outside a definition's shape don't make another instance.
  private func instance(_ place: Int, _ positions: LabelPositions) -> Instance {
    var own = LabelPositions()
    for dimension in definitions.shapes[place].dimensions {
      own[dimension] = positions[dimension]
    }
    return Instance(place: place, positions: own)
  }
}
