// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SimCore
import Testing

/// The law behind components of a Dirichlet against arithmetic with 60 digits: log_gamma.csv.
@Suite struct LogGammaTests {
  private static let rows: [(shape: Double, side: String, numbers: [Double])] = {
    guard let table = try? SummaryReference("log_gamma.csv") else { return [] }
    return table.rows.map { cells in
      (Double(cells[0]) ?? .nan, cells[1], cells[2...].compactMap { Double($0) })
    }
  }()

  @Test func theLawIsTheReferences() throws {
    #expect(Self.rows.count == 9 * 51)
    for (shape, side, numbers) in Self.rows where side != "moments" {
      let law = try LogGamma(shape: shape)
      let (tail, x, density, below, above) = (
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
      )
      // What the last place of x does counts as none of the function's error.
      let rounding = 4 * x.ulp * density
      let found = below < above ? law.cumulative(x) : law.survival(x)
      let expected = min(below, above)
      #expect(abs(found - expected) <= 1e-11 * expected + rounding, "shape \(shape), tail \(tail)")
      #expect(
        abs(law.density(x) - density) <= 1e-10 * density + rounding * max(1, shape),
        "shape \(shape), x \(x)")
      let quantile = law.quantile(TailProbability(tail, side: side == "lower" ? .lower : .upper))
      #expect(
        abs(quantile - x) <= 4 * x.ulp || abs(quantile - x) * density <= 1e-11 * tail,
        "shape \(shape), \(side) tail \(tail): \(quantile), not \(x)")
    }
  }

  @Test func momentsAreTheReferences() throws {
    for (shape, side, numbers) in Self.rows where side == "moments" {
      let law = try LogGamma(shape: shape)
      #expect(abs(law.mean - numbers[1]) <= 1e-13 * max(1, abs(numbers[1])), "shape \(shape)")
      #expect(abs(law.variance - numbers[2]) <= 1e-13 * numbers[2], "shape \(shape)")
    }
  }

  /// Draws are quantiles of their uniforms, by the rule for a draw.
  @Test(arguments: [0.001, 0.01, 0.1, 0.5, 1, 2.5, 42.7, 150, 1e4])
  func drawsAreQuantiles(shape: Double) throws {
    let law = try LogGamma(shape: shape)
    let tables = TableStore()
    var random = SummaryRandom(state: 7)
    for _ in 0..<2_000 {
      let word = random.next()
      let u = UniformStream.uniform(word)
      let target = TailProbability(cumulative: u)
      let draw = DrawSource.draw(law, word: word, tables: tables)
      let quantile = law.quantile(target)
      let miss = abs(draw - quantile)
      #expect(
        miss <= 4 * quantile.ulp
          || (miss * law.density(quantile) <= 1e-11
            && miss * law.density(quantile) <= 1e-8 * target.probability),
        "shape \(shape), u \(u): \(draw), not \(quantile)")
    }
  }
}
