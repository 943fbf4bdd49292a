// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

@Suite struct DrawsTests {
  @Test func `Columns of unequal length are refused with both lengths`() {
    let result = Result { () throws(DrawsError) in
      try Draws(strategies: ["a", "b"], costs: [[1, 2], [3]], effects: [[1, 2], [3, 4]])
    }
    #expect(throws: DrawsError.length(column: "cost of b", count: 1, expected: 2)) {
      try result.get()
    }
  }

  @Test func `Values that are not finite are refused with their place`() {
    #expect(throws: DrawsError.self) {
      try Draws(strategies: ["a"], costs: [[1, .nan]], effects: [[1, 2]])
    }
    #expect(throws: DrawsError.notFinite(column: "p", row: 1, value: .infinity)) {
      try Draws(
        strategies: ["a"], costs: [[1, 2]], effects: [[1, 2]],
        parameters: [DrawColumn(name: "p", values: [0, .infinity])])
    }
  }

  @Test func `Strategies have names of their own`() {
    #expect(throws: DrawsError.repeatedName("a")) {
      try Draws(strategies: ["a", "a"], costs: [[1], [2]], effects: [[1], [2]])
    }
  }
}
