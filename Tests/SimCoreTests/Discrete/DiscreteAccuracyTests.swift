// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every function of every discrete family against discrete.csv.
@Suite struct DiscreteAccuracyTests {
  /// Both tails, each relative to itself in the nearer tail: 1000 times finer than the rule asks for.
  @Test(arguments: DiscreteReference.laws)
  func tailsMeetTheReference(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    var worst = 0.0
    for row in try #require(DiscreteReference.rows[law]) {
      func error(_ found: Double, _ expected: Double) -> Double {
        if found == expected { return 0 }
        let relative = abs(found - expected) / expected
        return relative.isNaN ? .infinity : relative
      }
      worst = max(worst, error(distribution.cumulative(row.quantile), row.below))
      // A survival beside a cumulative near 0 has its digits in the other tail, and so the other way.
      worst = max(worst, error(distribution.survival(row.quantile), row.above))
    }
    #expect(worst <= 1e-11, "\(worst)")
  }

  @Test(arguments: DiscreteReference.laws)
  func massesMeetTheReference(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    var worst = 0.0
    for row in try #require(DiscreteReference.rows[law]) {
      let mass = distribution.density(row.quantile)
      worst = max(worst, mass == row.mass ? 0 : abs(mass - row.mass) / row.mass)
    }
    #expect(worst <= 1e-12, "\(worst)")
  }

  /// Equal, unless u is within 1e-11 of a step, relative to the smaller tail.
  @Test(arguments: DiscreteReference.laws)
  func quantilesMeetTheReference(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    for row in try #require(DiscreteReference.rows[law]) {
      let x = distribution.quantile(row.target)
      let isRight =
        x == row.quantile
        || row.distanceFromStep(to: x) <= 1e-11 * row.target.probability
      #expect(isRight, "u = \(row.u): \(x), not \(row.quantile)")
    }
  }

  /// The draws of a run, from tables: for laws with more whole numbers than a table holds by the rule of
  /// docs/accuracy.md, else as strictly as quantiles.
  @Test(arguments: DiscreteReference.laws)
  func drawsMeetTheReference(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let rows = try #require(DiscreteReference.rows[law])
    let draws = DiscreteDraws(distribution, tables: DiscreteReference.tables)
      .values(words: rows.map { $0.k << 12 })
    var allowed: (Double) -> Double = { 1e-11 * $0 }
    if case .rounded = distribution.discreteForm { allowed = { min(1e-11, 1e-8 * $0) } }
    for (x, row) in zip(draws, rows) where x != row.quantile {
      // Far apart only where many whole numbers share less than the rule allows.
      let tail = distribution.tail(x, row.target.side)
      let p = row.target.probability
      let isNear =
        row.distanceFromStep(to: x) <= allowed(p) || abs(tail - p) <= allowed(p)
      #expect(isNear, "u = \(row.u): \(x), not \(row.quantile)")
    }
  }

  /// Comonotone groups read the table at Φ(score), to the grid of the uniforms.
  @Test(arguments: DiscreteReference.laws)
  func drawsForScoresMeetTheReference(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let rows = try #require(DiscreteReference.rows[law])
    let scores = rows.map { Normal.standard.quantile($0.target) }
    let draws = DiscreteDraws(distribution, tables: DiscreteReference.tables).values(scores: scores)
    for (x, row) in zip(draws, rows) where x != row.quantile {
      let p = row.target.probability
      let tail = distribution.tail(x, row.target.side)
      let allowed = max(1e-11 * p, 0x1p-52)
      let isNear = row.distanceFromStep(to: x) <= allowed || abs(tail - p) <= allowed
      #expect(isNear, "u = \(row.u): \(x), not \(row.quantile)")
    }
  }

  @Test func whichLawsAreRounded() throws {
    let rounded = try DiscreteReference.laws.filter {
      if case .rounded = try $0.distribution().discreteForm { return true }
      return false
    }
    #expect(rounded.count == 5, "\(rounded.map(\.testDescription))")
  }

  static let expected: [DiscreteReference.Law: (mean: Double, variance: Double)] = {
    guard let table = try? SummaryReference("discrete_moments.csv") else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: table.rows.map { cells in
        (
          DiscreteReference.Law(family: cells[0], parameters: cells[1]),
          (Double(cells[2]) ?? .nan, Double(cells[3]) ?? .nan)
        )
      })
  }()

  @Test(arguments: DiscreteReference.laws)
  func momentsMeetTheReference(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let expected = try #require(Self.expected[law])
    #expect(
      abs(distribution.mean - expected.mean) <= 1e-13 * abs(expected.mean),
      "mean \(distribution.mean), not \(expected.mean)")
    #expect(
      abs(distribution.variance - expected.variance) <= 1e-12 * expected.variance,
      "variance \(distribution.variance), not \(expected.variance)")
  }

  /// No value is more likely than the mode, and where there is none, two are as likely.
  @Test(arguments: DiscreteReference.laws)
  func modes(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let rows = try #require(DiscreteReference.rows[law])
    guard let mode = distribution.mode else { return }
    let peak = distribution.density(mode)
    #expect(peak > 0)
    for row in rows where row.quantile != mode {
      #expect(row.mass < peak, "\(row.quantile) beats \(mode)")
    }
  }
}
