// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Samples of 2e5 draws against their distribution, with fixed seeds.
@Suite struct GoodnessOfFitTests {
  static let count = 200_000

  struct Law: Sendable, CustomTestStringConvertible {
    let distribution: any Distribution
    /// Fourth central moment in units of sd⁴.
    let kurtosis: Double
    var testDescription: String {
      "\(type(of: distribution).family.name) \(distribution.parameters.map(\.value))"
    }
  }

  static let laws: [Law] = {
    var laws: [Law] = []
    func add(kurtosis: Double, _ make: () throws -> any Distribution) {
      if let made = try? make() { laws.append(Law(distribution: made, kurtosis: kurtosis)) }
    }
    add(kurtosis: 3) { try Normal(mean: 0.72, standardDeviation: 0.08) }
    // e^{4s²} + 2e^{3s²} + 3e^{2s²} − 3 with s² = log 1.25 = that power of 1.25.
    add(kurtosis: 2.44140625 + 2 * 1.953125 + 3 * 1.5625 - 3) {
      try LogNormal(mean: 1, standardDeviation: 0.5)
    }
    // 3 + 6/shape.
    add(kurtosis: 3 + 6 / 5.5) { try Gamma(shape: 5.5, scale: 1084.6) }
    add(kurtosis: 3 + 6 / 0.25) { try Gamma(shape: 0.25, scale: 0.008) }
    add(kurtosis: 3 + 6e-5) { try Gamma(shape: 1e5, scale: 1) }
    for (a, b) in [(15.0, 985.0), (0.5, 0.5), (2, 5)] {
      let s = a + b
      let excess =
        6 * ((a - b) * (a - b) * (s + 1) - a * b * (s + 2)) / (a * b * (s + 2) * (s + 3))
      add(kurtosis: 3 + excess) { try Beta(alpha: a, beta: b) }
    }
    add(kurtosis: 1.8) { try Uniform(low: -2, high: 7) }
    add(kurtosis: 2.4) { try Triangular(low: 0, mode: 1, high: 5) }
    // The beta with shapes 2.6 and 3.4.
    let excess = 6 * (0.64 * 7 - 8.84 * 8) / (8.84 * 8 * 9)
    add(kurtosis: 3 + excess) { try PERT(low: 2, mode: 6, high: 12) }
    return laws
  }()

  @Test func allLawsAreThere() { #expect(Self.laws.count == 11) }

  /// Kolmogorov–Smirnov: √n D exceeds 2.7 with a probability of 2 exp(−2 · 2.7²) = 9e-7 for each law.
  @Test(arguments: laws)
  func kolmogorovSmirnov(law: Law) throws {
    let draws = try Draws.of(
      law.distribution, named: law.testDescription, seed: 2, count: Self.count
    ).sorted()
    let n = Double(Self.count)
    var distance = 0.0
    for (i, x) in draws.enumerated() {
      let cumulative = law.distribution.cumulative(x)
      distance = max(distance, cumulative - Double(i) / n, Double(i + 1) / n - cumulative)
    }
    #expect(distance * n.squareRoot() <= 2.7, "\(distance * n.squareRoot())")
    // Too good a fit is as suspicious: below 0.3 with a probability of 2e-6.
    #expect(distance * n.squareRoot() >= 0.3, "\(distance * n.squareRoot())")
  }

  /// Mean and variance within 5 Monte Carlo standard errors: a false-alarm rate of 6e-7 each.
  @Test(arguments: laws)
  func moments(law: Law) throws {
    let draws = try Draws.of(
      law.distribution, named: law.testDescription, seed: 2, count: Self.count)
    let n = Double(Self.count)
    let mean = law.distribution.mean
    let sd = law.distribution.standardDeviation
    var first = 0.0
    var second = 0.0
    for x in draws {
      let d = (x - mean) / sd
      first += d
      second += d * d
    }
    #expect(abs(first / n) <= 5 / n.squareRoot(), "mean off by \(first / n.squareRoot()) MCSE")
    let error = ((law.kurtosis - 1) / n).squareRoot()
    #expect(
      abs(second / n - 1) <= 5 * error, "variance off by \((second / n - 1) / error) MCSE")
  }

  /// Draws of different parameters are unrelated: the correlation is within 5/√n (6e-7 per pair).
  @Test func parametersAreIndependent() throws {
    let normal = try Normal(mean: 0, standardDeviation: 1)
    let columns = try ["a", "b", "c", "aa", "A"].map {
      try Draws.of(normal, named: $0, seed: 2, count: Self.count)
    }
    let shifted = Array(columns[0].dropFirst()) + [columns[0][0]]
    let all = columns + [shifted]
    for i in all.indices {
      for j in all.indices where j > i {
        var sum = 0.0
        for (x, y) in zip(all[i], all[j]) { sum += x * y }
        #expect(abs(sum) <= 5 * Double(Self.count).squareRoot(), "columns \(i) and \(j)")
      }
    }
  }
}
