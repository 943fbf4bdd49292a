// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

extension ScenarioDecision {
  /// Cost and effect, of which nothing is summarised.
  var outputs: [Output] {
    [("cost", cost), ("effect", effect)].map { name, value in
      Output(name: name, value: value, probabilities: [], histogram: nil)
    }
  }
}

extension Scenario {
  /// A model with cost and effect of its decision as the only outputs, output 0 and 1.
  func decisionModel(_ decision: ScenarioDecision, _ model: Model) -> Model {
    var model = model
    model.outputs = decision.outputs
    return model
  }

  /// Without variants: the cases of the scenario itself, one for each perspective.
  func withoutVariants(_ model: Model) -> Model {
    var model = model
    let count = max(perspectives.count, 1)
    model.cases = Array(model.cases.prefix(count))
    model.outputs = model.outputs.map { output in
      var output = output
      output.cases = output.cases.map { $0.filter { $0 < count } }
      return output
    }
    return model
  }
}

/// Where cost and effect of every strategy are found among the outputs of a decision's plan.
struct DecisionColumns {
  struct Strategy {
    let name: String
    /// Places among the outputs; `nil` for doing nothing, which costs nothing and has no effect.
    let cost: Int?
    let effect: Int?
  }

  /// - Parameters:
  ///   - plan: of `Scenario.decisionModel`; its outputs may follow others.
  ///   - first: index of the cost among the outputs of the model; the effect comes next.
  static func strategies(_ scenario: Scenario, _ plan: Plan, case place: Int, first: Int = 0)
    -> [Strategy]
  {
    func find(_ index: Int, _ strategy: String?) -> Int? {
      let own = plan.outputs.indices.filter {
        plan.outputs[$0].index == index && plan.outputs[$0].modelCase == place
      }
      return own.first { plan.outputs[$0].labels.first?.label == strategy } ?? own.first
    }
    let names: [String?] = scenario.strategies.isEmpty ? [nil] : scenario.strategies
    var strategies = names.map {
      Strategy(name: $0 ?? "programme", cost: find(first, $0), effect: find(first + 1, $0))
    }
    if strategies.count == 1 {
      strategies.insert(Strategy(name: "nothing", cost: nil, effect: nil), at: 0)
    }
    return strategies
  }
}
