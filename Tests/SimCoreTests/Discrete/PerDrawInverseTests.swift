// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Inversion with arguments that differ from draw to draw.
@Suite struct PerDrawInverseTests {
  /// The reference quantiles again, each found from a guess.
  @Test(arguments: DiscreteReference.laws.filter { ["binomial", "poisson"].contains($0.family) })
  func valuesMeetTheReference(law: DiscreteReference.Law) throws {
    let arguments = try law.distribution().parameters.map(\.value)
    // Each draw at 1e9 trials costs a third of a millisecond: every third will do.
    let step = arguments[0] >= 1e9 ? 3 : 1
    for (i, row) in try #require(DiscreteReference.rows[law]).enumerated() where i % step == 0 {
      let word = row.k << 12
      let x =
        law.family == "poisson"
        ? PerDrawInverse.poisson(word: word, mean: arguments[0])
        : PerDrawInverse.binomial(word: word, trials: arguments[0], probability: arguments[1])
      let isRight =
        x == row.quantile
        || row.distanceFromStep(to: x) <= 1e-11 * row.target.probability
      #expect(isRight, "u = \(row.u): \(x), not \(row.quantile)")
    }
  }

  /// Against the family's own quantile, which asks the tail function at every step.
  @Test func valuesAreThoseOfTheFamilies() throws {
    var random = SummaryRandom(state: 11)
    for i in 0..<6000 {
      let word = random.next()
      let tail = TailProbability(cumulative: UniformStream.uniform(word))
      let spread = random.uniform() * 8 - 4
      var mean = 1.0
      for _ in 0..<Int(abs(spread)) { mean *= spread < 0 ? 0.1 : 10 }
      mean *= 1 + 9 * random.uniform()
      if i % 2 == 0 {
        let law = try Poisson(mean: mean)
        #expect(PerDrawInverse.poisson(word: word, mean: mean) == law.quantile(tail), "\(mean)")
      } else {
        let n = (1 + mean).rounded()
        var p = random.uniform()
        if i % 3 == 0 { p = p * p * p * p }
        if i % 5 == 0 { p = 1 - p }
        let law = try Binomial(trials: n, probability: p)
        let x = PerDrawInverse.binomial(word: word, trials: n, probability: p)
        #expect(x == law.quantile(tail), "\(n) \(p) \(tail)")
      }
    }
  }

  @Test func argumentsAtTheirEnds() {
    for word: UInt64 in [0, 1 << 12, 1 << 63, ~0] {
      #expect(PerDrawInverse.binomial(word: word, trials: 0, probability: 0.3) == 0)
      #expect(PerDrawInverse.binomial(word: word, trials: 0, probability: 0) == 0)
      #expect(PerDrawInverse.binomial(word: word, trials: 12, probability: 0) == 0)
      #expect(PerDrawInverse.binomial(word: word, trials: 12, probability: 1) == 12)
      #expect(PerDrawInverse.binomial(word: word, trials: 1e9, probability: 1) == 1e9)
      #expect(PerDrawInverse.poisson(word: word, mean: 0) == 0)
      let least = Double.leastNonzeroMagnitude
      #expect(PerDrawInverse.poisson(word: word, mean: least) == 0)
      #expect(PerDrawInverse.binomial(word: word, trials: 12, probability: least) == 0)
      let most = (1.0).nextDown
      let top = PerDrawInverse.binomial(word: word, trials: 12, probability: most)
      // P(X < 12) is 1.3e-15, above the least uniforms.
      #expect(top == (word < 1 << 15 ? 11 : 12), "\(word): \(top)")
    }
  }

  @Test func argumentsOutsideAreNotANumber() {
    for n in [-1, 2.5, .nan, .infinity, 1e10, -Double.infinity] {
      #expect(PerDrawInverse.binomial(word: 1 << 60, trials: n, probability: 0.3).isNaN)
    }
    for p in [-0.1, 1.1, .nan, .infinity] {
      #expect(PerDrawInverse.binomial(word: 1 << 60, trials: 10, probability: p).isNaN)
      #expect(PerDrawInverse.binomial(word: 1 << 60, trials: 0, probability: p).isNaN)
    }
    for mean in [-1, .nan, .infinity, 1e10] {
      #expect(PerDrawInverse.poisson(word: 1 << 60, mean: mean).isNaN)
    }
  }

  @Test func blocksAreTheSame() {
    let words: [UInt64] = [1 << 20, 1 << 50, 1 << 63, ~0]
    let trials = [10, 0, 2.5, 1000]
    let shares = [0.5, 0.5, 0.5, 0.01]
    let means = [3, 0, -1, 1e4]
    let binomials = [Double](unsafeUninitializedCapacity: 4) { buffer, count in
      PerDrawInverse.fillBinomial(buffer, words: words, trials: trials, probabilities: shares)
      count = 4
    }
    let counts = [Double](unsafeUninitializedCapacity: 4) { buffer, count in
      PerDrawInverse.fillPoisson(buffer, words: words, means: means)
      count = 4
    }
    for i in words.indices {
      let x = PerDrawInverse.binomial(word: words[i], trials: trials[i], probability: shares[i])
      let y = PerDrawInverse.poisson(word: words[i], mean: means[i])
      #expect(binomials[i] == x || (x.isNaN && binomials[i].isNaN && i == 2))
      #expect(counts[i] == y || (y.isNaN && counts[i].isNaN && i == 2))
    }
  }
}
