// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The first eight draws of a parameter named "golden" with seed 1, for each family and path.
///
/// A change that makes these differ is value-breaking: it belongs under Value-breaking in
/// CHANGELOG.md. Other processors and versions of libm or GSL may differ in the last digits; the
/// comparison allows 1e-12, relatively.
@Suite struct GoldenDrawTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let family: String
    let arguments: [Double]
    let draws: [Double]

    var testDescription: String { "\(family) \(arguments)" }
  }

  static let golden: [Golden] = []

  @Test(arguments: golden)
  func draws(golden: Golden) throws {
    let family = try #require(FamilyRegistry.family(named: golden.family))
    let distribution = try family.parametrisations[0].make(golden.arguments)
    let draws = try Draws.of(distribution, named: "golden", seed: 1, count: 8)
    for (draw, expected) in zip(draws, golden.draws) {
      #expect(abs(draw - expected) <= 1e-12 * abs(expected))
    }
  }
}
