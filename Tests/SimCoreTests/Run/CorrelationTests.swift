// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Draws of parameters that go together through a Gaussian copula.
@Suite struct CorrelationTests {
  private static let iterations = 65_536

  private static func parameters() throws -> [Parameter] {
    [
      Parameter(name: "a", distribution: try Gamma(shape: 2, scale: 5)),
      Parameter(name: "b", distribution: try Beta(alpha: 2, beta: 5)),
      Parameter(name: "c", distribution: try Triangular(low: 1, mode: 2, high: 5)),
      Parameter(name: "d", distribution: try Uniform(low: -1, high: 1)),
      Parameter(name: "e", distribution: try Beta(alpha: 0.5, beta: 0.5)),
    ]
  }

  private static func simulation(
    _ parameters: [Parameter], _ groups: [CorrelationGroup], workers: Int = 1
  ) throws -> Simulation {
    let outputs = parameters.map {
      Output(
        name: "o_" + $0.name, value: .name($0.name, offset: 0),
        probabilities: [0.001, 0.025, 0.5, 0.975, 0.999], histogram: nil)
    }
    let model = Model(
      parameters: parameters, variables: [], outputs: outputs, correlations: groups)
    return Simulation(
      try Plan(model), settings: .init(seed: 5, iterations: iterations, workers: workers))
  }

  /// Spearman's ρ has a standard error of at most (1 − ρ²)·1.1/√n = 0.0043 here: 5 of them.
  @Test(arguments: [-0.95, -0.3, 0.1, 0.5, 0.9])
  func spearmanIsMet(rho: Double) throws {
    let names = ["a", "b", "c", "d", "e"]
    let group = try CorrelationGroup(
      names: rho < 0 ? ["a", "b"] : names,
      matrix: names.prefix(rho < 0 ? 2 : 5).indices.map { i in
        names.prefix(rho < 0 ? 2 : 5).indices.map { $0 == i ? 1 : rho }
      }, kind: .spearman)
    let achieved = try Self.simulation(Self.parameters(), [group]).achievedRankCorrelations()
    #expect(achieved.count == (rho < 0 ? 1 : 10))
    for pair in achieved {
      #expect(abs(pair.spearman - rho) < 5 * 0.0043, "\(pair.first) \(pair.second)")
    }
  }

  /// Normal scores with correlation r have ρ = 6/π · asin(r/2).
  @Test func normalScoresAreConverted() throws {
    let group = try CorrelationGroup(
      names: ["a", "d"], matrix: [[1, -0.6], [-0.6, 1]], kind: .normalScore)
    let achieved = try Self.simulation(Self.parameters(), [group]).achievedRankCorrelations()
    // Python: 6 / math.pi * math.asin(-0.3)
    let expected = -0.5819201041240698
    #expect(abs(achieved[0].spearman - expected) < 5 * 0.0043)
  }

  @Test func comonotoneParametersShareTheirRank() throws {
    let group = CorrelationGroup(comonotone: ["a", "c", "e"])
    let achieved = try Self.simulation(Self.parameters(), [group]).achievedRankCorrelations()
    #expect(achieved.map(\.spearman) == [1, 1, 1])
  }

  /// Correlation leaves each distribution as it is: quantiles stay inside a 6-sigma band.
  @Test func marginalsAreKept() throws {
    let group = try CorrelationGroup(
      names: ["a", "b", "c", "d", "e"],
      matrix: (0..<5).map { i in (0..<5).map { $0 == i ? 1 : 0.4 } }, kind: .spearman)
    let parameters = try Self.parameters()
    let result = try Self.simulation(parameters, [group]).run()
    for (parameter, output) in zip(parameters, result.outputs) {
      for percentile in output.percentiles {
        let p = parameter.distributions[0].cumulative(percentile.value)
        let error = (percentile.probability * (1 - percentile.probability)).squareRoot()
        #expect(
          abs(p - percentile.probability) < 6 * error / Double(Self.iterations).squareRoot(),
          "\(parameter.name) at \(percentile.probability)")
      }
    }
  }

  /// The factor is made in the order of names: another member changes no draw of the others.
  @Test func appendingAMemberMovesNoDraw() throws {
    let parameters = try Self.parameters()
    let two = try CorrelationGroup(
      names: ["a", "b"], matrix: [[1, 0.5], [0.5, 1]], kind: .spearman)
    let three = try CorrelationGroup(
      names: ["a", "b", "c"], matrix: [[1, 0.5, 0.2], [0.5, 1, 0.1], [0.2, 0.1, 1]],
      kind: .spearman)
    let first = try Self.simulation(parameters, [two]).run()
    let second = try Self.simulation(parameters, [three]).run()
    #expect(first.outputs[0].moments == second.outputs[0].moments)
    #expect(first.outputs[1].moments == second.outputs[1].moments)
    #expect(first.outputs[2].moments != second.outputs[2].moments)
    #expect(first.outputs[3].moments == second.outputs[3].moments)
  }

  @Test func workersDontMatter() throws {
    let group = try CorrelationGroup(
      names: ["a", "e"], matrix: [[1, 0.5], [0.5, 1]], kind: .spearman)
    let one = try Self.simulation(Self.parameters(), [group]).run()
    let three = try Self.simulation(Self.parameters(), [group], workers: 3).run()
    #expect(one.outputs.map(\.moments) == three.outputs.map(\.moments))
    #expect(one.outputs.map(\.percentiles) == three.outputs.map(\.percentiles))
  }

  @Test func impossibleMatricesAreRefused() {
    func error(_ matrix: [[Double]], _ names: [String] = ["a", "b", "c"]) -> CorrelationError? {
      do throws(CorrelationError) {
        _ = try CorrelationGroup(names: names, matrix: matrix, kind: .spearman)
        return nil
      } catch { return error }
    }
    #expect(
      error([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]).map {
        if case .notPositiveDefinite = $0 { true } else { false }
      } == true)
    #expect(error([[1, 0.9], [0.9, 1]]) == .shape(rows: 2, names: 3))
    #expect(error([[1, 1.5], [1.5, 1]], ["a", "b"]) == .outOfRange("a", "b", value: 1.5))
    #expect(error([[1, 0.2], [0.3, 1]], ["a", "b"]) == .notSymmetric("a", "b"))
    #expect(
      error([[0.9, 0.2], [0.2, 1]], ["a", "b"]) == .notOneOnDiagonal(name: "a", value: 0.9))
    guard case .outOfRange = error([[1, .nan], [.nan, 1]], ["a", "b"]) else {
      Issue.record("NaN was accepted")
      return
    }
  }

  @Test func constantsAndStrangersCantBeCorrelated() throws {
    var parameters = try Self.parameters()
    parameters.append(Parameter(name: "k", distribution: try Constant(3)))
    let group = CorrelationGroup(comonotone: ["a", "k", "nobody", "a"])
    let model = Model(
      parameters: parameters, variables: [],
      outputs: [
        Output(name: "o", value: .name("a", offset: 0), probabilities: [0.5], histogram: nil)
      ], correlations: [group])
    #expect(throws: ModelErrors.self) { try Plan(model) }
    do throws(ModelErrors) {
      _ = try Plan(model)
    } catch {
      #expect(
        error.errors == [
          .cannotCorrelate("k"), .cannotCorrelate("nobody"), .correlatedTwice("a"),
        ])
    }
  }
}
