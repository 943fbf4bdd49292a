// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// "Functions never return NaN for a finite argument", tried where it hurts.
@Suite struct FamilyNastyArgumentTests {
  static func arguments(_ distribution: any Distribution) -> [Double] {
    let largest = Double.greatestFiniteMagnitude
    var arguments: [Double] = [
      0, .leastNonzeroMagnitude, 0x1p-1030, 1e-300, 1e-100, 1e-16, 1e-3, 0.1, 0.5, 1, 2, 10, 100,
      1e3, 1e5, 1e10,
      1e100, 1e200, 1e300, largest, (1.0).nextDown, (1.0).nextUp,
    ]
    arguments += arguments.map { -$0 }
    for p in [1e-300, 1e-100, 1e-16, 0.1, 0.5] {
      for side in [TailProbability.Side.lower, .upper] {
        arguments.append(distribution.quantile(TailProbability(p, side: side)))
      }
    }
    for end in [distribution.support.lower, distribution.support.upper] {
      arguments += [end, end.nextUp, end.nextDown]
    }
    return arguments.filter(\.isFinite).sorted()
  }

  @Test(arguments: FamilyReference.laws)
  func tailsAreProbabilities(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    var last = (cumulative: 0.0, survival: 1.0)
    for x in Self.arguments(distribution) {
      let cumulative = distribution.cumulative(x)
      let survival = distribution.survival(x)
      #expect(cumulative >= 0 && cumulative <= 1, "P(\(x)) = \(cumulative)")
      #expect(survival >= 0 && survival <= 1, "Q(\(x)) = \(survival)")
      #expect(distribution.density(x) >= 0, "density(\(x)) = \(distribution.density(x))")
      #expect(abs(cumulative + survival - 1) <= 1e-12, "P + Q at \(x)")
      #expect(cumulative >= last.cumulative - 1e-12, "P falls at \(x)")
      #expect(survival <= last.survival + 1e-12, "Q rises at \(x)")
      if x < distribution.support.lower || x > distribution.support.upper {
        #expect(distribution.density(x) == 0 && (cumulative == 0 || cumulative == 1), "at \(x)")
      }
      last = (cumulative, survival)
    }
  }

  @Test(arguments: FamilyReference.laws)
  func quantilesLieInsideTheSupportAndRise(law: FamilyReference.Law) throws {
    let distribution = try law.distribution()
    let support = distribution.support
    let small: [Double] = [.leastNonzeroMagnitude, 1e-300, 1e-100, 0x1p-53, 1e-6, 0.3, 0.5]
    let large = small.dropLast().reversed()
    var last = -Double.infinity
    let tails =
      small.map { TailProbability($0, side: .lower) }
      + large.map { TailProbability($0, side: .upper) }
    for tail in tails {
      let x = distribution.quantile(tail)
      #expect(
        x.isFinite && x >= support.innermostLower && x <= support.innermostUpper, "\(x), \(tail)")
      #expect(x >= last, "\(tail)")
      last = x
    }
    // Both sides name the same point.
    for p in [0.25, 0.5, 0.75, 0.9] {
      let lower = distribution.quantile(TailProbability(p, side: .lower))
      let upper = distribution.quantile(TailProbability(1 - p, side: .upper))
      #expect(abs(lower - upper) * distribution.density(lower) <= 1e-12, "p = \(p)")
    }
  }
}
