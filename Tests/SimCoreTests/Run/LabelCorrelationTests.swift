// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Correlated parameters that vary over labels: each label of one goes together with the same label of the
/// others, and with no other label.
@Suite struct LabelCorrelationTests {
  private static let iterations = 65_536
  private static let centre = Dimension(name: "centre", labels: ["a", "b", "c"])
  private static let kind = Dimension(name: "kind", labels: ["x", "y"])

  private static func simulation(
    _ parameters: [Parameter], _ groups: [CorrelationGroup], method: SamplingMethod = .random,
    outputs: [Output]? = nil
  ) throws -> Simulation {
    let model = Model(
      dimensions: [kind, centre], parameters: parameters, variables: [],
      outputs: outputs
        ?? parameters.map {
          Output(
            name: "o_" + $0.name, value: .name($0.name, offset: 0), probabilities: [0.025, 0.975],
            histogram: nil)
        }, correlations: groups)
    return Simulation(
      try Plan(model), settings: .init(seed: 5, iterations: iterations, method: method, workers: 1))
  }

  private static func each() throws -> [Parameter] {
    [
      Parameter(
        name: "area", dimensions: [], distributions: [try Gamma(shape: 2, scale: 5)],
        each: ["centre"]),
      Parameter(
        name: "users", dimensions: ["centre"],
        distributions: [
          try Gamma(shape: 4, scale: 5), try Beta(alpha: 2, beta: 3), try Uniform(low: 1, high: 2),
        ]),
      Parameter(name: "other", distribution: Normal.standard),
    ]
  }

  private static func group(_ rho: Double, _ names: [String] = ["area", "users"]) throws
    -> CorrelationGroup
  {
    try CorrelationGroup(names: names, matrix: [[1, rho], [rho, 1]], kind: .spearman)
  }

  /// One number for each label; a standard error of at most 0.0043, 5 of them.
  @Test(arguments: SamplingMethod.allCases)
  func everyLabelHasTheCorrelation(method: SamplingMethod) throws {
    let achieved = try Self.simulation(Self.each(), [Self.group(0.7)], method: method)
      .achievedRankCorrelations()
    #expect(
      achieved.map { [$0.first, $0.second] }
        == ["a", "b", "c"].map {
          ["area[centre = \($0)]", "users[centre = \($0)]"]
        })
    for pair in achieved { #expect(abs(pair.spearman - 0.7) < 5 * 0.0043, "\(pair.first)") }
  }

  /// Ranks of draws at two labels, by the textbook formula: no correlation beyond 5/√n.
  @Test(arguments: SamplingMethod.allCases)
  func labelsAreIndependent(method: SamplingMethod) throws {
    let simulation = try Self.simulation(Self.each(), [Self.group(0.9)], method: method)
    let draws = try simulation.draws()
    // Outputs: three labels of area, three of users, one of the other.
    #expect(draws.count == 7)
    let limit = 5 / Double(Self.iterations).squareRoot()
    for i in 0..<3 {
      for j in 0..<6 where j % 3 != i {
        #expect(abs(Self.spearman(draws[i], draws[j])) < limit, "\(i) \(j)")
      }
      #expect(abs(Self.spearman(draws[i], draws[i + 3]) - 0.9) < 5 * 0.0043)
      #expect(abs(Self.spearman(draws[i], draws[6])) < limit)
    }
  }

  private static func spearman(_ a: [Double], _ b: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = values
      for (rank, place) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[place] = Double(rank)
      }
      return ranks
    }
    let n = Double(a.count)
    let squares = zip(ranks(a), ranks(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 1 - 6 * squares / (n * (n * n - 1))
  }

  /// The first member keeps the draws that it has alone, at every label.
  @Test func theFirstMemberKeepsItsDraws() throws {
    let alone = try Self.simulation(Self.each(), []).draws()
    let together = try Self.simulation(Self.each(), [Self.group(0.5)]).draws()
    for label in 0..<3 {
      // Inversion of the same uniform, once directly and once by way of its normal score.
      let largest = zip(alone[label], together[label]).map { abs($0 - $1) }.max() ?? .nan
      #expect(largest < 1e-6, "\(largest)")
      #expect(alone[label + 3] != together[label + 3])
    }
    #expect(alone[6] == together[6])
  }

  /// Dimensions in another order are the same labels.
  @Test func theOrderOfDimensionsDoesNotMatter() throws {
    let law = try Gamma(shape: 2, scale: 5)
    let parameters = [
      Parameter(name: "p", dimensions: [], distributions: [law], each: ["centre", "kind"]),
      Parameter(name: "q", dimensions: [], distributions: [law], each: ["kind", "centre"]),
    ]
    let achieved = try Self.simulation(parameters, [Self.group(-0.6, ["p", "q"])])
      .achievedRankCorrelations()
    #expect(achieved.count == 6)
    for pair in achieved { #expect(abs(pair.spearman + 0.6) < 5 * 0.0043, "\(pair.first)") }
  }

  @Test func comonotoneMembersShareTheRankAtEachLabel() throws {
    let achieved = try Self.simulation(
      Self.each(), [CorrelationGroup(comonotone: ["users", "area"])]
    ).achievedRankCorrelations()
    #expect(achieved.map(\.spearman) == [1, 1, 1])
  }

  /// A known number at one label has no rank.
  @Test func knownLabelsAreLeftOut() throws {
    var parameters = try Self.each()
    parameters[1].distributions[1] = try Constant(3)
    let achieved = try Self.simulation(parameters, [Self.group(0.7)]).achievedRankCorrelations()
    #expect(achieved.map(\.first) == ["area[centre = a]", "area[centre = c]"])
  }

  @Test func membersVaryOverTheSameDimensions() throws {
    let result = Result { () throws(ModelErrors) in
      try Plan(
        Model(
          dimensions: [Self.kind, Self.centre], parameters: try! Self.each(), variables: [],
          outputs: [
            Output(name: "o", value: .name("other", offset: 0), probabilities: [], histogram: nil)
          ], correlations: [CorrelationGroup(comonotone: ["area", "other"])]))
    }
    guard case .failure(let errors) = result else {
      Issue.record("accepted")
      return
    }
    #expect(errors.errors == [.correlatedAcrossLabels("area", "other")])
  }

  /// A probability for each label of a known parameter, whose partners follow label by label.
  @Test func knownMembersAreFixedByLabel() throws {
    let parameters = try Self.each()
    let model = Model(
      dimensions: [Self.kind, Self.centre], parameters: parameters, variables: [],
      outputs: [
        Output(name: "u", value: .name("users", offset: 0), probabilities: [], histogram: nil)
      ], correlations: [try Self.group(0.9)])
    let draws = try Simulation(
      try Plan(model), settings: .init(seed: 5, iterations: 20_000, workers: 1),
      overrides: DrawOverrides(streams: ["area": .fixedByLabel([0.05, 0.5, 0.95])])
    ).draws()
    // Medians of the partners' normal scores are r · z: 2 sin(π 0.9/6) · Φ⁻¹(p), Python statistics.
    let score = 0.907980999479093
    for (label, z) in [-1.6448536269514726, 0, 1.6448536269514715].enumerated() {
      let law = parameters[1].distributions[label]
      let below = draws[label].count { $0 < law.quantile(cumulative: Self.normal(score * z)) }
      #expect(abs(Double(below) / 20_000 - 0.5) < 5 * 0.5 / 141, "\(label)")
    }
  }

  private static func normal(_ z: Double) -> Double { Normal.standard.cumulative(z) }
}
