// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Measuring the speed of draws, and GSL's samplers as its peer.
@Suite struct DrawRateTests {
  @Test func everyFamilyHasATypicalMember() {
    for family in FamilyRegistry.all where family.name != "constant" {
      let member = family.typicalMember
      #expect(member != nil, "\(family.name)")
      if let member { #expect(type(of: member).family.name == family.name) }
    }
    #expect(FamilyRegistry.family(named: "constant")?.typicalMember == nil)
  }

  /// The peer draws the same law: share of draws below the quartiles of ours. Fixed seed; for 20 families
  /// and three quartiles a bound of 5 standard errors fails a right sampler once in 30 000.
  @Test func gslDrawsTheSameLaws() throws {
    let count = 40_000
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    buffer.initialize(repeating: 0)
    defer { buffer.deallocate() }
    var compared: [String] = []
    for family in FamilyRegistry.all {
      guard let member = family.typicalMember, let sampler = GSLSampler(member, seed: 2018) else {
        continue
      }
      compared.append(family.name)
      #expect(sampler.fill(buffer))
      for u in [0.25, 0.5, 0.75] {
        let quantile = member.quantile(cumulative: u)
        let share = Double(buffer.count { $0 <= quantile }) / Double(count)
        let error = (u * (1 - u) / Double(count)).squareRoot()
        #expect(abs(share - u) < 5 * error, "\(family.name) at \(u): \(share)")
      }
    }
    let expected = [
      "normal", "lognormal", "gamma", "beta", "scaled-beta", "uniform", "exponential", "weibull",
      "rayleigh", "pareto", "chi-square", "fisher-f", "student-t", "logistic", "laplace",
      "exponential-power", "cauchy", "gumbel-max", "gumbel-min",
    ]
    #expect(Set(compared).isSuperset(of: expected))
  }

  @Test(arguments: [1, 2])
  func measures(_ workers: Int) throws {
    let rate = DrawRate.measured(
      try Gamma(shape: 5.5, scale: 1.1), workers: workers, draws: 10_001, rounds: 2)
    #expect(rate.workers == workers)
    #expect(rate.drawsPerSecond > 0 && rate.drawsPerSecond.isFinite)
    #expect(rate.drawsPerSecondPerWorker * Double(workers) == rate.drawsPerSecond)
    let gsl = try #require(rate.gslDrawsPerSecond)
    #expect(gsl > 0 && gsl.isFinite)
    #expect(rate.ratio == rate.drawsPerSecond / gsl)
    let without = DrawRate.measured(
      try Triangular(low: 0, mode: 1, high: 3), workers: workers, draws: 100, rounds: 1)
    #expect(without.gslDrawsPerSecond == nil && without.ratio == nil)
  }
}
