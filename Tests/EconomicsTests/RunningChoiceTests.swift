// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

/// Running figures of a decision are those of the first draws alone.
@Suite struct RunningChoiceTests {
  @Test(arguments: [1, 1000, 1024, 1025, 9000])
  func `Every point is an analysis of so many draws`(count: Int) throws {
    let draws = try TestDraws.coarse(count)
    for wtp in [0, 1, 2.5] {
      let points = RunningChoice.all(draws, willingnessToPay: wtp)
      let sizes = (0..<20).map { 1024 << $0 }.filter { $0 < count } + [count]
      #expect(points.map(\.count) == sizes)
      for point in points {
        let first = try Draws(
          strategies: draws.strategies, costs: draws.costs.map { Array($0.prefix(point.count)) },
          effects: draws.effects.map { Array($0.prefix(point.count)) })
        let whole = DecisionAnalysis(first, comparator: 0, willingnessToPay: [wtp])
        #expect(point.acceptability == whole.acceptability[0])
        #expect(point.evpi == whole.perfectInformation[0].value)
        for s in draws.strategies.indices {
          #expect(point.netBenefits[s].value == whole.netBenefits[s].mean.value)
          #expect(
            point.netBenefits[s].monteCarloStandardError
              == whole.netBenefits[s].mean.monteCarloStandardError)
        }
      }
    }
  }

  /// Against a plain count: how often each is the best among the first 2 048.
  @Test func `Shares are counts`() throws {
    let draws = try TestDraws.twoNormals(5000)
    let point = try #require(
      RunningChoice.all(draws, willingnessToPay: 1).first { $0.count == 2048 })
    let wins = (0..<2048).count { draws.costs[1][$0] < 0 }
    #expect(point.acceptability.probabilities[1].value == Double(wins) / 2048)
    let mean = draws.costs[1].prefix(2048).reduce(0, -) / 2048
    #expect(abs(point.netBenefits[1].value - mean) < 1e-12)
  }
}
