// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Truncation is conditioning: against the plain formulas, and in the cases that have pitfalls.
@Suite struct TruncatedTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let base: any Distribution
    let lower: Double?
    let upper: Double?

    init(_ base: any Distribution, _ lower: Double?, _ upper: Double?) {
      self.base = base
      self.lower = lower
      self.upper = upper
      let name = type(of: base).family.name
      testDescription =
        "\(name) \(base.parameters.map(\.value)) in \(lower.map { "\($0)" } ?? "") … "
        + "\(upper.map { "\($0)" } ?? "")"
    }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    func add(_ lower: Double?, _ upper: Double?, _ make: () throws -> any Distribution) {
      if let made = try? make() {
        cases.append(Case(made, lower, upper))
      } else {
        Issue.record("a base was refused")
      }
    }
    add(-1, 2) { Normal.standard }
    add(0.3, nil) { Normal.standard }
    add(nil, 1.5) { Normal.standard }
    add(1, 9) { try Gamma(shape: 2.5, scale: 2) }
    add(nil, 4) { try Gamma(shape: 0.3, scale: 2) }
    add(0.1, 0.6) { try Beta(alpha: 2, beta: 5) }
    add(0.5, nil) { try LogNormal(meanLog: 0, sdLog: 1) }
    add(3, 5) { try Triangular(low: 2, mode: 4, high: 7) }
    add(3, 11) { try PERT(low: 2, mode: 6, high: 12) }
    add(-2, 30) { try Cauchy(location: 0, scale: 1) }
    add(2, 40) { try Weibull(shape: 0.7, scale: 10) }
    add(nil, 0.2) { try Uniform(low: 0, high: 1) }
    add(50, 90) { try Gompertz(shape: 0.1, rate: 1e-4) }
    add(-1, 1) { try SkewNormal(location: 0, scale: 1, shape: 3) }
    return cases
  }()

  @Test(arguments: cases)
  func agreesWithPlainConditioning(test: Case) throws {
    let law = try Truncated(test.base, from: test.lower, to: test.upper)
    let base = test.base
    let below = test.lower.map(base.cumulative) ?? 0
    let mass = (test.upper.map(base.cumulative) ?? 1) - below
    #expect(abs(law.probability - mass) <= 1e-15 + 1e-13 * mass)
    for i in 1..<50 {
      let u = Double(i) / 50
      let x = base.quantile(cumulative: below + u * mass)
      #expect(abs(law.cumulative(x) - u) <= 1e-12, "at \(x)")
      #expect(abs(law.survival(x) - (1 - u)) <= 1e-12, "at \(x)")
      #expect(abs(law.density(x) - base.density(x) / mass) <= 1e-12 * law.density(x))
      let found = law.quantile(cumulative: u)
      #expect(abs(found - x) * law.density(x) <= 1e-12, "u = \(u)")
    }
    #expect(law.density(law.support.lower.nextDown) == 0)
    #expect(law.cumulative(law.support.lower) == 0 && law.survival(law.support.lower) == 1)
    #expect(law.cumulative(law.support.upper) == 1 && law.survival(law.support.upper) == 0)
  }

  /// No draw sits at a limit more often than chance has it: truncation is not clipping.
  @Test(arguments: cases)
  func drawsAreSpreadNotClipped(test: Case) throws {
    let law = try Truncated(test.base, from: test.lower, to: test.upper)
    var random = SummaryRandom(state: 29)
    let draws = (0..<20_000).map { _ in FamilyReference.draw(law, random.next()) }
    let support = law.support
    #expect(draws.allSatisfy { $0 > support.lower && $0 < support.upper })
    // Kolmogorov's distance; 2.6/√n is exceeded by chance once in 400 000 times.
    let sorted = draws.sorted()
    var distance = 0.0
    for (i, x) in sorted.enumerated() {
      let u = law.cumulative(x)
      distance = max(distance, max(abs(u - Double(i) / 20_000), abs(u - Double(i + 1) / 20_000)))
    }
    #expect(distance <= 2.6 / 20_000.0.squareRoot(), "\(distance)")
  }

  /// Far out the excess over the limit is exponential: P(X > a + t) = exp(−a t − t²/2 …) for a normal.
  @Test(arguments: [8.0, 20, 30, 36])
  func farTailsOfTheNormal(limit: Double) throws {
    let law = try Truncated(Normal.standard, from: limit)
    // Mills: mean excess = 1/a − 2/a³ + 10/a⁵ − …
    let a = limit
    let excess = 1 / a - 2 / (a * a * a) + 10 / (a * a * a * a * a)
    #expect(abs(law.mean - limit - excess) <= 100 / (a * a * a * a * a * a * a))
    for u in [1e-14, 1e-8, 0.3, 0.999] {
      let x = law.quantile(cumulative: u)
      #expect(x > limit && x < limit + 40 / limit)
    }
    let mirror = try Truncated(Normal.standard, to: -limit)
    #expect(abs(mirror.mean + law.mean) <= 1e-12 * law.mean)
    #expect(abs(mirror.variance - law.variance) <= 1e-9 * law.variance)
  }

  @Test func restrictingTwiceIsRestrictingOnce() throws {
    let once = try Truncated(Normal.standard, from: -1, to: 2)
    let twice = try Truncated(
      Truncated(Normal.standard, from: -1, to: 5), from: -3, to: 2)
    #expect(once.support == twice.support && once.parameters == twice.parameters)
    #expect(once.quantile(cumulative: 0.3) == twice.quantile(cumulative: 0.3))
  }

  @Test func limitsOutsideTheSupportChangeNothing() throws {
    let gamma = try Gamma(shape: 2.5, scale: 1)
    let law = try Truncated(gamma, from: -5)
    #expect(law.support == .positive && law.probability == 1)
    #expect(abs(law.mean - gamma.mean) <= 1e-11 && abs(law.variance - gamma.variance) <= 1e-10)
    for u in [1e-12, 0.2, 0.5, 0.9] {
      let x = gamma.quantile(cumulative: u)
      #expect(abs(law.quantile(cumulative: u) - x) <= 1e-14 * x)
    }
  }

  @Test func modesMoveToTheNearerLimit() throws {
    #expect(try Truncated(Normal.standard, from: 1).mode == 1)
    #expect(try Truncated(Normal.standard, to: -1).mode == -1)
    #expect(try Truncated(Normal.standard, from: -1).mode == 0)
    #expect(try Truncated(Gamma(shape: 0.5, scale: 1), from: 1).mode == nil)
  }

  @Test func openHeavyTailsKeepTheirInfiniteMoments() throws {
    let cauchy = try Cauchy(location: 0, scale: 1)
    #expect(try Truncated(cauchy, from: 0).mean == .infinity)
    #expect(try Truncated(cauchy, from: -1, to: 1).mean.magnitude < 1e-15)
    let t = try StudentT(degreesOfFreedom: 2.1)
    #expect(try Truncated(t, from: 1).variance.isFinite)
    let pareto = try Pareto(low: 1, shape: 1.5)
    #expect(abs(try Truncated(pareto, from: 2).mean - 6) <= 1e-9)
    #expect(try Truncated(pareto, from: 2).variance == .infinity)
    #expect(try Truncated(pareto, from: 2, to: 100).variance.isFinite)
  }

  @Test func impossibleLimitsAreRefused() throws {
    let gamma = try Gamma(shape: 2.5, scale: 1)
    for (lower, upper) in [
      (2.0, 2.0), (3, 2), (.nan, 2), (1, .nan), (-.infinity, 2), (1, .infinity), (-5, -1), (-5, 0),
      (800, 900), (2, 2.0.nextUp),
    ] as [(Double, Double)] {
      #expect(throws: DistributionError.self, "\(lower) \(upper)") {
        try Truncated(gamma, from: lower, to: upper)
      }
    }
    #expect(throws: DistributionError.self) { try Truncated(Constant(3), from: 0, to: 5) }
    #expect(throws: DistributionError.self) { try Truncated(Normal.standard, from: 39) }
  }
}
