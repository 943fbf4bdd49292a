// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SimCore
import Testing

/// Moments of a million draws against theory: means and variances within 5 standard errors.
///
/// The standard errors are the law's own. Which laws a million draws can settle is told from the law, before
/// anything is drawn: `StandardisedMoments`. False alarms: at most 2e-6 for each mean and variance, 1e-3 for all.
@Suite(.serialized, .enabled(if: SlowSuite.isEnabled, SlowSuite.comment))
struct SlowMomentTests {
  struct Law: Sendable, CustomTestStringConvertible {
    let distribution: any Distribution
    let testDescription: String
    let moments: StandardisedMoments?
  }

  static let laws: [Law] = {
    var laws: [(any Distribution, String)] = SlowContinuousTests.laws.map {
      ($0.distribution, $0.testDescription)
    }
    for law in DiscreteReference.laws {
      if let distribution = try? law.distribution() {
        laws.append((distribution, "\(law.family) \(law.parameters)"))
      }
    }
    return laws.map {
      Law(distribution: $0, testDescription: $1, moments: StandardisedMoments($0))
    }
  }()

  @Test(arguments: laws)
  func meanAndVariance(law: Law) {
    guard let moments = law.moments else { return }
    let draws = SlowSample.draws(law.distribution, named: law.testDescription)
    let n = Double(draws.count)
    let (mean, sd) = (law.distribution.mean, law.distribution.variance.squareRoot())
    var (first, second) = (0.0, 0.0)
    for x in draws {
      let z = (x - mean) / sd
      first += z
      second += z * z
    }
    if moments.settleMean {
      let errors = first / n.squareRoot()
      #expect(abs(errors) <= 5, "mean off by \(errors) standard errors")
    }
    if moments.settleVariance {
      // A law on two values with equal weights has a variance without any spread.
      let errors = (second / n - 1) / max((moments.fourth - 1) / n, 1 / (n * n)).squareRoot()
      #expect(abs(errors) <= 5, "variance off by \(errors) standard errors")
    }
  }

  /// Most laws are tried, and every family by one law at least that has a mean and a variance.
  @Test func whatIsTried() {
    #expect(Self.laws.count == SlowContinuousTests.laws.count + DiscreteReference.laws.count)
    var (means, variances) = (0, 0)
    var families: Set<String> = []
    var left: [String] = []
    for law in Self.laws {
      let moments = law.moments
      means += moments?.settleMean == true ? 1 : 0
      variances += moments?.settleVariance == true ? 1 : 0
      if moments?.settleVariance == true {
        families.insert(type(of: law.distribution).family.name)
      } else {
        left.append(law.testDescription)
      }
    }
    print(
      "Moments: \(means) means and \(variances) variances of \(Self.laws.count) laws; not the variance of"
    )
    print(left.joined(separator: "\n"))
    #expect(means >= 260 && variances >= 240)
    for law in Self.laws where law.moments != nil {
      let family = type(of: law.distribution).family.name
      #expect(families.contains(family), "\(family)")
    }
  }
}

/// Absolute moments of z = (x − mean) / sd, from the law's own quantile function.
///
/// ```
/// E g(z) = Σ over both tails of ∫ g(z(p)) dp, p from 1/2 down to 2⁻⁵³, the least that a draw has
/// ```
/// By Edgeworth's expansion a mean of n values is 5 standard errors off about exp(5³γ / 6√n) times as often as a
/// normal one is; with E|z|³ ≤ 0.03 √n that is at most twice. The same for the mean of z² with its own third moment.
struct StandardisedMoments {
  var fourth = 0.0
  private var third = 0.0
  /// E |z² − 1|³.
  private var squares = 0.0

  private static let allowed = 0.03 * Double(SlowSuite.count).squareRoot()
  var settleMean: Bool { third <= Self.allowed }
  var settleVariance: Bool {
    let spread = max(fourth - 1, 1e-6)
    return settleMean && squares / (spread * spread.squareRoot()) <= Self.allowed
  }

  /// Nothing for a law without a mean or a variance.
  init?(_ distribution: any Distribution) {
    let (mean, variance) = (distribution.mean, distribution.variance)
    guard mean.isFinite, variance.isFinite, variance > 0 else { return nil }
    let sd = variance.squareRoot()
    // The midpoint rule over t with p = exp(−t) / 2.
    let panels = 4_000
    let step = 52 * log(2.0) / Double(panels)
    for i in 0..<panels {
      let p = exp(-(Double(i) + 0.5) * step) / 2
      for side in [TailProbability.Side.lower, .upper] {
        let z = abs(distribution.quantile(TailProbability(p, side: side)) - mean) / sd
        third += p * step * z * z * z
        fourth += p * step * z * z * z * z
        squares += p * step * pow(abs(z * z - 1), 3)
      }
    }
  }
}
