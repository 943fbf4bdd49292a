// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Samples of 2e5 draws of discrete laws, with fixed seeds.
@Suite struct DiscreteSampleTests {
  static let count = 200_000
  /// One law of each family, and some that are drawn in other ways.
  static let laws = DiscreteReference.laws.filter { law in
    [
      "p=0.3", "n=10.0;p=0.3", "n=10;p=0.3", "n=100000;p=1e-05", "n=1000000000;p=0.37", "mean=3.7",
      "mean=100000.0", "mean=3.0;size=0.5", "mean=1000000.0;size=0.5", "p=0.01", "p=1e-09",
      "population=50;successes=5;draws=10", "min=1;max=6", "min=0;max=1000000000",
      "0.0:0.6;100.0:0.3;2500.5:0.1", "mean=3.0;lower=1;upper=",
    ].contains(law.parameters)
  }

  /// Mean within 5 MCSE, and the variance within 5 of its own, from the sample's fourth moment: a
  /// false-alarm rate of about 6e-7 each.
  @Test(arguments: laws)
  func moments(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let draws = try Draws.of(
      distribution, named: law.testDescription, seed: 3, count: Self.count,
      tables: DiscreteReference.tables)
    let n = Double(Self.count)
    let sd = distribution.standardDeviation
    var (first, second, fourth) = (0.0, 0.0, 0.0)
    for x in draws {
      let d = (x - distribution.mean) / sd
      first += d
      second += d * d
      fourth += d * d * d * d
    }
    #expect(abs(first / n) <= 5 / n.squareRoot(), "mean off by \(first / n.squareRoot()) MCSE")
    let error = ((fourth / n - 1) / n).squareRoot()
    #expect(abs(second / n - 1) <= 5 * error, "variance off by \((second / n - 1) / error) MCSE")
  }

  /// False-alarm rate 1e-6 for each law and side.
  @Test(arguments: laws)
  func chiSquare(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let draws = try Draws.of(
      distribution, named: law.testDescription, seed: 3, count: Self.count,
      tables: DiscreteReference.tables)
    let fit = ChiSquareFit(draws, distribution)
    #expect(fit.probability > 1e-6 && fit.probability < 1 - 1e-6, "\(fit)")
  }

  @Test func allLawsAreThere() { #expect(Self.laws.count == 15) }
}
