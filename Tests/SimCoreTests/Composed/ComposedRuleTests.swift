// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// What composed laws refuse, how they restrict themselves, and what tells them apart.
@Suite struct ComposedRuleTests {
  private static let normal: any Distribution = Normal.standard

  @Test func badMixturesAreRefused() {
    let normal = Self.normal
    for weights in [[-1.0, 2], [.nan, 1], [.infinity, 1], [0, 0], []] {
      #expect(throws: DistributionError.self, "\(weights)") {
        try Mixture(components: weights.map { ($0, normal) })
      }
    }
  }

  @Test func weightsAreShares() throws {
    let gamma = try Gamma(shape: 2, scale: 1)
    let law = try Mixture(components: [(3, Self.normal), (0, gamma), (1, gamma)])
    #expect(law.components.map(\.weight) == [0.75, 0.25])
    let nested = try Mixture(components: [(1, law), (1, gamma)])
    #expect(nested.components.map(\.weight) == [0.375, 0.125, 0.5])
    let huge = try Mixture(components: [(1.7e308, Self.normal), (1.7e308, gamma)])
    #expect(huge.components.map(\.weight) == [0.5, 0.5])
  }

  @Test func badListsAreRefused() {
    #expect(throws: DistributionError.self) { try Empirical(values: []) }
    #expect(throws: DistributionError.self) { try Empirical(values: [1, .nan]) }
    #expect(throws: DistributionError.self) { try SmoothedEmpirical(values: []) }
    #expect(throws: DistributionError.self) { try SmoothedEmpirical(values: [3, 3]) }
    #expect(throws: DistributionError.self) { try SmoothedEmpirical(values: [3, 4], bandwidth: 0) }
    for (p, v) in [
      ([0.0, 1], [1.0]), ([0.0], [1.0]), ([0.1, 1], [1, 2]), ([0, 0.9], [1, 2]),
      ([0, 0.5, 0.5, 1], [1, 2, 3, 4]), ([0, 0.5, 1], [1, 3, 2]), ([0, 1], [2, 2]),
      ([0, .nan, 1], [1, 2, 3]), ([0, 0.5, 1], [1, .infinity, 3]),
    ] {
      #expect(throws: DistributionError.self, "\(p) \(v)") {
        try PiecewiseLinear(probabilities: p, values: v)
      }
    }
    #expect(throws: DistributionError.self) { try Scaled(Self.normal, by: 0) }
    #expect(throws: DistributionError.self) { try Scaled(Self.normal, by: 1e308, plus: 1) }
    #expect(throws: DistributionError.self) { try Folded(Exponential(mean: 1), about: 0) }
    #expect(throws: DistributionError.self) { try Folded(Empirical(values: [1]), about: 0) }
  }

  /// Against conditioning by hand; a point mass at a limit stays.
  @Test func restrictionsCondition() throws {
    let laws: [any Distribution] = [
      try ComposedReference.zeroInflated(), try ComposedReference.law("mixture bimodal"),
      try ComposedReference.law("lines zero-inflated"), try ComposedReference.law("smoothed rule"),
      try ComposedReference.law("empirical ties"), try ComposedReference.law("metalog above 0"),
      try ComposedReference.law("scaled gamma"),
    ]
    for law in laws {
      let a = law.quantile(cumulative: 0.2)
      let b = law.quantile(cumulative: 0.9)
      let rest = try law.restriction(from: a, to: b)
      let below = law.cumulative(a.nextDown)
      let mass = law.cumulative(b) - below
      #expect(abs(rest.probability - mass) <= 1e-12, "\(type(of: law).family.name)")
      for i in 1..<40 {
        let x = a + (b - a) * Double(i) / 40
        let expected = (law.cumulative(x) - below) / mass
        #expect(abs(rest.law.cumulative(x) - expected) <= 1e-11, "\(type(of: law)) at \(x)")
      }
    }
    let zeros = try ComposedReference.zeroInflated().truncated(from: 0, to: 100)
    #expect(zeros.atoms.first?.value == 0 && zeros.support.attainsLower)
    #expect(zeros.quantile(cumulative: 0.1) == 0)
    let positive = try ComposedReference.zeroInflated().truncated(from: 1, to: nil)
    #expect(positive.atoms.isEmpty && positive.support.lower == 1)
    #expect(throws: DistributionError.self) {
      try ComposedReference.zeroInflated().truncated(from: -5, to: -1)
    }
    #expect(throws: DistributionError.self) {
      try Truncated(ComposedReference.zeroInflated(), to: 9)
    }
    #expect(throws: DistributionError.self) {
      try Empirical(values: [1, 4]).truncated(from: 2, to: 3)
    }
  }

  @Test func scalingsAddUp() throws {
    let twice = try Scaled(Scaled(Self.normal, by: 2, plus: 1), by: -3, plus: 5)
    #expect(twice.scale == -6 && twice.shift == 2)
    #expect(twice.mean == 2 && twice.variance == 36)
    let plain = try Scaled(Normal(mean: 1, standardDeviation: 2), by: 3, plus: 4)
    let same = try Normal(mean: 7, standardDeviation: 6)
    let tables = TableStore()
    for word: UInt64 in [1 << 20, 1 << 45, 1 << 63, UInt64.max - 99] {
      #expect(
        DrawSource.draw(plain, word: word, tables: tables)
          == DrawSource.draw(same, word: word, tables: tables))
    }
  }

  /// Equal data share a table, other data never do.
  @Test func identitiesTellLawsApart() throws {
    let laws = try ComposedReference.laws.map { try ComposedReference.law($0) }
    let again = try ComposedReference.laws.map { try ComposedReference.law($0) }
    let keys = laws.map { [NamedValue(type(of: $0).family.name, 0)] + $0.identity }
    #expect(Set(keys).count == laws.count)
    #expect(keys == again.map { [NamedValue(type(of: $0).family.name, 0)] + $0.identity })
    let a = try SmoothedEmpirical(values: [1, 2, 3, 9], bandwidth: 1)
    let b = try SmoothedEmpirical(values: [1, 2, 4, 9], bandwidth: 1)
    #expect(a.parameters == b.parameters && a.identity != b.identity)
    let tables = TableStore()
    #expect(tables.table(for: a) !== tables.table(for: b))
    #expect(
      tables.table(for: a)
        === tables.table(for: try SmoothedEmpirical(values: [9, 3, 2, 1], bandwidth: 1)))
    let first = try Mixture(components: [(1, a), (1, Self.normal)])
    let second = try Mixture(components: [(1, b), (1, Self.normal)])
    #expect(first.identity != second.identity)
    #expect(try Truncated(a, from: 0).identity != Truncated(b, from: 0).identity)
  }

  @Test func listsOfFamiliesAreComplete() {
    let names = FamilyRegistry.composed.map(\.name)
    #expect(Set(names).count == 8 && Set(names).isDisjoint(with: FamilyRegistry.all.map(\.name)))
    #expect(FamilyRegistry.composed.allSatisfy { !$0.summary.isEmpty && !$0.source.isEmpty })
  }
}
