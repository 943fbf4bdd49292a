// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// "Functions never return NaN for a finite argument", tried where it hurts.
@Suite struct NastyArgumentTests {
  static let distributions: [any Distribution] = {
    var all: [any Distribution] = [Normal.standard]
    func add(_ make: () throws -> any Distribution) {
      guard let made = try? make() else {
        Issue.record("a distribution of the sweep was refused")
        return
      }
      all.append(made)
    }
    for (mean, sd) in [(0.0, 1e-300), (0, 1e150), (1e300, 1e-300), (-1e6, 1e-3)] {
      add { try Normal(mean: mean, standardDeviation: sd) }
    }
    for (meanLog, sdLog) in [(0.0, 0.25), (0, 1e-9), (300, 1), (-300, 1), (0, 18), (200, 10)] {
      add { try LogNormal(meanLog: meanLog, sdLog: sdLog) }
    }
    for shape in [1e-3, 0.05, 0.5, 1, 2.5, 99.9, 100, 1e3, 1e5, 1e7] {
      for scale in [1, 1e-300, 1e-10, 1e100] { add { try Gamma(shape: shape, scale: scale) } }
    }
    for alpha in [0.01, 0.5, 1, 2, 500, 1e4, 1e6] {
      for beta in [0.01, 0.5, 1, 3, 500, 1e4, 1e6] {
        add { try Beta(alpha: alpha, beta: beta) }
      }
    }
    for (low, mode, high) in [
      (0.0, 1.0, 2.0), (0, 0, 1), (0, 1, 1), (-1e150, 0, 1e150), (1, 1.5, 2), (-1e-300, 0, 1e-300),
    ] {
      add { try PERT(low: low, mode: mode, high: high) }
      add { try Triangular(low: low, mode: mode, high: high) }
      add { try Uniform(low: low, high: high) }
    }
    add { try PERT(low: 0, mode: 1, high: 1, shape: 1000) }
    add { try PERT(low: 0, mode: 0.5, high: 1, shape: 0.01) }
    add { try Constant(3) }
    return all
  }()

  static func hasOrdinaryScale(_ distribution: any Distribution) -> Bool {
    (1e-100...1e50).contains(distribution.standardDeviation)
      && (-1e50...1e50).contains(distribution.mean)
  }

  static func arguments(_ distribution: any Distribution) -> [Double] {
    let least = Double.leastNonzeroMagnitude
    let largest = Double.greatestFiniteMagnitude
    var arguments: [Double] = [
      0, -0.0, least, 256 * least, 1e-300, 1e-100, 1e-16, 1e-3, 0.1, 0.5, 0.9, 1, 2, 10, 100, 1e3,
      1e5, 1e10, 1e100, 1e200, 1e300, largest, (1.0).nextDown, (1.0).nextUp,
    ]
    arguments += arguments.map { -$0 }
    for factor in [0, 1e-3, 1, 3, 10, 40, 1e3, 1e10] {
      arguments.append(distribution.mean + factor * distribution.standardDeviation)
      arguments.append(distribution.mean - factor * distribution.standardDeviation)
    }
    let support = distribution.support
    for end in [support.lower, support.upper] {
      arguments += [end, end.nextUp, end.nextDown]
    }
    return arguments.filter(\.isFinite).sorted()
  }

  @Test func tailsAreProbabilities() {
    for distribution in Self.distributions {
      let name = "\(type(of: distribution).family.name) \(distribution.parameters.map(\.value))"
      var last = (cumulative: 0.0, survival: 1.0)
      for x in Self.arguments(distribution) {
        let cumulative = distribution.cumulative(x)
        let survival = distribution.survival(x)
        let density = distribution.density(x)
        #expect(cumulative >= 0 && cumulative <= 1, "P(\(x)) = \(cumulative), \(name)")
        #expect(survival >= 0 && survival <= 1, "Q(\(x)) = \(survival), \(name)")
        #expect(density >= 0, "density(\(x)) = \(density), \(name)")
        #expect(abs(cumulative + survival - 1) <= 1e-12, "P + Q at \(x), \(name)")
        #expect(cumulative >= last.cumulative - 1e-12, "P falls at \(x), \(name)")
        #expect(survival <= last.survival + 1e-12, "Q rises at \(x), \(name)")
        if x < distribution.support.lower || x > distribution.support.upper {
          #expect(density == 0 && (cumulative == 0 || cumulative == 1), "at \(x), \(name)")
        }
        last = (cumulative, survival)
      }
    }
  }

  @Test func quantilesLieInsideTheSupport() {
    let probabilities = [
      .leastNonzeroMagnitude, 1e-300, 1e-100, 0x1p-53, 1e-6, 0.3, 0.5, 0.7, 1 - 0x1p-53,
    ]
    for distribution in Self.distributions where !(distribution is Constant) {
      let name = "\(type(of: distribution).family.name) \(distribution.parameters.map(\.value))"
      let support = distribution.support
      // Between limits that are neighbouring doubles there is nothing.
      if support.innermostLower > support.innermostUpper { continue }
      for side in [TailProbability.Side.lower, .upper] {
        for p in probabilities {
          let x = distribution.quantile(TailProbability(p, side: side))
          #expect(
            x.isFinite && x >= support.innermostLower && x <= support.innermostUpper,
            "x = \(x) for \(side) \(p), \(name)")
          // The quantile of a tail, put back, or the last double that the support has.
          // Beyond 1e-300, and for scales at the ends of what doubles hold, digits are gone.
          guard p >= 1e-300, Self.hasOrdinaryScale(distribution) else { continue }
          let target = TailProbability(p, side: side)
          #expect(
            AccuracyRule.excess(distribution, at: x, for: target) <= 10,
            "x = \(x) for \(side) \(p), \(name)")
        }
      }
    }
  }

  @Test func momentsAreNumbers() {
    for distribution in Self.distributions {
      let name = "\(type(of: distribution).family.name) \(distribution.parameters.map(\.value))"
      #expect(distribution.mean.isFinite, "\(name)")
      #expect(distribution.variance >= 0 && distribution.variance.isFinite, "\(name)")
      if let mode = distribution.mode { #expect(mode.isFinite, "\(name)") }
    }
  }
}
