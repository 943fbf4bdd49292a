// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// 10⁶ draws as a run makes them.
enum SlowSample {
  static func draws(_ distribution: any Distribution, named name: String) -> [Double] {
    let source = DrawSource(distribution, name: name, seed: 20_260_101)
    return [Double](unsafeUninitializedCapacity: SlowSuite.count) { buffer, count in
      source.fill(buffer, first: 0)
      count = SlowSuite.count
    }
  }
}

/// Kolmogorov–Smirnov tests of 10⁶ draws of every continuous family, seed 20260101.
///
/// False alarms: √n D exceeds 2.7 with a probability of 9e-7, and is below 0.3 with 2e-6: 6e-4 for all
/// laws together.
@Suite(.enabled(if: SlowSuite.isEnabled, SlowSuite.comment))
struct SlowContinuousTests {
  struct Law: Sendable, CustomTestStringConvertible {
    let distribution: any Distribution
    let testDescription: String
  }

  /// The laws of families.csv and quantiles.csv, and the families with closed forms.
  static let laws: [Law] = {
    var laws: [Law] = []
    func add(_ name: String, _ make: () throws -> any Distribution) {
      if let made = try? make() { laws.append(Law(distribution: made, testDescription: name)) }
    }
    for law in FamilyReference.laws { add(law.testDescription) { try law.distribution() } }
    for law in QuantileReference.laws { add("\(law)") { try law.distribution() } }
    add("uniform") { try Uniform(low: -2, high: 7) }
    add("triangular") { try Triangular(low: 0, mode: 1, high: 5) }
    add("pert") { try PERT(low: 2, mode: 6, high: 12) }
    return laws
  }()

  @Test func everyContinuousFamilyIsThere() {
    #expect(Self.laws.count == FamilyReference.laws.count + QuantileReference.laws.count + 3)
    let tried = Set(Self.laws.map { type(of: $0.distribution).family.name })
    for family in FamilyRegistry.all where family.name != "constant" {
      let isDiscrete = DiscreteReference.laws.contains { $0.family == family.name }
      #expect(isDiscrete || tried.contains(family.name), "\(family.name)")
    }
  }

  @Test(arguments: laws)
  func kolmogorovSmirnov(law: Law) throws {
    let draws = SlowSample.draws(law.distribution, named: law.testDescription).sorted()
    let n = Double(draws.count)
    let support = law.distribution.support
    var distance = 0.0
    var i = 0
    while i < draws.count {
      // Where doubles are too coarse to tell draws apart, equal ones stand for all up to their
      // neighbours, and the outermost doubles for all beyond them.
      let x = draws[i]
      var end = i + 1
      while end < draws.count, draws[end] == x { end += 1 }
      let isShared = end - i > 1
      let upTo =
        x >= support.innermostUpper ? 1 : law.distribution.cumulative(isShared ? x.nextUp : x)
      let below =
        x <= support.innermostLower
        ? 0 : isShared ? law.distribution.cumulative(x.nextDown) : upTo
      distance = max(distance, Double(end) / n - upTo, below - Double(i) / n)
      i = end
    }
    let scaled = distance * n.squareRoot()
    #expect(scaled <= 2.7 && scaled >= 0.3, "√n D = \(scaled)")
  }
}
