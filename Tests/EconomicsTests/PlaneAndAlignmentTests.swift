// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

@Suite struct PlaneAndAlignmentTests {
  @Test(arguments: [(9_999, 1), (10_000, 1), (10_001, 2), (25_000, 3)])
  func `Every k-th draw stays, at most ten thousand`(count: Int, step: Int) throws {
    let draws = try TestDraws.coarse(count)
    let plane = PlaneDraws(draws, strategy: 1, comparator: 0)
    #expect(plane.step == step && plane.points.count <= 10_000)
    #expect(plane.points.count == (count + step - 1) / step)
    let second = plane.points[1]
    #expect(second.iteration == 1 + step)
    #expect(second.cost == draws.costs[1][step] - draws.costs[0][step])
    #expect(second.effect == draws.effects[1][step] - draws.effects[0][step])
  }

  @Test func `Parameters that explain pass, unrelated ones do not`() throws {
    let draws = try TestDraws.twoNormals(5000)
    let aligned = try #require(Alignment(draws))
    #expect(!aligned.isSuspect && aligned.strongest > 0.8)
    let shifted = draws.parameters.map {
      DrawColumn(name: $0.name, values: Array($0.values.dropFirst()) + $0.values.prefix(1))
    }
    let apart = try Draws(
      strategies: draws.strategies, costs: draws.costs, effects: draws.effects, parameters: shifted)
    #expect(try #require(Alignment(apart)).isSuspect)
  }

  @Test func `Rank correlation counts ties by their mean rank`() throws {
    // R: cor(c(1,1,2,3,3,3,4,5,6,7), c(2,1,2,4,3,3,5,5,6,6), method = "spearman") = 0.975082613159
    let zeros = [Double](repeating: 0, count: 10)
    let draws = try Draws(
      strategies: ["a", "b"], costs: [zeros, [2, 1, 2, 4, 3, 3, 5, 5, 6, 6]],
      effects: [zeros, zeros],
      parameters: [DrawColumn(name: "p", values: [1, 1, 2, 3, 3, 3, 4, 5, 6, 7])])
    let alignment = try #require(Alignment(draws))
    #expect(abs(alignment.strongest - 0.975082613159) < 1e-9)
  }

  @Test func `Nothing is said where nothing varies`() throws {
    let draws = try Draws(
      strategies: ["a"], costs: [[1, 2, 3]], effects: [[1, 2, 3]],
      parameters: [DrawColumn(name: "p", values: [1, 2, 3])])
    #expect(Alignment(draws) == nil)
  }

  @Test func `One strategy against nothing`() throws {
    let draws = try Draws(
      strategies: ["a"], costs: [[2, 4, 6, 8]], effects: [[5, 5, 5, 9]]
    ).besideNothing()
    let result = CostBenefit(draws, strategy: 1, comparator: 0, willingnessToPay: 1)
    // Net benefits 3, 1, −1, 1.
    #expect(result.netBenefit.value == 1 && result.probabilityPositive.value == 0.75)
    #expect(result.lossOfDoing.value == 0.25 && result.lossOfNotDoing.value == 1.25)
    #expect(result.perfectInformation == result.lossOfDoing)
    #expect(abs((result.breakEvenCostMultiplier?.value ?? 0) - 1.2) < 1e-12)
    #expect(abs((result.breakEvenWillingnessToPay?.value ?? 0) - 20.0 / 24) < 1e-12)
    #expect(draws.isNothing(0) && !draws.isNothing(1))
    #expect(throws: DrawsError.repeatedName("nothing")) { try draws.besideNothing() }
  }
}
