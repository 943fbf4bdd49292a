// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Draws through tables of cubics: the same bits on every form, as right as the rule asks, and where they are had.
@Suite struct CubicTableTests {
  private static let laws: [any Distribution] = [
    Normal.standard, try! Normal(mean: -3, standardDeviation: 40),
    try! LogNormal(meanLog: 2, sdLog: 0.7), try! LogNormal(meanLog: 0, sdLog: 3),
    try! LogitNormal(meanLogit: -1, sdLogit: 0.8), try! Gamma(shape: 0.01, scale: 1),
    try! Gamma(shape: 0.05, scale: 3), try! Gamma(shape: 0.5, scale: 1),
    try! Gamma(shape: 42.7, scale: 1), try! Gamma(shape: 1e6, scale: 1),
    try! Beta(alpha: 0.5, beta: 0.5), try! Beta(alpha: 0.1, beta: 3),
    try! Beta(alpha: 15, beta: 9985), try! Cauchy(location: 1, scale: 2),
    try! ExponentialPower(location: 0, scale: 1, shape: 1.5),
    try! Truncated(Laplace(location: 0, scale: 1), from: -1, to: 2),
    try! Weibull(shape: 0.3, scale: 2),
    try! Scaled(Gamma(shape: 2.5, scale: 2), by: -1),
  ]

  /// Words of both ends, of both sides of one half, of cells' edges, and drawn at random.
  private static let words: [UInt64] = {
    var words: [UInt64] = [0, .max, 1 << 63, (1 << 63) - 1]
    // Edges of cells from one half outwards, and of the last cell, 2⁻¹⁵ from the end.
    for edge in stride(from: 0, through: 0x7FFF, by: 37) {
      let k = UInt64(edge) << 49
      words += [k, k &+ 0xFFF, k &- 1, ~k, ~k &+ 1]
    }
    let last: UInt64 = 1 << 49
    words += [last - 1, last, last + 0xFFF, ~last, ~last + 1, ~(last - 1)]
    return words + TableAccuracyTests.words(4000, seed: 23)
  }()

  private static func draws(_ law: any Distribution, _ path: VectorPath, _ count: Int)
    -> [UInt64]
  {
    DrawSource.draws(
      law, words: Array(words.prefix(count)), tables: TableAccuracyTests.tables, path: path
    )
    .map(\.bitPattern)
  }

  @Test(arguments: laws.indices)
  func everyFormGivesTheSameBits(index: Int) {
    let law = Self.laws[index]
    for count in [1, 7, 8, 1025, Self.words.count] {
      let portable = Self.draws(law, .portable, count)
      for path in VectorPath.available {
        #expect(Self.draws(law, path, count) == portable, "\(law) \(path) \(count)")
      }
    }
  }

  /// More draws than the vector kernels tell about in one call.
  @Test func manyDrawsAtOnceHaveTheSameBits() throws {
    let words = TableAccuracyTests.words(40_000, seed: 29)
    for law: any Distribution in [Normal.standard, try Gamma(shape: 0.05, scale: 3)] {
      let draws = VectorPath.available.map { path in
        DrawSource.draws(law, words: words, tables: TableAccuracyTests.tables, path: path)
          .map(\.bitPattern)
      }
      for (path, own) in zip(VectorPath.available, draws) {
        #expect(own == draws[0], "\(law) \(path)")
      }
      #expect(!draws[0].contains { Double(bitPattern: $0).isNaN }, "\(law)")
    }
  }

  /// Where doubles are too coarse for the rule, a neighbour of the best one is right too.
  @Test(arguments: laws.indices)
  func everyDrawMeetsTheRule(index: Int) {
    let law = Self.laws[index]
    let draws = Self.draws(law, .best, Self.words.count).map { Double(bitPattern: $0) }
    var worst = (excess: 0.0, word: UInt64(0))
    for (word, draw) in zip(Self.words, draws) {
      let x = law.support.interior(draw)
      let target = TailProbability(cumulative: UniformStream.uniform(word))
      let best = law.quantile(target)
      if best.nextDown <= x && x <= best.nextUp { continue }
      // Location and scale cost a few units in the last place.
      let excess = AccuracyRule.excess(law, at: x, for: target)
      if abs(x - best) > 8 * max(abs(x).ulp, law.quantile(cumulative: 0.5).ulp),
        !(excess <= worst.excess)
      {
        worst = (excess, word)
      }
    }
    #expect(worst.excess <= 1.2, "\(law): \(worst)")
  }

  /// How much of the probability the cubics don't serve. None for laws whose upper tail doubles can't tell from 1.
  @Test func typicalLawsHaveCubics() throws {
    let tables = TableAccuracyTests.tables
    func left(_ law: any Distribution) -> Double? {
      DrawSource.outsideOfCubics(law, tables: tables)
    }
    let ends = 0x1p-14
    #expect(abs((left(Normal.standard) ?? 1) - ends) < 1e-15)
    #expect(abs((left(try LogNormal(meanLog: 2, sdLog: 0.7)) ?? 1) - ends) < 1e-15)
    #expect(abs((left(try Gamma(shape: 42.7, scale: 1)) ?? 1) - ends) < 1e-15)
    #expect(abs((left(try Beta(alpha: 15, beta: 9985)) ?? 1) - ends) < 1e-15)
    for law in Self.laws.dropLast() {
      let share = try #require(left(law), "\(law)")
      #expect(share <= 0.041, "\(law)")
    }
    #expect(left(try Beta(alpha: 0.02, beta: 0.02)) == nil)
    #expect(left(try Triangular(low: 0, mode: 1, high: 2)) == nil, "drawn by a closed form")
  }

  /// A scenario with more laws than one arena has room for.
  @Test func manyTablesShareArenas() throws {
    let tables = TableStore()
    for k in 0..<160 {
      let law = try LogNormal(meanLog: 0, sdLog: 0.1 + 0.01 * Double(k))
      let word = UInt64(1) << 62
      let x = DrawSource.draw(law, word: word, tables: tables)
      let exact = law.quantile(cumulative: UniformStream.uniform(word))
      #expect(abs(x - exact) <= 1e-10 * exact, "\(k)")
    }
  }
}
