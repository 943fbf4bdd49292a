// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct QuantilePositionTests {
  @Test(arguments: [1, 2, 3, 10, 101, 65_536, 1_000_000_000_000])
  func ends(count: Int) {
    let first = QuantilePosition(0, count: count)
    #expect(first.lowerRank == 0 && first.upperRank == 0 && first.fraction == 0)
    let last = QuantilePosition(1, count: count)
    #expect(last.lowerRank == count - 1 && last.upperRank == count - 1 && last.fraction == 0)
    #expect(last.interpolate(3, 3) == 3)
  }

  /// (n − 1) p is whole in decimals.
  @Test(arguments: [
    (0.95, 21, 19), (0.1, 11, 1), (0.3, 11, 3), (0.7, 11, 7), (0.975, 41, 39), (0.025, 41, 1),
    (0.975, 1_000_000_001, 975_000_000), (0.025, 1_000_000_000_001, 25_000_000_000),
    (0.975, 1_000_000_000_001, 975_000_000_000),
  ])
  func wholePositions(p: Double, count: Int, rank: Int) {
    let position = QuantilePosition(p, count: count)
    #expect(position.lowerRank == rank && position.upperRank == rank && position.fraction == 0)
  }

  @Test func definition() {
    let position = QuantilePosition(0.3, count: 6)
    #expect(position.lowerRank == 1 && position.upperRank == 2 && position.fraction == 0.5)
    #expect(position.interpolate(10, 20) == 15)
  }

  /// For n up to 1e12 the position is that of the decimal to within 2⁻⁵³ of itself.
  @Test func positionOfLargeCounts() {
    var random = SummaryRandom(state: 2)
    for _ in 0..<10_000 {
      let perMille = Int.random(in: 1...999, using: &random)
      let count = Int.random(in: 1...1_000_000_000_000, using: &random)
      let position = QuantilePosition(Double(perMille) / 1000, count: count)
      // h · 1000 in whole numbers.
      let exact = (count - 1) * perMille
      let rest = exact - position.lowerRank * 1000
      let error = (Double(rest) / 1000 - position.fraction).magnitude
      #expect(error <= 3e-16 * Double(exact) / 1000, "\(perMille) of \(count)")
      #expect(position.upperRank < count)
    }
  }

  @Test func interpolationStaysBetween() {
    let huge = Double.greatestFiniteMagnitude
    let pairs = [
      (-huge, huge), (huge, huge), (-huge, -huge), (huge.nextDown, huge),
      (0, .leastNonzeroMagnitude), (-1, 1e300),
      (0.1, 0.1), (0.1, 0.1.nextUp), (-huge, 0), (1, .infinity), (.infinity, .infinity),
      (-.infinity, -.infinity),
    ]
    for (lower, upper) in pairs {
      for count in [2, 3, 4, 11, 1001] {
        for p in [0, 0.025, 0.3, 0.5, 0.95, 0.975, 0.999, 1] {
          let value = QuantilePosition(p, count: count).interpolate(lower, upper)
          #expect(lower <= value && value <= upper, "\(p) between \(lower) and \(upper): \(value)")
        }
      }
    }
    let almostOne = Double(1).nextDown
    var random = SummaryRandom(state: 3)
    for _ in 0..<100_000 {
      let lower = random.skewed()
      let upper = lower + Swift.max(0, random.skewed()) * (random.uniform() < 0.5 ? 1 : 1e-15)
      // Fractions just below 1, and just above 0.
      for p in [almostOne, 1e-17, random.uniform()] {
        let value = QuantilePosition(p, count: 2).interpolate(lower, upper)
        #expect(lower <= value && value <= upper, "\(p) between \(lower) and \(upper): \(value)")
      }
    }
    #expect(QuantilePosition(0.5, count: 2).interpolate(-huge, huge) == 0)
  }

  @Test func outsideTraps() async {
    await #expect(processExitsWith: .failure) { _ = QuantilePosition(1.0.nextUp, count: 5) }
    await #expect(processExitsWith: .failure) { _ = QuantilePosition(.nan, count: 5) }
    await #expect(processExitsWith: .failure) { _ = QuantilePosition(0.5, count: 0) }
  }
}
