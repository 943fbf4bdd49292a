// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds where a NaN or an infinity arose, by evaluating the one iteration again with every definition
/// as an output.
enum NonFiniteTracer {
  static func trace(_ plan: Plan, output: Int, iteration: Int, seed: UInt64) -> NonFiniteValue {
    let model = plan.model
    let target = model.outputs[output]
    var values: [String: Double] = [:]
    var formulas: [String: Expression] = [:]
    for variable in model.variables { formulas[variable.name] = variable.value }

    var traced = model
    traced.outputs =
      model.variables.map {
        Output(name: $0.name, value: $0.value, probabilities: [], histogram: nil)
      } + [Output(name: target.name, value: target.value, probabilities: [], histogram: nil)]
    if let everything = try? Plan(traced, recordsParameters: true, tables: plan.tables) {
      let evaluator = BlockEvaluator(everything, seed: seed)
      let start = iteration & ~1
      evaluator.evaluate(first: start, count: 2)
      for index in traced.parameters.indices {
        values[traced.parameters[index].name] = evaluator.recorded(index)[iteration - start]
      }
      for index in model.variables.indices {
        values[model.variables[index].name] = evaluator.output(index)[iteration - start]
      }
      values[target.name] = evaluator.output(traced.outputs.count - 1)[iteration - start]
    }

    var origin = target.name
    var formula = target.value
    // Definitions form no cycle: each step goes to another one.
    for _ in 0...model.variables.count {
      let culprit = formula.taken(values).names.first { name in
        formulas[name] != nil && !(values[name] ?? .nan).isFinite
      }
      guard let culprit, let next = formulas[culprit] else { break }
      origin = culprit
      formula = next
    }
    return NonFiniteValue(
      output: target.name, origin: origin, value: values[origin] ?? .nan, iteration: iteration,
      inputs: formula.names.map { NamedValue($0, values[$0] ?? .nan) })
  }
}
