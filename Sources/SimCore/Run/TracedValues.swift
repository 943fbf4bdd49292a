// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of every definition of one case in one iteration.
struct TracedValues {
  /// The most values kept.
  private static let most = 100_000

  let definitions: Definitions
  private var values: [String: [Double]] = [:]

  /// `nil` when there are too many values.
  init?(_ plan: Plan, modelCase: ModelCase, iteration: Int, design: SamplingDesign) {
    definitions = Definitions(plan.model, modelCase)
    var model = plan.model
    model.parameters = []
    model.variables = []
    model.outputs = []
    model.cases = [ModelCase()]
    var count = 0
    for (place, definition) in definitions.all.enumerated() {
      switch definition {
      case .parameter(let parameter): model.parameters.append(parameter)
      case .variable(let variable):
        model.variables.append(variable)
        if case .transition = variable.rule { continue }
      case .column: break
      }
      guard let own = definitions.count(definitions.shapes[place], limit: Self.most) else {
        return nil
      }
      count += own
      model.outputs.append(
        Output(
          name: definition.name, value: .name(definition.name, offset: 0), probabilities: [],
          histogram: nil))
    }
    // Correlated parameters that a case replaced by formulas leave their groups without them.
    guard count <= Self.most, let everything = try? Plan(model, tables: plan.tables) else {
      return nil
    }
    let evaluator = BlockEvaluator(everything, design)
    let start = iteration / Plan.blockLength * Plan.blockLength
    _ = evaluator.evaluate(first: start, count: iteration - start + 1)
    for (index, output) in everything.outputs.enumerated() {
      values[output.name, default: []].append(evaluator.output(index)[iteration - start])
    }
  }

  func value(_ place: Int, _ positions: LabelPositions) -> Double {
    let flat = definitions.flatIndex(definitions.shapes[place], positions)
    return values[definitions.all[place].name]?[flat] ?? .nan
  }

  /// The value of a formula, from the values of the definitions it names.
  func value(_ expression: Expression, _ scope: GraphCompiler.Scope) -> Double {
    var compiler = GraphCompiler(frozen)
    let node = compiler.compile(expression, scope)
    return compiler.graph.constantValue(node) ?? .nan
  }

  /// The model with every definition replaced by its values.
  private var frozen: Model {
    let variables = definitions.all.enumerated().map { place, definition in
      if case .variable(let variable) = definition, case .transition = variable.rule {
        return variable
      }
      let names = definitions.shapes[place].dimensions.map { definitions.dimensions[$0].name }
      return Variable(
        name: definition.name,
        rule: .table(
          dimensions: names, cells: (values[definition.name] ?? []).map { .number($0) }))
    }
    // Columns of row tables have become variables like the rest.
    return Model(
      dimensions: definitions.dimensions, parameters: [], variables: variables, outputs: [])
  }
}
