// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The outputs of a deterministic model at many stated values of some of its parameters: compiled once,
/// evaluated block by block.
public struct ModelPoints: Sendable {
  public let plan: Plan
  private let varying: [String]

  /// - Parameters:
  ///   - model: with a constant for every parameter, none correlated, no rows.
  ///   - varying: names of parameters or variables without labels; what a case sets stays as it sets it.
  /// - Throws: all faults of the model.
  public init(_ model: Model, varying: [String]) throws(ModelErrors) {
    var model = model
    // Any law will do that is not a constant: its draws are never made.
    guard let law = try? Uniform(low: 0, high: 1) else { preconditionFailure("0 is below 1") }
    for name in varying {
      if let index = model.parameters.firstIndex(where: { $0.name == name }) {
        precondition(model.parameters[index].dimensions.isEmpty, name)
        model.parameters[index].distributions = [law]
      } else {
        // A quantity made from others gives way to the stated values.
        model.variables.removeAll { $0.name == name }
        model.parameters.append(Parameter(name: name, distribution: law))
      }
    }
    plan = try Plan(model)
    self.varying = varying
  }

  /// Outputs in plan order, one value for each point: NaN where the model has none, because a check fails or
  /// a value is not finite.
  ///
  /// - Parameter points: for every varying parameter as many values.
  /// - Precondition: equally many values, at least one.
  public func outputs(at points: [String: [Double]]) -> [[Double]] {
    let count = points.values.first?.count ?? 0
    precondition(count > 0 && varying.allSatisfy { points[$0]?.count == count })
    let design = SamplingDesign(
      plan.model, method: .random, seed: 0, iterations: count,
      overrides: DrawOverrides(values: points.mapValues { .column($0) }))
    let evaluator = BlockEvaluator(plan, design)
    var columns = plan.outputs.map { _ in [Double](repeating: .nan, count: count) }
    func keep(first: Int, count: Int) {
      for output in columns.indices {
        let values = evaluator.output(output)
        for i in 0..<count where values[i].isFinite { columns[output][first + i] = values[i] }
      }
    }
    for first in stride(from: 0, to: count, by: Plan.blockLength) {
      let length = min(Plan.blockLength, count - first)
      if evaluator.evaluate(first: first, count: length) == nil {
        keep(first: first, count: length)
        continue
      }
      // Nothing is drawn, so that any point may begin a block.
      for point in first..<first + length where evaluator.evaluate(first: point, count: 1) == nil {
        keep(first: point, count: 1)
      }
    }
    return columns
  }
}
