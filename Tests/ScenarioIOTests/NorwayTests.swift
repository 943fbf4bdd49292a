// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// The Norwegian scenario against the numbers that its report prints.
@Suite struct NorwayTests {
  private func scenario() throws -> Scenario {
    try ScenarioReader.read(text: norwayText(), file: "scenarios/norway-exercise.yaml")
  }

  @Test func isReadWithoutWarnings() throws {
    let scenario = try scenario()
    #expect(scenario.name == "norway-exercise")
    #expect(scenario.warnings.isEmpty)
    #expect(scenario.run.seed == 2018)
    #expect(scenario.run.iterations == 1_000_000)
    #expect(scenario.notPriced.count == 4)
    #expect(scenario.lines.allSatisfy { $0.payer != nil && $0.unit != nil })
    #expect(scenario.parameters.allSatisfy { $0.unit != nil && $0.source != nil })
  }

  @Test func hasSixUncertainQuantities() throws {
    let uncertain = try scenario().parameters.filter { $0.reading != nil }
    let lines = uncertain.map {
      "\($0.name) \($0.family) \($0.statedBase!) \($0.statedLow!) \($0.statedHigh!)"
    }
    #expect(
      lines == [
        "centre_factor gamma 1.0 0.7 1.3", "individual_hours gamma 6.0 2.0 12.0",
        "group_hours gamma 12.0 6.0 18.0", "qalys beta 0.03 0.01 0.05",
        "in_work beta 0.4 0.2 0.6", "fewer_visits gamma 1.0 0.0 2.0",
      ])
    #expect(uncertain.allSatisfy { $0.reading == .ci95 && $0.baseIs == .mean })
    for parameter in uncertain {
      let sd = (parameter.statedHigh! - parameter.statedLow!) / (2 * 1.959963984540054)
      #expect(abs(parameter.distribution.standardDeviation / sd - 1) < 1e-9)
    }
  }

  /// Unrounded figures of sections 1 to 5 of the reference, from low, base and high numbers.
  @Test(
    arguments: [
      ("cost", 27032.5, 17278.75, 37986.25), ("benefit", 42470.0, 14060, 70880),
      ("net_benefit", 15437.5, -3218.75, 32893.75),
      ("net_benefit_1750", 27_015_625, -5_632_812.5, 57_564_062.5),
      ("net_benefit_11000", 169_812_500, -35_406_250, 361_831_250),
    ] as [(String, Double, Double, Double)])
  func computesThePrintedFigures(_ output: String, _ base: Double, _ low: Double, _ high: Double)
    throws
  {
    let scenario = try scenario()
    let wanted = [(base, \ScenarioParameter.statedBase), (low, \.statedLow), (high, \.statedHigh)]
    for (value, path) in wanted {
      var values: [String: Double] = [:]
      for parameter in scenario.parameters {
        values[parameter.name] = parameter[keyPath: path] ?? parameter.statedBase
      }
      let found = try #require(evaluate(output, scenario.model, &values))
      #expect(abs(found - value) < 1e-6 * max(1, abs(value)), "\(output)")
    }
  }

  private func evaluate(_ name: String, _ model: Model, _ values: inout [String: Double]) -> Double?
  {
    if let value = values[name] { return value }
    let expression =
      model.variables.first { $0.name == name }?.formula
      ?? model.outputs.first { $0.name == name }?.value
    let value = expression.flatMap { evaluate($0, model, &values) }
    values[name] = value
    return value
  }

  private func evaluate(
    _ expression: SimCore.Expression, _ model: Model, _ values: inout [String: Double]
  ) -> Double? {
    switch expression {
    case .number(let value): return value
    case .name(let name, _): return evaluate(name, model, &values)
    case .binary(let symbol, let left, let right):
      guard let a = evaluate(left, model, &values), let b = evaluate(right, model, &values) else {
        return nil
      }
      return ConstantEvaluator.value(.binary(symbol, .number(a), .number(b)))
    default: return nil
    }
  }
}
