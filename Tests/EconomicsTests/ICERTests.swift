// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

@Suite struct ICERTests {
  @Test(arguments: [
    (2.0, 1.0, ICER.ratio(2)), (-2, -1, .ratio(2)), (-1, 1, .dominant), (-1, 0, .dominant),
    (0, 1, .dominant), (1, -1, .dominated), (1, 0, .dominated), (0, -1, .dominated),
    (0, 0, .undefined), (.nan, 1, .undefined), (1, .nan, .undefined),
  ])
  func `A ratio only where cost and effect pull apart`(cost: Double, effect: Double, icer: ICER) {
    #expect(ICER(cost: cost, effect: effect) == icer)
  }

  @Test func `The ratio is of means, not the mean of ratios`() throws {
    let draws = try Draws(
      strategies: ["a", "b"], costs: [[0, 0], [10, 10]], effects: [[0, 0], [1, 4]])
    let comparison = Comparison(draws, strategy: 1, comparator: 0)
    #expect(comparison.ratio.icer == .ratio(4))  // The mean of ratios would be 6.25.
  }

  /// 400 data sets of 400 draws: 95 % of Fieller intervals should hold the true ratio, 400 ± 4.4 · 2. Fails by
  /// chance in fewer than 1 of 10 000 seeds.
  @Test func `Fieller's interval and the delta method cover the ratio`() throws {
    let all = try TestDraws.twoNormals(160_000)
    let zeros = [Double](repeating: 0, count: 400)
    var covered = 0
    var scores = 0.0
    for set in 0..<400 {
      let rows = (set * 400)..<(set * 400 + 400)
      let costs = all.parameters[0].values[rows].map { 20 + 8 * $0 }
      let effects = zip(all.parameters[0].values[rows], all.parameters[1].values[rows])
        .map { 4 + $0 + $1 / 2 }
      let draws = try Draws(
        strategies: ["a", "b"], costs: [zeros, costs], effects: [zeros, effects])
      let ratio = Comparison(draws, strategy: 1, comparator: 0).ratio
      let (value, error) = (
        try #require(ratio.icer.value), try #require(ratio.monteCarloStandardError)
      )
      covered += try #require(ratio.fieller).contains(28.0 / 5) ? 1 : 0
      scores += ((value - 28.0 / 5) / error) * ((value - 28.0 / 5) / error)
    }
    #expect((362...397).contains(covered), "\(covered) of 400")
    #expect(abs(scores / 400 - 1) < 4 * (2.0 / 400).squareRoot(), "\(scores / 400)")
  }

  @Test func `Fieller is unbounded where the effect may be 0`() throws {
    let draws = try Draws(
      strategies: ["a", "b"], costs: [[0, 0, 0], [1, 2, 3]], effects: [[0, 0, 0], [-2, 1, 2]])
    let ratio = Comparison(draws, strategy: 1, comparator: 0).ratio
    #expect(ratio.icer.value != nil && ratio.fieller == nil)
  }

  @Test func `Below 97.5 % of one sign there is no interval, only quadrants`() throws {
    let n = 1000
    let zeros = [Double](repeating: 0, count: n)
    for (negative, hasInterval) in [(25, true), (26, false)] {
      let effects = (0..<n).map { $0 < negative ? -0.001 : 1 + Double($0) }
      let draws = try Draws(
        strategies: ["a", "b"], costs: [zeros, Array(repeating: 5, count: n)],
        effects: [zeros, effects])
      let uncertainty = Comparison(draws, strategy: 1, comparator: 0).uncertainty
      #expect((uncertainty.low != nil) == hasInterval)
      #expect(uncertainty.quadrants.northwest.value == Double(negative) / 1000)
    }
  }

  @Test func `An interval that reaches into dominance says so`() throws {
    let n = 1000
    let zeros = [Double](repeating: 0, count: n)
    let costs = (0..<n).map { Double($0) - 300 }
    let draws = try Draws(
      strategies: ["a", "b"], costs: [zeros, costs],
      effects: [zeros, Array(repeating: 2, count: n)])
    let uncertainty = Comparison(draws, strategy: 1, comparator: 0).uncertainty
    #expect(uncertainty.low?.icer == .dominant)
    let high = try #require(uncertainty.high?.icer.value)
    #expect(abs(high - (999 * 0.975 - 300) / 2) < 0.01)
  }
}
