// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// A NaN or an infinity stops the run and is traced to the first iteration that has one.
@Suite struct NonFiniteTests {
  static let x = Expression.named("x")

  static func fault(
    variables: [Variable], outputs: [Output], iterations: Int, workers: Int
  ) throws -> NonFiniteValue? {
    let plan = try Plan(
      Model(
        parameters: [
          Parameter(name: "x", distribution: try Uniform(low: 0, high: 1)),
          Parameter(name: "y", distribution: try Uniform(low: 0, high: 1)),
        ], variables: variables, outputs: outputs))
    let settings = RunSettings(seed: 3, iterations: iterations, workers: workers)
    guard case .failure(let error) = RunModel.outcome(plan, settings) else { return nil }
    guard case .nonFinite(let fault) = error else { throw error }
    return fault
  }

  /// Limits that fail in nearly every block, in the pilot's blocks rarely, and beyond it only.
  @Test(arguments: [1e-2, 2e-5, 4e-6])
  func theLowestIterationIsReported(limit: Double) throws {
    let draws = try Draws.of(
      Uniform(low: 0, high: 1), named: "x", seed: 3, count: 1_000_000)
    let first = try #require(draws.firstIndex { $0 < limit })
    if limit == 4e-6 { #expect(first > 65_536, "the case wants a failure beyond the pilot") }
    let others = try Draws.of(
      Uniform(low: 0, high: 1), named: "y", seed: 3, count: first + 1)
    let variables = [
      Variable(name: "rest", value: Self.x - .number(limit)),
      Variable(name: "logarithm", value: .call(.log, .named("rest")) + .named("y")),
      Variable(name: "later", value: .named("logarithm") * .number(2)),
    ]
    for workers in [1, 2, 3, 5, 8] {
      let fault = try #require(
        try Self.fault(
          variables: variables,
          outputs: [.bare("fine", Self.x), .bare("out", .named("later") + Self.x)],
          iterations: 1_000_000, workers: workers))
      #expect(fault.iteration == first, "\(workers) workers")
      #expect(fault.output == "out")
      #expect(fault.origin == "logarithm")
      #expect(fault.value.isNaN)
      #expect(
        fault.inputs == [
          NamedValue("rest", draws[first] - limit), NamedValue("y", others[first]),
        ])
    }
  }

  @Test func anInfinityIsShownWithItsInputs() throws {
    let zero = Self.x - Self.x
    let fault = try #require(
      try Self.fault(
        variables: [Variable(name: "nothing", value: zero)],
        outputs: [.bare("ratio", .named("y") / .named("nothing"))], iterations: 1, workers: 1))
    #expect(fault.output == "ratio" && fault.origin == "ratio")
    #expect(fault.value == .infinity)
    #expect(fault.iteration == 0)
    #expect(fault.inputs.map(\.name) == ["y", "nothing"])
    #expect(fault.inputs.last?.value == 0)
  }

  /// Of several outputs that fail in one iteration the first is named.
  @Test func theFirstOutputIsNamed() throws {
    let bad = Expression.call(.log, -Self.x)
    let fault = try #require(
      try Self.fault(
        variables: [],
        outputs: [.bare("fine", Self.x), .bare("one", bad), .bare("two", bad + .number(1))],
        iterations: 5000, workers: 2))
    #expect(fault.output == "one" && fault.iteration == 0)
  }

  /// NaN behind a condition that is never true does no harm.
  @Test func unusedBranchesMayFail() throws {
    let guarded = Expression.call(
      .if, Self.x > .number(2), .call(.log, -Self.x), Self.x)
    #expect(
      try Self.fault(
        variables: [], outputs: [.bare("out", guarded)], iterations: 5000, workers: 2) == nil)
  }

  /// Constants that are no numbers stop the run too.
  @Test func constantsAreChecked() throws {
    let fault = try #require(
      try Self.fault(
        variables: [], outputs: [.bare("out", .number(1) / .number(0))], iterations: 10,
        workers: 1))
    #expect(fault.value == .infinity && fault.iteration == 0 && fault.inputs.isEmpty)
  }

  @Test func aRecorderIsToldToWaitForNothing() throws {
    let plan = try Plan(
      Model(
        parameters: [Parameter(name: "x", distribution: try Uniform(low: 0, high: 1))],
        variables: [], outputs: [.bare("out", .call(.log, Self.x - .number(0.001)))]))
    let keeper = DrawKeeper(plan)
    #expect(throws: RunError.self) {
      try Simulation(plan, settings: RunSettings(seed: 3, iterations: 200_000, workers: 3))
        .run(recorder: keeper)
    }
    #expect(keeper.wasAbandoned)
  }

  /// A definition in the branch that was not taken is not to blame.
  @Test func theBranchNotTakenIsInnocent() throws {
    let variables = [
      Variable(name: "bad", value: .number(1) / (Self.x - Self.x)),
      Variable(name: "culprit", value: .call(.log, .number(0) - Self.x)),
    ]
    let guarded = Expression.call(.if, [Self.x > .number(-1), .number(0), .named("bad")])
    let output = Output(
      name: "o", value: guarded + .named("culprit"), probabilities: [0.5], histogram: nil)
    let fault = try #require(
      try Self.fault(variables: variables, outputs: [output], iterations: 10, workers: 1))
    #expect(fault.origin == "culprit")
  }
}
