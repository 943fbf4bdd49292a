// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct QuantileSolverTests {
  /// The error rule of DESIGN section 3, ten times, against a reference value. Errors in x count in
  /// probability, by the density. A value that is the reference or its neighbour is right.
  static func excess(_ x: Double, _ row: QuantileReference.Row, isLarge: Bool) -> Double {
    if x == row.quantile || x == row.quantile.nextUp || x == row.quantile.nextDown { return 0 }
    let allowed = isLarge ? 1e-9 : 10 * min(1e-11, 1e-8 * row.p)
    let excess = abs(x - row.quantile) * row.density / allowed
    return excess.isNaN ? .infinity : excess
  }

  @Test(arguments: QuantileReference.laws)
  func theSolverMeetsTheReference(law: QuantileReference.Law) throws {
    let distribution = try law.distribution()
    var worst = 0.0
    for row in try #require(QuantileReference.rows[law]) {
      let x = distribution.quantile(cumulative: row.u)
      let e = Self.excess(x, row, isLarge: false)
      worst = max(worst, e)
    }
    #expect(worst <= 1, "\(worst) of what is allowed")
  }

  /// Both tails name the same point.
  @Test(arguments: QuantileReference.laws)
  func bothSidesAgree(law: QuantileReference.Law) throws {
    let distribution = try law.distribution()
    for p in [0.25, 0.5, 0.75] {
      let lower = distribution.quantile(TailProbability(p, side: .lower))
      let upper = distribution.quantile(TailProbability(1 - p, side: .upper))
      #expect(abs(lower - upper) * distribution.density(lower) <= 1e-12, "p = \(p)")
    }
  }

  @Test func medianAndQuartilesOfSimpleLaws() throws {
    #expect(try Uniform(low: 2, high: 4).quantile(cumulative: 0.25) == 2.5)
    #expect(try Triangular(low: 0, mode: 1, high: 2).quantile(cumulative: 0.5) == 1)
    #expect(try Triangular(low: 0, mode: 0, high: 2).quantile(cumulative: 0.75) == 1)
    #expect(try Triangular(low: 0, mode: 2, high: 2).quantile(cumulative: 0.25) == 1)
    #expect(try Constant(7).quantile(cumulative: 0.01) == 7)
    #expect(abs(try Normal(mean: 5, standardDeviation: 2).quantile(cumulative: 0.5) - 5) < 1e-14)
    let z = try Normal(mean: 0, standardDeviation: 1).quantile(cumulative: 0.975)
    #expect(abs(z - 1.959963984540054) <= 4e-16)
  }

  /// Location and scale far from the solver's first guess.
  @Test(arguments: [
    (0.0, 1e150), (0, 1e-300), (1e300, 1), (-1e20, 1), (1e6, 1e-9), (-1e-300, 1e150),
  ])
  func normalsOfAnySize(mean: Double, sd: Double) throws {
    let normal = try Normal(mean: mean, standardDeviation: sd)
    for (p, z) in [(1e-12, -7.034483825301132), (0.025, -1.959963984540054), (0.5, 0)] {
      let lower = normal.quantile(TailProbability(p, side: .lower))
      let upper = normal.quantile(TailProbability(p, side: .upper))
      let slack = 4 * max(abs(mean), 8 * sd).ulp
      #expect(abs(lower - (mean + z * sd)) <= slack, "p = \(p)")
      #expect(abs(upper - (mean - z * sd)) <= slack, "p = \(p)")
    }
  }
}
