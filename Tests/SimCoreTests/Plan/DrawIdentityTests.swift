// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The draws of a parameter belong to its name and the seed, to nothing else in the model.
@Suite struct DrawIdentityTests {
  static func draws(
    of name: String, among names: [String], seed: UInt64 = 1, iterations: Int = 3000,
    value: Expression? = nil
  ) throws -> [Double] {
    let gamma = try Gamma(shape: 5, scale: 1)
    let used = names.reduce(Expression.number(0)) { $0 + .named($1) }
    let plan = try Plan(
      Model(
        parameters: names.map { Parameter(name: $0, distribution: gamma) }, variables: [],
        outputs: [.bare("out", value ?? used)]), recordsParameters: true)
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(seed: seed, iterations: iterations, workers: 2)
    _ = try Simulation(plan, settings: settings).run(recorder: keeper)
    return keeper.column(name)
  }

  @Test func addingAParameterMovesNoOther() throws {
    let alone = try Self.draws(of: "cost", among: ["cost"])
    #expect(alone.count == 3000)
    #expect(try Self.draws(of: "cost", among: ["cost", "extra"]) == alone)
    #expect(try Self.draws(of: "cost", among: ["extra", "another", "cost"]) == alone)
    #expect(try Self.draws(of: "cost", among: ["extra", "cost"], value: .number(1)) == alone)
  }

  @Test func renamingChangesDraws() throws {
    let draws = try Self.draws(of: "cost", among: ["cost"])
    let renamed = try Self.draws(of: "costs", among: ["costs"])
    #expect(zip(draws, renamed).allSatisfy { $0 != $1 })
  }

  @Test func theSeedChangesDraws() throws {
    let draws = try Self.draws(of: "cost", among: ["cost"])
    let other = try Self.draws(of: "cost", among: ["cost"], seed: 2)
    #expect(zip(draws, other).allSatisfy { $0 != $1 })
  }

  @Test func fewerIterationsAreTheFirstOnes() throws {
    let many = try Self.draws(of: "cost", among: ["cost"])
    for iterations in [1, 2, 1023, 1025] {
      let few = try Self.draws(of: "cost", among: ["cost"], iterations: iterations)
      #expect(few == Array(many.prefix(iterations)))
    }
  }

  /// The draw of an iteration is the law's draw for the word of the parameter's stream.
  @Test func drawsAreThoseOfTheStream() throws {
    let draws = try Self.draws(of: "cost", among: ["cost"], seed: 8)
    let stream = UniformStream(StreamAddress(.draw, name: "cost"), seed: 8)
    let gamma = try Gamma(shape: 5, scale: 1)
    for (i, draw) in draws.enumerated() {
      let word = stream.word(iteration: i)
      #expect(
        draw == DrawSource.draw(gamma, word: word, tables: TableAccuracyTests.tables))
    }
  }
}
