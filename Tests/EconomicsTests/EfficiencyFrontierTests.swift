// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

/// Standings against a search through all strategies and all mixes of two.
@Suite struct EfficiencyFrontierTests {
  private func naive(_ costs: [Double], _ effects: [Double], _ s: Int) -> String {
    for t in costs.indices where costs[t] != costs[s] || effects[t] != effects[s] {
      if costs[t] <= costs[s], effects[t] >= effects[s] { return "dominated" }
    }
    for t in 0..<s where costs[t] == costs[s] && effects[t] == effects[s] { return "duplicate" }
    var isCheapest = true
    for t in costs.indices {
      if costs[t] < costs[s] { isCheapest = false }
      for u in costs.indices where effects[t] < effects[s] && effects[s] < effects[u] {
        // Cross-multiplied, exact for small whole numbers.
        let left = (costs[s] - costs[t]) * (effects[u] - effects[t])
        let right = (costs[u] - costs[t]) * (effects[s] - effects[t])
        if left > right { return "extended" }
      }
    }
    return isCheapest ? "reference" : "efficient"
  }

  private func word(_ standing: Standing) -> String {
    switch standing {
    case .reference: "reference"
    case .efficient: "efficient"
    case .dominated: "dominated"
    case .extendedlyDominated: "extended"
    case .duplicate: "duplicate"
    }
  }

  @Test func `Every small table has the standings of a full search`() {
    var state: UInt64 = 1
    for _ in 0..<5000 {
      func next(_ bound: UInt64) -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double((state >> 33) % bound)
      }
      let count = 1 + Int(next(6))
      let costs = (0..<count).map { _ in next(8) }
      let effects = (0..<count).map { _ in next(8) }
      let frontier = EfficiencyFrontier(costs: costs, effects: effects)
      for s in 0..<count {
        #expect(
          word(frontier.standings[s]) == naive(costs, effects, s),
          "\(s) of costs \(costs), effects \(effects)")
      }
      var last: Int?
      for s in frontier.order {
        guard ["reference", "efficient"].contains(word(frontier.standings[s])) else { continue }
        if let last { #expect(frontier.standings[s] == .efficient(previous: last)) }
        last = s
      }
    }
  }

  @Test func `Who dominates is named`() {
    // Drummond's pattern: b dominated by c, d above the line from c to e.
    let frontier = EfficiencyFrontier(
      costs: [100, 300, 200, 500, 600], effects: [1, 1.5, 2, 2.5, 4])
    #expect(
      frontier.standings == [
        .reference, .dominated(by: 2), .efficient(previous: 0),
        .extendedlyDominated(lower: 2, upper: 4), .efficient(previous: 2),
      ])
  }
}
