// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Draws from the tables, as runs make them, against the reference and against the solver.
@Suite struct TableAccuracyTests {
  /// One store for all tests of this file: each table is built once.
  static let tables = TableStore()

  /// The draw of a distribution for one word, through its table.
  static func draw(_ distribution: any Distribution, _ word: UInt64) -> Double {
    DrawSource.draw(distribution, word: word, tables: tables)
  }

  /// Every draw meets ten times the rule of DESIGN section 3.
  @Test(arguments: QuantileReference.laws)
  func drawsMeetTheReference(law: QuantileReference.Law) throws {
    let distribution = try law.distribution()
    var worst = (excess: 0.0, k: UInt64(0))
    for row in try #require(QuantileReference.rows[law]) {
      let x = Self.draw(distribution, row.k << 12)
      let excess = QuantileSolverTests.excess(x, row, isLarge: law.isLarge)
      if excess > worst.excess { worst = (excess, row.k) }
    }
    #expect(worst.excess <= 1, "\(worst.excess) of what is allowed, at k = \(worst.k)")
  }

  /// The words beside the lowest 12 bits, which are not used, don't matter.
  @Test func unusedBitsOfTheWordAreIgnored() throws {
    let gamma = try Gamma(shape: 2.5, scale: 1)
    var random = SummaryRandom(state: 5)
    for _ in 0..<1000 {
      let word = random.next()
      #expect(Self.draw(gamma, word) == Self.draw(gamma, word & ~0xFFF))
    }
  }

  // MARK: Against the solver, over the range of shapes

  /// Words with all sizes of the smaller tail on both sides.
  static func words(_ count: Int, seed: UInt64) -> [UInt64] {
    var random = SummaryRandom(state: seed)
    return (0..<count).map { i in
      let k = random.next() >> 12
      // Every third word far out: k with a random number of leading zeros, on either side.
      guard i.isMultiple(of: 3) else { return k << 12 }
      let small = k >> (random.next() % 52)
      return (i.isMultiple(of: 2) ? small : (1 << 52) - 1 - small) << 12
    }
  }

  static func compare(_ distribution: any Distribution, seed: UInt64) -> Double {
    var worst = 0.0
    for word in words(600, seed: seed) {
      let x = distribution.support.interior(draw(distribution, word))
      let target = TailProbability(cumulative: UniformStream.uniform(word))
      // Where doubles are too coarse for the rule, a neighbour of the best one is right too.
      let best = distribution.quantile(target)
      if best.nextDown <= x && x <= best.nextUp { continue }
      let excess = AccuracyRule.excess(distribution, at: x, for: target)
      worst = max(worst, excess.isNaN ? .infinity : excess)
    }
    return worst
  }

  /// Between the nodes and the points that the builder checks, the rule itself holds, with half as much
  /// again for the points in between.
  @Test(arguments: [
    0.05, 0.07, 0.1, 0.2, 0.33, 0.5, 0.77, 1, 1.3, 2, 3.7, 10, 33, 99.5, 100, 101, 333, 1e3, 3e3,
    1e4, 1e5, 1e6,
  ])
  func gammaTables(shape: Double) throws {
    let excess = Self.compare(try Gamma(shape: shape, scale: 1), seed: 11)
    #expect(excess <= 1.5, "\(excess)")
  }

  @Test(arguments: [0.1, 0.5, 1, 2.7, 40, 1e3, 1e5], [0.1, 0.9, 3, 97, 2e3, 1e5])
  func betaTables(alpha: Double, beta: Double) throws {
    let excess = Self.compare(try Beta(alpha: alpha, beta: beta), seed: 13)
    #expect(excess <= 1.5, "\(excess)")
  }

  @Test(arguments: [1e-3, 0.05, 0.3, 1, 3, 6])
  func lognormalTables(sdLog: Double) throws {
    let excess = Self.compare(try LogNormal(meanLog: 0, sdLog: sdLog), seed: 17)
    #expect(excess <= 1.5, "\(excess)")
  }

  /// Location and scale cost an ulp or two of the draw, no more.
  @Test func movedAndStretchedLaws() throws {
    let pert = try PERT(low: 2, mode: 6, high: 12)
    let normal = try Normal(mean: -3.5, standardDeviation: 12.25)
    let gamma = try Gamma(shape: 5.5, scale: 1084.6)
    let lognormal = try LogNormal(meanLog: 9.5, sdLog: 1.1)
    for distribution in [pert, normal, gamma, lognormal] as [any Distribution] {
      for word in Self.words(600, seed: 19) {
        let x = Self.draw(distribution, word)
        let exact = distribution.quantile(cumulative: UniformStream.uniform(word))
        let p = min(UniformStream.uniform(word), 1 - UniformStream.uniform(word))
        let slack = 4 * exact.ulp + 4 * distribution.mean.ulp
        let allowed = 2 * min(1e-11, 1e-8 * p) / distribution.density(exact) + slack
        #expect(
          abs(x - exact) <= allowed,
          "\(type(of: distribution).family.name) \(x), not \(exact)")
      }
    }
  }

  // MARK: What the table says about itself

  @Test(arguments: QuantileReference.laws)
  func verifiedAndNearlyComplete(law: QuantileReference.Law) throws {
    let table = try #require(
      FamilyReference.table(law.distribution(), in: Self.tables), "no table")
    #expect(table.worstExcess <= 1)
    #expect(table.solverProbability <= 1e-6, "\(table.solverProbability) left to the solver")
    #expect((3...6).contains(table.cellBits))
  }
}
