// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// A model simulated again around held, exchanged and stated draws.
@Suite struct OverrideTests {
  private static func model(correlations: [CorrelationGroup] = []) throws -> Model {
    Model(
      dimensions: [Dimension(name: "s", labels: ["x", "y"], numbers: nil)],
      parameters: [
        Parameter(name: "a", distribution: try Gamma(mean: 6, standardDeviation: 2)),
        Parameter(name: "b", distribution: try Beta(mean: 0.4, standardDeviation: 0.1)),
        Parameter(
          name: "t", dimensions: ["s"],
          distributions: [
            try Normal(mean: 0, standardDeviation: 1), try Normal(mean: 5, standardDeviation: 2),
          ]),
      ], variables: [],
      outputs: [
        Output(
          name: "sum", value: .named("a") + .named("b"), probabilities: [], histogram: nil),
        Output(name: "t", value: .named("t"), probabilities: [], histogram: nil),
      ], correlations: correlations)
  }

  private static func draws(
    _ model: Model, _ count: Int, seed: UInt64 = 3, workers: Int = 1,
    _ overrides: DrawOverrides = DrawOverrides()
  ) throws -> [String: [Double]] {
    let plan = try Plan(model, recordsParameters: true)
    let columns = try Simulation(
      plan, settings: RunSettings(seed: seed, iterations: count, workers: workers),
      overrides: overrides
    ).draws()
    return Dictionary(
      zip(plan.recordedParameters + plan.outputs.map { "out " + $0.fullName }, columns),
      uniquingKeysWith: { first, _ in first })
  }

  @Test(arguments: [1, 3])
  func `A held parameter repeats its outer draws and the others go on`(workers: Int) throws {
    let model = try Self.model()
    let outer = try Self.draws(model, 40, seed: 99)
    let own = try Self.draws(model, 3001)
    let held = try Self.draws(
      model, 3001, workers: workers,
      DrawOverrides(streams: [
        "a": .held(seed: 99, span: 77), "t": .held(seed: 99, span: 77),
      ]))
    for name in ["a", "t[s = x]", "t[s = y]"] {
      let expected = (0..<3001).map { outer[name]?[$0 / 77] }
      #expect(held[name].map { $0.map(Optional.some) } == expected)
    }
    #expect(held["b"] == own["b"])
  }

  @Test func `Another seed changes the draws of one parameter alone`() throws {
    let model = try Self.model()
    let (own, other) = (try Self.draws(model, 2000), try Self.draws(model, 2000, seed: 8))
    let mixed = try Self.draws(model, 2000, DrawOverrides(streams: ["b": .reseeded(8)]))
    #expect(mixed["b"] == other["b"] && mixed["a"] == own["a"])
    #expect(mixed["b"] != own["b"])
  }

  @Test func `Stated values and cumulative probabilities take the place of draws`() throws {
    let model = try Self.model()
    let column = (0..<1500).map { Double($0) }
    let set = try Self.draws(
      model, 1500,
      DrawOverrides(
        streams: ["b": .fixed(0.975)],
        values: ["a": .column(column), "t": .labels([-1, 1])]))
    #expect(set["a"] == column)
    #expect(set["t[s = x]"]?.allSatisfy { $0 == -1 } == true)
    #expect(set["t[s = y]"]?.allSatisfy { $0 == 1 } == true)
    let exact = try Beta(mean: 0.4, standardDeviation: 0.1).quantile(cumulative: 0.975)
    #expect(set["b"]?.allSatisfy { abs($0 - exact) < 1e-10 } == true)
    #expect(set["out sum"]?[7] == 7 + (set["b"]?[7] ?? 0))
  }

  /// Known first, each of two correlated parameters gives the other its conditional distribution: the
  /// mean of the partner's normal score is ρ times the known one. At 4 errors: false-alarm rate 1e-4.
  @Test(arguments: ["a", "b"])
  func `Partners follow a known member of their group`(known: String) throws {
    let group = try CorrelationGroup(
      names: ["a", "b"], matrix: [[1, 0.6], [0.6, 1]], kind: .normalScore
    ).beginning(with: [known])
    let standard = Normal.standard
    let parameters = ["a", "b"].map { Parameter(name: $0, distribution: standard) }
    let model = Model(
      parameters: parameters, variables: [],
      outputs: [
        Output(name: "sum", value: .named("a") + .named("b"), probabilities: [], histogram: nil)
      ], correlations: [group])
    let count = 20_000
    let free = try Self.draws(model, count)
    let product = zip(free["a"] ?? [], free["b"] ?? []).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(product / Double(count) - 0.6) < 4 * 1.17 / Double(count).squareRoot())
    let held = try Self.draws(
      model, count, DrawOverrides(streams: [known: .held(seed: 4, span: count)]))
    let value = try #require(held[known]?.first)
    #expect(held[known]?.allSatisfy { $0 == value } == true)
    let partner = try #require(held[known == "a" ? "b" : "a"])
    let mean = partner.reduce(0, +) / Double(count)
    #expect(abs(mean - 0.6 * value) < 4 * 0.8 / Double(count).squareRoot())
    let variance = partner.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    #expect(abs(variance - 0.64) < 4 * 0.64 * (2 / Double(count)).squareRoot())
  }

  @Test func `A group that moves together keeps doing so`() throws {
    let group = CorrelationGroup(comonotone: ["a", "b"]).beginning(with: ["b"])
    #expect(group.names == ["b", "a"])
    let same = try CorrelationGroup(
      names: ["a", "b"], matrix: [[1, 0.6], [0.6, 1]], kind: .spearman)
    #expect(same.beginning(with: ["a"]) == same)
  }

  @Test func `Outputs at stated values are those of a model of constants`() throws {
    let constants = ["a", "b"].map { name in
      Parameter(name: name, dimensions: [], distributions: [try? Constant(2)].compactMap { $0 })
    }
    let model = Model(
      parameters: constants, variables: [],
      outputs: [
        Output(
          name: "ratio", value: .named("a") / .named("b"), probabilities: [], histogram: nil),
        Output(name: "fixed", value: .number(3), probabilities: [], histogram: nil),
      ])
    let points = try ModelPoints(model, varying: ["a", "b"])
    let a = (0..<2500).map { Double($0) }
    let b = (0..<2500).map { Double($0 % 7) }
    let found = points.outputs(at: ["a": a, "b": b])
    for i in a.indices {
      #expect(b[i] == 0 ? found[0][i].isNaN : found[0][i] == a[i] / b[i])
    }
    #expect(found[1].allSatisfy { $0 == 3 })
    let alone = try ModelPoints(model, varying: ["b"]).outputs(at: ["b": [4]])
    #expect(alone[0] == [0.5])
    var made = model
    made.parameters.removeFirst()
    made.variables = [Variable(name: "a", value: .number(7) * .named("b"))]
    let given = try ModelPoints(made, varying: ["a"]).outputs(at: ["a": [1, 4]])
    #expect(given[0] == [0.5, 2])
  }
}
