// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import SimCore
import Testing

/// Net benefit, acceptability, expected loss and EVPI against loops written the plain way.
@Suite struct ChoiceTests {
  private static let wtps = [0, 1, 2, 2.5]

  @Test(arguments: [2, 3, 1023, 1024, 1025, 5000])
  func `Figures are those of plain loops`(count: Int) throws {
    let draws = try TestDraws.coarse(count)
    let analysis = DecisionAnalysis(draws, comparator: 0, willingnessToPay: Self.wtps)
    let n = Double(count)
    for (w, wtp) in Self.wtps.enumerated() {
      let nmb = (0..<3).map { s in
        (0..<count).map { wtp * draws.effects[s][$0] - draws.costs[s][$0] }
      }
      var wins = [0.0, 0, 0]
      var squares = [0.0, 0, 0]
      var tied = [0.0, 0, 0]
      var loss = [[Double]](repeating: [], count: 3)
      for i in 0..<count {
        let best = max(nmb[0][i], nmb[1][i], nmb[2][i])
        let winners = (0..<3).filter { nmb[$0][i] == best }
        for s in winners {
          wins[s] += 1 / Double(winners.count)
          squares[s] += 1 / Double(winners.count * winners.count)
          if winners.count > 1 { tied[s] += 1 }
        }
        for s in 0..<3 { loss[s].append(best - nmb[s][i]) }
      }
      func mean(_ x: [Double]) -> Double { x.reduce(0, +) / n }
      func error(_ x: [Double]) -> Double {
        (x.reduce(0) { $0 + ($1 - mean(x)) * ($1 - mean(x)) } / (n - 1) / n).squareRoot()
      }
      func close(_ a: Double?, _ b: Double) -> Bool {
        a.map { abs($0 - b) <= 1e-11 * max(1, abs(b)) } ?? false
      }
      let point = analysis.acceptability[w]
      for s in 0..<3 {
        let p = wins[s] / n
        #expect(close(point.probabilities[s].value, p))
        let expected = (max(0, squares[s] / n - p * p) / n).squareRoot()
        #expect(close(point.probabilities[s].monteCarloStandardError, expected))
        #expect(close(point.tied[s].value, tied[s] / n))
        #expect(close(analysis.expectedLosses[w].losses[s].value, mean(loss[s])))
        #expect(
          close(analysis.expectedLosses[w].losses[s].monteCarloStandardError, error(loss[s])))
        let netBenefit = analysis.netBenefits[3 * w + s]
        #expect(close(netBenefit.mean.value, mean(nmb[s])))
        #expect(close(netBenefit.mean.monteCarloStandardError, error(nmb[s])))
        let sorted = nmb[s].sorted()
        let h = (n - 1) * 0.25
        let k = Int(h)
        let quartile = sorted[k] + (h - Double(k)) * (sorted[min(k + 1, count - 1)] - sorted[k])
        #expect(close(netBenefit.percentiles[1].value, quartile))
      }
      #expect(close(point.probabilities.reduce(0) { $0 + $1.value }, 1))
      let means = nmb.map(mean)
      let best = means.firstIndex(of: means.max() ?? 0) ?? 0
      #expect(point.optimal == best && point.frontier == point.probabilities[best])
      let perfect = (0..<count).map { i in nmb.map { $0[i] }.max() ?? 0 }
      #expect(close(analysis.perfectInformation[w].value.value, mean(perfect) - means[best]))
    }
    #expect(analysis.acceptability.contains { $0.tied.contains { $0.value > 0 } } || count < 100)
  }

  @Test func `Net health benefit is net monetary benefit over willingness to pay`() throws {
    let draws = try TestDraws.coarse(500)
    let all = NetBenefit.all(draws, willingnessToPay: [0, 4])
    #expect(all[0].health == nil)
    let health = try #require(all[3].health)
    #expect(health.mean.value == all[3].mean.value / 4)
    #expect(health.percentiles[4].value == all[3].percentiles[4].value / 4)
  }

  @Test func `Percentiles hold for draws in any order`() throws {
    // Beyond the first narrowing of windows; sorted draws leave them.
    let count = 40_000
    let mixed = (0..<count).map { Double($0 * 7919 % count) }
    let sorted = mixed.sorted()
    let zeros = [Double](repeating: 0, count: count)
    let probabilities = [0.025, 0.5, 0.975]
    for effects in [mixed, sorted, sorted.reversed()] {
      let draws = try Draws(
        strategies: ["none", "some"], costs: [zeros, zeros], effects: [zeros, effects])
      let found = NetBenefit.all(draws, willingnessToPay: [3], probabilities: probabilities)[1]
      for (percentile, p) in zip(found.percentiles, probabilities) {
        let place = p * Double(count - 1)
        #expect(abs(percentile.value - 3 * place) < 1e-8)
        let interval = RankInterval(p, count: count)
        #expect(percentile.lower == interval.lower.map { 3 * sorted[$0 - 1] })
        #expect(percentile.upper == interval.upper.map { 3 * sorted[$0 - 1] })
      }
    }
  }

  @Test func `Equal strategies share every draw and have nothing to lose`() throws {
    let one = try TestDraws.coarse(100)
    let draws = try Draws(
      strategies: ["a", "b"], costs: [one.costs[0], one.costs[0]],
      effects: [one.effects[0], one.effects[0]])
    let point = Acceptability.curve(draws, willingnessToPay: [3])[0]
    #expect(point.probabilities.map(\.value) == [0.5, 0.5])
    #expect(point.probabilities[0].monteCarloStandardError == 0)
    #expect(point.tied.map(\.value) == [1, 1])
    let information = PerfectInformation.curve(draws, willingnessToPay: [3])[0]
    #expect(information.value.value == 0 && information.bias == 0)
    #expect(Comparison(draws, strategy: 1, comparator: 0).ratio.icer == .undefined)
  }

  @Test func `One draw has figures without errors`() throws {
    let draws = try TestDraws.coarse(1)
    let analysis = DecisionAnalysis(draws, comparator: 2, willingnessToPay: [1])
    #expect(analysis.means[0].cost.monteCarloStandardError == nil)
    #expect(analysis.perfectInformation[0].value.value == 0)
    #expect(analysis.perfectInformation[0].bias == nil)
  }
}
