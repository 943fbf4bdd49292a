// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Draws of families with closed-form inverses, and of PERT, iteration by iteration.
@Suite struct ClosedFormDrawTests {
  static let count = 4096
  static let uniforms: [Double] = {
    let stream = UniformStream(StreamAddress(.draw, name: "q"), seed: 3)
    return (0..<count).map { UniformStream.uniform(stream.word(iteration: $0)) }
  }()

  static func draws(_ distribution: any Distribution) throws -> [Double] {
    try Draws.of(distribution, named: "q", seed: 3, count: count)
  }

  @Test(arguments: [(0, 1), (-3, 8), (1e6, 1e6 + 1), (-1e-9, 1e9)] as [(Double, Double)])
  func uniform(low: Double, high: Double) throws {
    for (x, u) in zip(try Self.draws(Uniform(low: low, high: high)), Self.uniforms) {
      let exact = low + (high - low) * u
      #expect(abs(x - exact) <= 2 * max(abs(low), abs(high)).ulp)
      #expect(x > low && x < high)
    }
  }

  @Test(arguments: [(0.0, 1.0, 2.0), (0, 0, 1), (0, 1, 1), (-5, 3, 4), (100, 100.5, 1000)])
  func triangular(low: Double, mode: Double, high: Double) throws {
    let distribution = try Triangular(low: low, mode: mode, high: high)
    for (x, u) in zip(try Self.draws(distribution), Self.uniforms) {
      let target = TailProbability(cumulative: u)
      #expect(
        AccuracyRule.excess(distribution, at: x, for: target) <= 1, "\(x) for u = \(u)")
      // The formula of the textbook, solved for x.
      let below = (mode - low) / (high - low)
      let exact =
        u < below
        ? low + (u * (high - low) * (mode - low)).squareRoot()
        : high - ((1 - u) * (high - low) * (high - mode)).squareRoot()
      #expect(abs(x - exact) <= 4 * max(abs(low), abs(high)).ulp)
      #expect(x > low && x < high)
    }
  }

  @Test(arguments: [(0.0, 1.0, 2.0), (0, 0, 1), (0, 1, 1), (2, 6, 12), (0.01, 0.03, 0.05)])
  func pert(low: Double, mode: Double, high: Double) throws {
    let distribution = try PERT(low: low, mode: mode, high: high)
    for (x, u) in zip(try Self.draws(distribution), Self.uniforms) {
      let exact = distribution.quantile(cumulative: u)
      let allowed = 2e-11 / distribution.density(exact) + 8 * max(abs(low), abs(high)).ulp
      #expect(abs(x - exact) <= allowed, "\(x), not \(exact)")
      #expect(x > low && x < high)
    }
  }

  @Test func aConstantIsItself() throws {
    let draws = try Self.draws(Constant(4.25))
    #expect(draws.allSatisfy { $0 == 4.25 })
  }

  /// A narrow support whose only interior double is in the middle.
  @Test func drawsNeverReachTheBounds() throws {
    let high = (1.0).nextUp.nextUp
    for distribution in [
      try Uniform(low: 1, high: high), try Triangular(low: 1, mode: 1, high: high),
      try PERT(low: 1, mode: high, high: high),
    ] as [any Distribution] {
      let draws = try Self.draws(distribution)
      #expect(draws.allSatisfy { $0 == (1.0).nextUp }, "\(type(of: distribution).family.name)")
    }
  }
}
