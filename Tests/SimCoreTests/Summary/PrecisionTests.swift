// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Half-widths and the iterations they take.
@Suite struct PrecisionTests {
  @Test func scoreIntervalsAreThoseOfR() throws {
    let rows = try SummaryReference("precision.csv").rows
    #expect(rows.count == 25)
    for row in rows {
      let successes = try #require(Double(row[0]))
      let trials = try #require(Double(row[1]))
      let half = try #require(Double(row[2]))
      let share = successes / trials
      let found = Precision.ofShare(
        share, standardError: (share * (1 - share) / trials).squareRoot(),
        iterations: Int(trials), method: .random)
      #expect(abs((found.halfWidth ?? .nan) - half) <= 1e-9 * half + 1e-13, "\(row)")
    }
  }

  @Test func intervalsOfMeansAndPercentiles() throws {
    let mean = Precision.ofMean(standardError: 2, iterations: 100, method: .random)
    #expect(mean.halfWidth == 2 * 1.959963984540054)
    // (3.92 / 0.5)² · 100 = 6146.3…
    #expect(mean.iterationsNeeded(for: 0.5) == 6147)
    #expect(
      Precision.ofMean(standardError: 2, iterations: 100, method: .sobol).halfWidth
        == 2 * 2.131449545559323)
    let percentile = OutputSummary.Percentile(probability: 0.5, value: 3, lower: 2, upper: 5)
    let found = Precision.ofPercentile(percentile, iterations: 1000)
    #expect(found.halfWidth == 1.5)
    #expect(found.iterationsNeeded(for: 3) == 250)
  }

  @Test func whereNothingCanBeSaid() {
    let none = Precision.ofMean(standardError: nil, iterations: 1, method: .random)
    #expect(none.halfWidth == nil && none.iterationsNeeded(for: 1) == nil)
    let open = OutputSummary.Percentile(probability: 0.01, value: 3, lower: nil, upper: 5)
    #expect(Precision.ofPercentile(open, iterations: 100).halfWidth == nil)
    let exact = Precision.ofMean(standardError: 0, iterations: 100, method: .random)
    #expect(exact.halfWidth == 0 && exact.iterationsNeeded(for: 1) == nil)
    let some = Precision.ofMean(standardError: 1, iterations: 100, method: .random)
    #expect(some.iterationsNeeded(for: 0) == nil && some.iterationsNeeded(for: -1) == nil)
    #expect(some.iterationsNeeded(for: .nan) == nil && some.iterationsNeeded(for: 1e-9) == nil)
    // All on one side, or replicates that agree: not known exactly.
    for method in SamplingMethod.allCases {
      let share = Precision.ofShare(1, standardError: 0, iterations: 1000, method: method)
      #expect(abs((share.halfWidth ?? 0) - 3.8414588206941236 / 2 / 1003.8414588206941) < 1e-15)
    }
  }

  /// What a run of 20 000 says is needed gives the half-width that was asked for. An order-statistic interval at
  /// P97.5 of 20 000 is known to about 11 %, of 160 000 to 7 %: 40 % is three errors.
  @Test func theIterationsNeededAreEnough() throws {
    let plan = try MethodErrorTests.plan()
    func run(_ iterations: Int) throws -> OutputSummary {
      try Simulation(
        plan, settings: RunSettings(seed: 2, iterations: iterations, workers: 2)
      ).run().outputs[0]
    }
    let first = try run(20_000)
    let spread = try #require(first.moments.standardDeviation)
    let wanted = 0.01 * spread
    let forMean = try #require(
      Precision.ofMean(
        standardError: first.meanStandardError, iterations: 20_000, method: .random
      ).iterationsNeeded(for: wanted))
    #expect(forMean == 38_415 || forMean == 38_414)
    let longer = try run(forMean)
    let reached = Precision.ofMean(
      standardError: longer.meanStandardError, iterations: forMean, method: .random
    ).halfWidth
    #expect(abs((reached ?? .nan) / wanted - 1) < 0.05)
    let last = first.percentiles.count - 1
    let forPercentile = try #require(
      Precision.ofPercentile(first.percentiles[last], iterations: 20_000)
        .iterationsNeeded(for: wanted))
    let longest = try run(forPercentile)
    let half = Precision.ofPercentile(longest.percentiles[last], iterations: forPercentile)
      .halfWidth
    #expect(abs((half ?? .nan) / wanted - 1) < 0.4, "\(forPercentile)")
  }

  @Test func numbersOfIterationsAtMost() {
    #expect(SamplingMethod.random.iterations(atMost: 1001) == 1001)
    #expect(SamplingMethod.latinHypercube.iterations(atMost: 1001) == 1001)
    #expect(SamplingMethod.antithetic.iterations(atMost: 1001) == 1000)
    #expect(SamplingMethod.sobol.iterations(atMost: 1023) == 512)
    #expect(SamplingMethod.sobol.iterations(atMost: 1024) == 1024)
    #expect(SamplingMethod.sobol.iterations(atMost: 3) == 16)
    for method in SamplingMethod.allCases {
      for count in 16...3000 {
        let most = method.iterations(atMost: count)
        #expect(most <= count && method.iterations(atLeast: most) == most)
      }
    }
  }
}
