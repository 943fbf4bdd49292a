// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The deterministic model of a scenario at stated values of some parameters: its outputs, and the cost and
/// effect of its decision.
struct ScenarioPoints {
  let scenario: Scenario
  let points: ModelPoints
  /// Places of the scenario's own outputs in the plan.
  let outputs: [Int]
  /// By perspective: cost and effect of every strategy; empty without a decision.
  let decisions: [(perspective: String, strategies: [DecisionColumns.Strategy])]

  init(_ scenario: Scenario, varying: [String]) throws(ScenarioError) {
    self.scenario = scenario
    var model = scenario.builder.model(at: .base)
    let own = model.outputs.count
    if let decision = scenario.decision {
      model.outputs += scenario.decisionModel(decision, model).outputs
    }
    let points: ModelPoints
    do throws(ModelErrors) {
      points = try ModelPoints(scenario.withoutVariants(model), varying: varying)
    } catch {
      throw .invalid(error.errors.map { ModelErrorReport.diagnostic($0, scenario) })
    }
    self.points = points
    outputs = points.plan.outputs.indices.filter { points.plan.outputs[$0].index < own }
    guard scenario.decision != nil else {
      decisions = []
      return
    }
    let perspectives: [String] =
      scenario.perspectives.isEmpty ? [""] : scenario.perspectives.map(\.name)
    decisions = perspectives.enumerated().map { place, name in
      (name, DecisionColumns.strategies(scenario, points.plan, case: place, first: own))
    }
  }

  func output(_ place: Int) -> Output { points.plan.outputs[place] }

  /// Throws for the first point at which an output has no value.
  func checked(_ values: [String: [Double]], order: [String]) throws -> [[Double]] {
    let columns = points.outputs(at: values)
    for (place, column) in columns.enumerated() {
      guard let point = column.firstIndex(where: \.isNaN) else { continue }
      let inputs = order.map { "\($0) = \(NumberText.string(values[$0]?[point] ?? .nan))" }
      throw fault(place, inputs.joined(separator: ", "))
    }
    return columns
  }

  func fault(_ place: Int, _ inputs: String) -> PointFault {
    let output = output(place)
    let stated = scenario.outputs.indices.contains(output.index) && outputs.contains(place)
    let position = stated ? scenario.outputs[output.index].position : scenario.decision?.position
    return PointFault(
      description:
        "\(Excerpt.escaped(scenario.file)):\(position?.line ?? 1):\(position?.column ?? 1): error: "
        + "\(stated ? "output" : "the decision's") \(Excerpt.quoted(output.fullName)) is no finite "
        + "number at \(inputs); expected a value at every point. Choose other values. Nothing was "
        + "written.")
  }

  /// Net monetary benefit of every strategy at one point of evaluated columns.
  static func netBenefits(
    _ strategies: [DecisionColumns.Strategy], _ columns: [[Double]], _ point: Int, _ wtp: Double
  ) -> [Double] {
    strategies.map { strategy in
      let effect = strategy.effect.map { columns[$0][point] } ?? 0
      let cost = strategy.cost.map { columns[$0][point] } ?? 0
      return wtp * effect - cost
    }
  }
}

/// Why a deterministic analysis has no value at some point.
public struct PointFault: Error, Sendable, CustomStringConvertible {
  public let description: String
}
