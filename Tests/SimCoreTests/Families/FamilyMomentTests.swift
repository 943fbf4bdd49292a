// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SimCore
import Testing

/// Means, variances, modes and fits of the families.
@Suite struct FamilyMomentTests {
  static let expected: [FamilyReference.Law: (mean: Double, variance: Double)] = {
    guard let table = try? SummaryReference("families_moments.csv") else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: table.rows.map { cells in
        (
          FamilyReference.Law(family: cells[0], parameters: cells[1]),
          (Double(cells[2]) ?? .nan, Double(cells[3]) ?? .nan)
        )
      })
  }()

  @Test(arguments: FamilyReference.laws)
  func momentsMeetTheReference(law: FamilyReference.Law) throws {
    guard let expected = Self.expected[law] else {
      #expect(law.family == "truncated:student-t")
      return
    }
    let distribution = try law.distribution()
    let sd = expected.variance.squareRoot()
    // Integrated moments are good to 1e-11; others to rounding.
    if expected.mean.isFinite {
      let scale = max(abs(expected.mean), sd.isFinite ? sd : 0)
      #expect(
        abs(distribution.mean - expected.mean) <= 1e-11 * scale,
        "mean \(distribution.mean), not \(expected.mean)")
    } else {
      #expect(distribution.mean == .infinity)
    }
    if expected.variance.isFinite {
      // A location far from 0 can't be told from a shift of the limits by rounding.
      let slack = 1e-10 * expected.variance + 1e-13 * sd * abs(expected.mean)
      #expect(
        abs(distribution.variance - expected.variance) <= slack,
        "variance \(distribution.variance), not \(expected.variance)")
    } else {
      #expect(distribution.variance == .infinity)
    }
  }

  /// The mean again from the quantiles, by the midpoint rule in u, where both tails are light.
  @Test(arguments: FamilyReference.laws)
  func meansAgreeWithTheQuantiles(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    let sd = distribution.standardDeviation
    guard sd.isFinite, let expected = Self.expected[law], expected.mean.isFinite else { return }
    let top = distribution.quantile(TailProbability(1e-12, side: .upper))
    let bottom = distribution.quantile(TailProbability(1e-12, side: .lower))
    guard top - bottom < 40 * sd else { return }
    let count = 4000
    var sum = 0.0
    for i in 0..<count {
      sum += distribution.quantile(cumulative: (Double(i) + 0.5) / Double(count)) - bottom
    }
    let mean = bottom + sum / Double(count)
    #expect(abs(mean - distribution.mean) <= 2e-3 * sd, "\(mean), not \(distribution.mean)")
  }

  /// No point of a grid over the middle is more likely than the mode.
  @Test(arguments: FamilyReference.laws)
  func nothingIsMoreLikelyThanTheMode(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    guard let mode = distribution.mode else { return }
    #expect(mode >= distribution.support.lower && mode <= distribution.support.upper)
    let peak = distribution.density(mode)
    for i in 1..<400 {
      let x = distribution.quantile(cumulative: Double(i) / 400)
      #expect(distribution.density(x) <= peak * (1 + 1e-9), "\(x) beats \(mode)")
    }
  }

  /// Density is the slope of the cumulative function.
  @Test(arguments: FamilyReference.laws)
  func densityIsTheSlope(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    for u in [0.03, 0.2, 0.37, 0.61, 0.8, 0.97] {
      let low = distribution.quantile(cumulative: u - 1e-4)
      let high = distribution.quantile(cumulative: u + 1e-4)
      let middle = low + (high - low) / 2
      let slope =
        (distribution.cumulative(high) - distribution.cumulative(low)) / (high - low)
      let density = distribution.density(middle)
      // Laws that span many orders of magnitude bend between the two points.
      if high - low < 1e6 * middle.ulp { continue }
      guard high - low < 0.01 * abs(middle) || distribution.support.lower == -.infinity else {
        continue
      }
      #expect(abs(slope - density) <= 1e-3 * density, "at \(middle): \(slope), \(density)")
    }
  }

  // MARK: Fits

  @Test(arguments: [
    (0.4, 0.1), (0.03, 0.01), (0.999, 0.0005), (0.5, 0.49), (0.2, 0.05), (0.97, 0.1),
  ])
  func fittedMembersHaveTheMoments(mean: Double, sd: Double) throws {
    for family in FamilyRegistry.all {
      guard let fromMoments = family.fromMoments else { continue }
      let member = try fromMoments(mean, sd)
      #expect(abs(member.mean - mean) <= 1e-14 * mean, "\(family.name) \(member.mean)")
      #expect(
        abs(member.standardDeviation - sd) <= 1e-11 * sd,
        "\(family.name) \(member.standardDeviation)")
    }
  }

  @Test func otherWaysToGiveAMember() throws {
    #expect(try Exponential(rate: 4).mean == 0.25)
    #expect(try Rayleigh(mean: 3).mean == 3)
    #expect(abs(try HalfNormal(mean: 3).mean - 3) < 1e-14)
    let way = try #require(
      FamilyRegistry.family(named: "weibull")?.parametrisations.first {
        $0.arguments == ["shape", "mean"]
      })
    #expect(abs(try way.make([1.7, 12]).mean - 12) < 1e-13)
    let t = try StudentT(degreesOfFreedom: 5, mean: 2, standardDeviation: 3)
    #expect(t.mean == 2 && abs(t.standardDeviation - 3) < 1e-14)
    let power = try ExponentialPower(mean: 2, standardDeviation: 3, shape: 1.5)
    #expect(power.mean == 2 && abs(power.standardDeviation - 3) < 1e-14)
    let utility = try ScaledBeta(mean: 0.7, standardDeviation: 0.2, low: -0.594, high: 1)
    #expect(abs(utility.mean - 0.7) < 1e-15 && abs(utility.standardDeviation - 0.2) < 1e-15)
    for skewness in [-0.9, -0.2, 0, 0.5, 0.99] {
      let member = try SkewNormal(mean: 1, standardDeviation: 2, skewness: skewness)
      #expect(abs(member.mean - 1) < 1e-13 && abs(member.standardDeviation - 2) < 1e-13)
      let delta = member.shape / (1 + member.shape * member.shape).squareRoot()
      let b = delta * (2 / Double.pi).squareRoot()
      let found = (4 - Double.pi) / 2 * pow(b, 3) / pow(1 - b * b, 1.5)
      #expect(abs(found - skewness) < 1e-12, "\(found)")
    }
  }

  /// Families that are special cases of others.
  @Test func specialCasesAgree() throws {
    let pairs: [(any Distribution, any Distribution)] = [
      (try Weibull(shape: 1, scale: 3), try Exponential(mean: 3)),
      (try GeneralisedGamma(shape: 1, power: 1.7, scale: 3), try Weibull(shape: 1.7, scale: 3)),
      (try GeneralisedGamma(shape: 2.5, power: 1, scale: 3), try Gamma(shape: 2.5, scale: 3)),
      (
        try GeneralisedGamma(shape: 2.5, power: -1, scale: 3),
        try InverseGamma(shape: 2.5, scale: 3)
      ),
      (try GeneralisedGamma(mu: 1, sigma: 0.5, q: 1), try Weibull(shape: 2, scale: exp(1))),
      (
        try GeneralisedGamma(mu: 1, sigma: 0.5, q: 0.5),
        try Gamma(shape: 4, scale: exp(1) / 4)
      ),
      (try StudentT(degreesOfFreedom: 1, location: 2, scale: 3), try Cauchy(location: 2, scale: 3)),
      (try ExponentialPower(location: 2, scale: 3, shape: 1), try Laplace(location: 2, scale: 3)),
      (
        try ExponentialPower(location: 2, scale: 2.0.squareRoot(), shape: 2),
        try Normal(mean: 2, standardDeviation: 1)
      ),
      (try SkewNormal(location: 2, scale: 3, shape: 0), try Normal(mean: 2, standardDeviation: 3)),
      (try ScaledBeta(alpha: 2, beta: 5, low: 0, high: 1), try Beta(alpha: 2, beta: 5)),
      (try HalfNormal(scale: 2), try Truncated(Normal(mean: 0, standardDeviation: 2), from: 0)),
      (try ChiSquare(degreesOfFreedom: 2), try Exponential(mean: 2)),
    ]
    for (left, right) in pairs {
      let name = "\(left.parameters) \(right.parameters)"
      #expect(abs(left.mean - right.mean) <= 1e-12 * abs(right.mean) || left.mean == right.mean)
      for i in 1..<40 {
        let u = Double(i) / 40
        let x = right.quantile(cumulative: u)
        #expect(abs(left.cumulative(x) - u) <= 1e-13, "\(name) at \(x)")
        #expect(abs(left.survival(x) - (1 - u)) <= 1e-13, "\(name) at \(x)")
        #expect(abs(left.density(x) - right.density(x)) <= 1e-12 * right.density(x), "\(name)")
      }
    }
  }
}
