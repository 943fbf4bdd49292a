// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct ProportionTests {
  private static func proportion(_ values: [Double]) -> Proportion {
    var result = Proportion()
    values.withUnsafeBufferPointer { result.add(block: $0) }
    return result
  }

  @Test func everyLength() {
    var random = SummaryRandom(state: 61)
    for n in 0...70 {
      let values = (0..<n).map { _ in random.skewed() }
      let result = Self.proportion(values)
      #expect(result.count == n)
      #expect(result.positiveCount == values.filter { $0 > 0 }.count)
    }
  }

  @Test func zeroIsNotPositive() {
    let least = Double.leastNonzeroMagnitude
    let result = Self.proportion([0, -0.0, least, -least, .infinity, -.infinity, 1, -1])
    #expect(result.positiveCount == 3 && result.count == 8)
  }

  @Test func definitions() {
    let result = Proportion(positiveCount: 36, count: 100)
    #expect(result.value == 0.36)
    #expect(((result.monteCarloStandardError ?? .nan) - 0.048).magnitude < 1e-17)
    #expect(Proportion().value == nil && Proportion().monteCarloStandardError == nil)
    #expect(Proportion(positiveCount: 5, count: 5).monteCarloStandardError == 0)
    let large = Proportion(positiveCount: 1, count: 1_000_000_000_000)
    #expect(((large.monteCarloStandardError ?? .nan) / 1e-12 - 1).magnitude < 1e-11)
  }

  @Test func mergingAdds() {
    let merged = Proportion.merge(
      Proportion(positiveCount: 3, count: 7), Proportion(positiveCount: 2, count: 2))
    #expect(merged == Proportion(positiveCount: 5, count: 9))
  }
}
