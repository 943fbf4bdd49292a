// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every function of every family against families.csv.
@Suite struct FamilyAccuracyTests {
  /// Tails at the reference's doubles, relative in the smaller tail. A location makes the argument of
  /// the standard form a rounded difference, which counts by the density.
  @Test(arguments: FamilyReference.laws)
  func tailsMeetTheReference(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    var worst = (lower: 0.0, upper: 0.0)
    for row in try #require(FamilyReference.rows[law]) {
      let rounding = 4 * row.quantile.ulp * row.density
      func error(_ found: Double, _ expected: Double) -> Double {
        let miss = max(abs(found - expected) - rounding, 0)
        return miss / expected
      }
      worst.lower = max(worst.lower, error(distribution.cumulative(row.quantile), row.below))
      worst.upper = max(worst.upper, error(distribution.survival(row.quantile), row.above))
    }
    #expect(worst.lower <= 1e-11 && worst.upper <= 1e-11, "\(worst)")
  }

  @Test(arguments: FamilyReference.laws)
  func densitiesMeetTheReference(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    var worst = 0.0
    for row in try #require(FamilyReference.rows[law]) {
      let density = distribution.density(row.quantile)
      if density == row.density { continue }
      // What one unit in the last place of x does to the density.
      let next = distribution.density(row.quantile.nextUp)
      let last = distribution.density(row.quantile.nextDown)
      let rounding = 4 * max(abs(next - density), abs(last - density))
      let miss = max(abs(density - row.density) - (rounding.isFinite ? rounding : 0), 0)
      worst = max(worst, miss / row.density)
    }
    #expect(worst <= 1e-11, "\(worst)")
  }

  @Test(arguments: FamilyReference.laws)
  func quantilesMeetTheReference(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    var worst = (excess: 0.0, k: UInt64(0))
    for row in try #require(FamilyReference.rows[law]) {
      let x = distribution.quantile(row.target)
      let excess = FamilyReference.excess(x, row, ulps: 2)
      if !(excess <= worst.excess) { worst = (excess, row.k) }
    }
    #expect(worst.excess <= 1, "\(worst)")
  }

  /// Draws from the tables, as runs make them: location and scale cost an ulp each.
  @Test(arguments: FamilyReference.laws)
  func drawsMeetTheReference(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    var worst = (excess: 0.0, k: UInt64(0))
    for row in try #require(FamilyReference.rows[law]) {
      let x = FamilyReference.draw(distribution, row.k << 12)
      let excess = FamilyReference.excess(x, row, ulps: 4)
      if !(excess <= worst.excess) { worst = (excess, row.k) }
    }
    #expect(worst.excess <= 1, "\(worst)")
  }

  @Test(arguments: FamilyReference.laws)
  func drawsLieStrictlyInside(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    let support = distribution.support
    for word: UInt64 in [0, 1 << 12, 1 << 30, (1 << 63) - 1, 1 << 63, ~0 - (1 << 12), ~0] {
      let x = FamilyReference.draw(distribution, word)
      #expect(x > support.lower && x < support.upper && x.isFinite, "\(x)")
    }
    var random = SummaryRandom(state: 3)
    for _ in 0..<2000 {
      let x = FamilyReference.draw(distribution, random.next())
      #expect(x > support.lower && x < support.upper && x.isFinite, "\(x)")
    }
  }

  @Test(arguments: FamilyReference.laws)
  func tablesAreVerifiedAndNearlyComplete(law: FamilyReference.Law) throws {
    let found = try FamilyReference.table(law.distribution(), in: FamilyReference.tables)
    let isClosedForm = ["uniform", "triangular"].contains(law.family)
    if found == nil, isClosedForm { return }
    let table = try #require(found, "no table")
    #expect(table.worstExcess <= 1)
    #expect(
      table.solverProbability <= 1e-6,
      "\(table.solverProbability) left to the solver, \(table.segmentCount) segments")
  }

  /// Members with the same shapes share a table.
  @Test func locationAndScaleShareTables() throws {
    let tables = TableStore()
    func table(_ distribution: any Distribution) throws -> QuantileTable {
      guard let table = FamilyReference.table(distribution, in: tables) else {
        throw DistributionError(found: "no table", expected: "a table")
      }
      return table
    }
    let first = try table(Weibull(shape: 2, scale: 1))
    #expect(try table(Weibull(shape: 2, scale: 30)) === first)
    #expect(try table(Rayleigh(scale: 7)) === first)
    #expect(try table(Weibull(shape: 3, scale: 1)) !== first)
    #expect(
      try table(StudentT(degreesOfFreedom: 3))
        === table(StudentT(degreesOfFreedom: 3, location: 5, scale: 2)))
    #expect(try table(ChiSquare(degreesOfFreedom: 5)) === table(Gamma(shape: 2.5, scale: 9)))
    #expect(try table(Pareto(low: 1, shape: 3)) === table(Pareto(low: 70, shape: 3)))
    #expect(try table(LogUniform(low: 1, high: 8)) === table(LogUniform(low: 2, high: 16)))
    #expect(
      try table(ScaledBeta(alpha: 2, beta: 5, low: -1, high: 1))
        === table(Beta(alpha: 2, beta: 5)))
    // Lognormal and logit-normal are functions of the normal.
    let normalTable = try table(Normal.standard)
    #expect(try table(LogNormal(meanLog: 3, sdLog: 0.7)) === normalTable)
    #expect(try table(LogitNormal(meanLogit: -2, sdLogit: 1.5)) === normalTable)
    // A truncated law is not its base, nor another one of the same limits.
    let normal = try Truncated(Normal.standard, from: 0)
    #expect(try table(normal) !== table(Normal.standard))
    let logistic = try Truncated(Logistic(location: 0, scale: 1), from: 0)
    #expect(try table(normal) !== table(logistic))
    #expect(try table(normal) === table(Truncated(Normal.standard, from: 0)))
  }
}
