// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import SimCore
import Testing

@Suite struct PerfectInformationTests {
  /// E[max(0, D)] − max(0, E D) for D ~ N(1, √5): σ φ(1/σ) + Φ(1/σ) − 1.
  private static let closedForm = 0.479810706

  /// Fails by chance in fewer than 1 of 15 000 seeds.
  @Test func `A million draws give the closed form`() throws {
    let draws = try TestDraws.twoNormals(1_000_000)
    let information = PerfectInformation.curve(draws, willingnessToPay: [20_000])[0]
    let error = try #require(information.value.monteCarloStandardError)
    #expect(error < 0.0012)
    #expect(abs(information.value.value - Self.closedForm) < 4 * error, "\(information)")
    #expect(information.optimal == 1)
    #expect(abs(information.bias ?? 1) < 1e-6)
  }

  /// Two strategies with equal means: the estimate is too low by σ φ(0) / √n, and the plug-in bias is below 0 and
  /// on average 0.41 of it. 2 000 data sets of 100 draws; bounds are 5 standard errors.
  @Test func `Small samples are too low, as the bias says`() throws {
    let count = 100
    let sets = 2000
    let all = TestDraws.column(
      try Normal(mean: 0, standardDeviation: 1), "d", count * sets)
    let zeros = [Double](repeating: 0, count: count)
    let truth = 0.3989422804014327
    var sum = 0.0
    var squares = 0.0
    var bias = 0.0
    for set in 0..<sets {
      let draws = try Draws(
        strategies: ["a", "b"], costs: [zeros, Array(all[set * count..<(set + 1) * count])],
        effects: [zeros, zeros])
      let information = PerfectInformation.curve(draws, willingnessToPay: [1])[0]
      sum += information.value.value
      squares += information.value.value * information.value.value
      bias += information.bias ?? 0
    }
    let mean = sum / Double(sets)
    let error = ((squares / Double(sets) - mean * mean) / Double(sets)).squareRoot()
    let trueBias = -truth / Double(count).squareRoot()
    #expect(abs(mean - truth - trueBias) < 5 * error, "\(mean - truth) for \(trueBias)")
    let share = bias / Double(sets) / trueBias
    #expect(share > 0.3 && share < 0.55, "\(share)")
  }

  @Test func `A population is discounted from its second year`() throws {
    let population = try Population(
      incidence: [100], horizon: 3, discountRate: 0.04, uptake: [0.5, 0.75, 1])
    let expected = 50 + 75 / 1.04 + 100 / (1.04 * 1.04)
    #expect(abs(population.effective - expected) < 1e-11)
    #expect(try Population(incidence: [7, 5], horizon: 2, discountRate: 0).effective == 12)
  }

  @Test func `Numbers that are no population are refused`() {
    #expect(throws: PopulationError.horizon(0)) {
      try Population(incidence: [1], horizon: 0, discountRate: 0)
    }
    #expect(throws: PopulationError.discountRate(-0.1)) {
      try Population(incidence: [1], horizon: 1, discountRate: -0.1)
    }
    #expect(throws: PopulationError.self) {
      try Population(incidence: [1], horizon: 1, discountRate: 4)
    }
    #expect(throws: PopulationError.self) {
      try Population(incidence: [1e308], horizon: 3, discountRate: 0)
    }
    #expect(throws: PopulationError.self) {
      try Population(incidence: [1], horizon: 1, discountRate: .nan)
    }
    #expect(throws: PopulationError.self) {
      try Population(incidence: [.nan], horizon: 1, discountRate: 0)
    }
    #expect(throws: PopulationError.uptake(1.5)) {
      try Population(incidence: [1], horizon: 1, discountRate: 0, uptake: [1.5])
    }
    #expect(throws: PopulationError.years(name: "incidence", count: 2, horizon: 3)) {
      try Population(incidence: [1, 2], horizon: 3, discountRate: 0)
    }
    #expect(throws: PopulationError.years(name: "incidence", count: 0, horizon: 3)) {
      try Population(incidence: [], horizon: 3, discountRate: 0)
    }
  }
}
