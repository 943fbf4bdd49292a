// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// What must hold for every discrete law at every argument.
@Suite struct DiscreteShapeTests {
  @Test(arguments: DiscreteReference.laws)
  func functionsAreSoundEverywhere(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    var arguments: [Double] = [0, 0.5, 1, 2, 2.5, 3, 10, 99.9, 1e3, 1e6, 1e9, 1e12, 1e15, 1e300]
    arguments += arguments.map { -$0 }
    arguments += [distribution.support.lower, distribution.support.upper].filter(\.isFinite)
    arguments += [.greatestFiniteMagnitude, -.greatestFiniteMagnitude]
    for p in [1e-300, 1e-100, 1e-16, 0.1, 0.5] {
      for side in [TailProbability.Side.lower, .upper] {
        let x = distribution.quantile(TailProbability(p, side: side))
        arguments += [x, x.nextUp, x.nextDown, x + 1, x - 1]
      }
    }
    var last = (cumulative: 0.0, survival: 1.0)
    for x in arguments.filter(\.isFinite).sorted() {
      let cumulative = distribution.cumulative(x)
      let survival = distribution.survival(x)
      #expect(cumulative >= 0 && cumulative <= 1, "P(\(x)) = \(cumulative)")
      #expect(survival >= 0 && survival <= 1, "Q(\(x)) = \(survival)")
      #expect(distribution.density(x) >= 0 && distribution.density(x) <= 1)
      #expect(abs(cumulative + survival - 1) <= 1e-12, "P + Q at \(x)")
      #expect(cumulative >= last.cumulative - 1e-12, "P falls at \(x)")
      #expect(survival <= last.survival + 1e-12, "Q rises at \(x)")
      last = (cumulative, survival)
    }
  }

  /// The quantile is the smallest value that reaches its probability, from both sides.
  @Test(arguments: DiscreteReference.laws)
  func quantilesAreTheSmallestThatReach(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    for p in [1e-200, 1e-40, 1e-9, 0.01, 0.3, 0.5, 0.9] {
      let low = distribution.quantile(TailProbability(p, side: .lower))
      #expect(distribution.cumulative(low) >= p)
      #expect(distribution.cumulative(low.nextDown) < p, "\(low) is not the smallest for \(p)")
      let high = distribution.quantile(TailProbability(p, side: .upper))
      #expect(distribution.survival(high) <= p)
      #expect(distribution.survival(high.nextDown) > p, "\(high) is not the smallest for \(p)")
      #expect(distribution.density(low) > 0 && distribution.density(high) > 0)
    }
  }

  /// Masses add up to the tails, around the middle: to what GSL keeps of a beta with shapes of 500.
  @Test(arguments: DiscreteReference.laws.filter { $0.family != "categorical" })
  func massesAddUp(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let start = distribution.quantile(cumulative: 0.3)
    var sum = 0.0
    for step in 1...300 { sum += distribution.density(start + Double(step)) }
    let difference = distribution.cumulative(start + 300) - distribution.cumulative(start)
    #expect(abs(sum - difference) <= 1e-12, "\(sum), not \(difference)")
  }

  @Test func equalLawsShareATable() throws {
    let tables = TableStore()
    _ = DiscreteDraws(try Poisson(mean: 4), tables: tables)
    _ = DiscreteDraws(try Poisson(mean: 4), tables: tables)
    #expect(tables.count == 1)
    _ = DiscreteDraws(try Poisson(mean: 4.5), tables: tables)
    _ = DiscreteDraws(try Poisson(mean: 4).restricted(from: 1, to: nil), tables: tables)
    #expect(tables.count == 3)
  }

  @Test func specialCasesAgree() throws {
    let pairs: [(any Distribution, any Distribution)] = [
      (try Binomial(trials: 1, probability: 0.3), try Bernoulli(probability: 0.3)),
      (try NegativeBinomial(size: 1, probability: 0.2), try Geometric(probability: 0.2)),
      (try Geometric(mean: 4), try Geometric(probability: 0.2)),
      (
        try NegativeBinomial(mean: 3, standardDeviation: 4),
        try NegativeBinomial(mean: 3, size: 9.0 / 13)
      ),
      (
        try DiscreteUniform(low: 1, high: 3),
        try Categorical(values: [3, 1, 2], weights: [2, 2, 2])
      ),
      (
        try Hypergeometric(population: 20, successes: 1, draws: 5), try Bernoulli(probability: 0.25)
      ),
    ]
    for (left, right) in pairs {
      #expect(abs(left.mean - right.mean) <= 1e-14 * right.mean)
      #expect(abs(left.variance - right.variance) <= 1e-14 * right.variance)
      for k in 0..<30 {
        let x = Double(k)
        #expect(abs(left.density(x) - right.density(x)) <= 1e-14, "\(left.parameters) at \(x)")
        #expect(abs(left.cumulative(x) - right.cumulative(x)) <= 1e-14)
        #expect(abs(left.survival(x) - right.survival(x)) <= 1e-14)
      }
    }
  }
}
