// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct ModelFaultTests {
  static func faults(
    parameters: [String] = ["x"], variables: [(String, Expression)] = [],
    outputs: [(String, Expression)] = [("out", .number(1))]
  ) throws -> [ModelError] {
    let uniform = try Uniform(low: 0, high: 1)
    let model = Model(
      parameters: parameters.map { Parameter(name: $0, distribution: uniform) },
      variables: variables.map { Variable(name: $0, value: $1) },
      outputs: outputs.map { Output.bare($0, $1) })
    do {
      _ = try Plan(model)
      return []
    } catch {
      return error.errors
    }
  }

  @Test func definitionsComeInAnyOrder() throws {
    let x = Expression.named("x")
    let definitions: [(String, Expression)] = [
      ("c", .named("b") + .named("a")), ("b", .named("a") * .number(2)), ("a", x + .number(1)),
    ]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let uniform = try Uniform(low: 0, high: 1)
      let plan = try Plan(
        Model(
          parameters: [Parameter(name: "x", distribution: uniform)],
          variables: order.map { Variable(name: definitions[$0].0, value: definitions[$0].1) },
          outputs: [.bare("out", .named("c"))]), recordsParameters: true)
      let keeper = DrawKeeper(plan)
      let settings = RunSettings(seed: 1, iterations: 10, workers: 1)
      _ = try Simulation(plan, settings: settings).run(recorder: keeper)
      #expect(keeper.column("out") == keeper.column("x").map { ($0 + 1) * 2 + ($0 + 1) })
    }
  }

  @Test func cyclesAreShownWithTheirPath() throws {
    #expect(try Self.faults(variables: [("a", .named("a"))]) == [.cycle(["a", "a"])])
    #expect(
      try Self.faults(variables: [
        ("start", .named("a") + .number(1)), ("a", .named("b")), ("b", .number(2) * .named("c")),
        ("c", .call(.exp, .named("a"))),
      ]) == [.cycle(["a", "b", "c", "a"])])
    // Two cycles are two faults.
    #expect(
      try Self.faults(variables: [
        ("a", .named("b")), ("b", .named("a")), ("c", .named("d")), ("d", .named("c")),
      ]) == [.cycle(["a", "b", "a"]), .cycle(["c", "d", "c"])])
  }

  /// A definition used twice is no cycle.
  @Test func diamondsAreFine() throws {
    #expect(
      try Self.faults(variables: [
        ("top", .named("left") + .named("right")), ("left", .named("base")),
        ("right", .named("base")), ("base", .named("x")),
      ]).isEmpty)
  }

  @Test func undefinedNamesAreFoundWithTheirPlace() throws {
    #expect(
      try Self.faults(
        variables: [("a", .name("missing", offset: 4))],
        outputs: [("out", .named("a") + .name("gone", offset: 9))])
        == [
          .undefinedName("missing", in: "a", offset: 4),
          .undefinedName("gone", in: "out", offset: 9),
        ])
    // An output is no definition that formulas can use.
    #expect(
      try Self.faults(outputs: [("one", .number(1)), ("two", .named("one"))])
        == [.undefinedName("one", in: "two", offset: 0)])
  }

  @Test func duplicatesAreFound() throws {
    #expect(try Self.faults(parameters: ["x", "x"]) == [.duplicateName("x")])
    #expect(
      try Self.faults(variables: [("a", .number(1)), ("a", .number(2))])
        == [.duplicateName("a")])
    #expect(try Self.faults(variables: [("x", .number(1))]) == [.duplicateName("x")])
  }

  @Test func allFaultsAreReportedAtOnce() throws {
    let faults = try Self.faults(
      parameters: ["x", "x"],
      variables: [("a", .named("a")), ("b", .name("nothing", offset: 2))], outputs: [])
    #expect(faults.count == 4)
    #expect(faults.contains(.duplicateName("x")))
    #expect(faults.contains(.cycle(["a", "a"])))
    #expect(faults.contains(.undefinedName("nothing", in: "b", offset: 2)))
    #expect(faults.contains(.noOutputs))
  }

  /// Faults in definitions that no output uses count too.
  @Test func unusedDefinitionsAreChecked() throws {
    #expect(
      try Self.faults(variables: [("unused", .name("nothing", offset: 0))])
        == [.undefinedName("nothing", in: "unused", offset: 0)])
  }

  /// Long chains of definitions don't use up the stack of a thread.
  @Test func longChainsCompile() async {
    await #expect(processExitsWith: .success) {
      let uniform = try Uniform(low: 0, high: 1)
      let length = 2000
      // Each needs the next: compiled from the far end.
      let variables = (0..<length).map { i in
        Variable(
          name: "v\(i)",
          value: (i + 1 == length ? Expression.named("x") : .named("v\(i + 1)")) + .number(1))
      }
      let plan = try Plan(
        Model(
          parameters: [Parameter(name: "x", distribution: uniform)], variables: variables,
          outputs: [.bare("out", .named("v0"))]))
      let result = try Simulation(
        plan, settings: RunSettings(seed: 1, iterations: 10, workers: 1)
      ).run()
      #expect(result.outputs[0].moments.minimum > 2000)
    }
  }
}
