// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Which parameters change outputs.
@Suite struct InfluenceTests {
  private static func influences(
    _ outputs: [(String, SimCore.Expression)], iterations: Int = 10_000,
    correlated: Bool = false, method: SamplingMethod = .random
  ) throws -> [String: ParameterInfluence] {
    let names = ["a", "b", "c", "idle"]
    var model = Model(
      parameters: names.map { Parameter(name: $0, distribution: Normal.standard) },
      variables: [],
      outputs: outputs.map {
        Output(name: $0.0, value: $0.1, probabilities: [], histogram: nil)
      })
    if correlated { model.correlations = [CorrelationGroup(comonotone: ["a", "b"])] }
    let plan = try Plan(model, tables: TableAccuracyTests.tables)
    let found = Simulation(
      plan, settings: RunSettings(seed: 1, iterations: iterations, method: method, workers: 1)
    ).influences()
    return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0) })
  }

  @Test(arguments: SamplingMethod.allCases)
  func aZeroFactorHasNoInfluence(method: SamplingMethod) throws {
    let a = Expression.named("a")
    let found = try Self.influences(
      [
        ("x", a + .number(0) * .named("b")), ("y", a * a),
        ("z", .named("c") + .call(.min, [.named("b"), .number(-50)])),
      ], method: method)
    #expect(found["a"]?.outputsChanged == 2)
    #expect(found["c"]?.outputsChanged == 1)
    #expect(found["a"]?.iterations == 64)
    // min(b, −50) is −50: b stands in two formulas and changes nothing.
    #expect(found["b"]?.outputsChanged == 0)
    #expect(found["idle"] == nil)
  }

  /// Members that move together have one stream of random numbers, the first one's.
  @Test func groupsCountTogether() throws {
    let found = try Self.influences([("x", .named("b"))], correlated: true)
    #expect(found["a"]?.outputsChanged == 1)
    #expect(found["b"] == nil)
  }

  /// A branch taken once in about 740 iterations: not among the first 64, but among 4 096.
  @Test func rareBranchesAreFound() throws {
    let rare = Expression.call(
      .if, [.named("a") > .number(3), .named("b"), .number(0)])
    let found = try Self.influences([("x", rare)])
    #expect(found["b"]?.outputsChanged == 1)
    #expect((found["b"]?.iterations ?? 0) > 64)
    let never = Expression.call(
      .if, [.named("a") > .number(30), .named("b"), .number(0)])
    let none = try Self.influences([("x", never), ("y", .named("a"))])
    #expect(none["b"]?.outputsChanged == 0 && none["b"]?.iterations == 4096)
    let few = try Self.influences([("x", never)], iterations: 3)
    #expect(few["b"]?.outputsChanged == 0 && few["b"]?.iterations == 3)
  }
}
