// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The table of continuous families in docs/accuracy.md: printed by `make test-slow`.
@Suite(.serialized, .enabled(if: SlowSuite.isEnabled, SlowSuite.comment))
struct SlowContinuousAccuracyTable {
  /// Largest errors of one family, or of the truncated laws.
  private struct Worst {
    var laws: Set<String> = []
    var points = 0
    /// Relative, in the smaller tail.
    var tail = 0.0
    var density = 0.0
    /// Of draws: in probability, and relative to the smaller tail; 0 for a value within four doubles of the
    /// reference's.
    var draw = 0.0
    var relative = 0.0
  }

  /// Families whose members DESIGN allows 1e-9 in probability: large shapes of gamma and beta.
  private static let large: Set = ["beta", "gamma"]

  @Test func table() throws {
    var families: [String: Worst] = [:]
    for law in FamilyReference.laws {
      let distribution = try law.distribution()
      let name = law.isTruncated ? "truncated laws" : law.family
      for row in try #require(FamilyReference.rows[law]) {
        let draw = FamilyReference.draw(distribution, row.k << 12)
        Self.add(
          to: &families[name, default: Worst()], distribution, law.testDescription, draw,
          (row.quantile, row.density, row.below, row.above, row.target.probability))
      }
    }
    for law in QuantileReference.laws {
      let distribution = try law.distribution()
      for row in try #require(QuantileReference.rows[law]) {
        let draw = FamilyReference.draw(distribution, row.k << 12)
        Self.add(
          to: &families[law.family, default: Worst()], distribution, "\(law)", draw,
          (row.quantile, row.density, row.below, row.above, row.p))
      }
    }
    var lines = [
      "| family | laws | points | tail | density | draw | draw, relative |",
      "|---|---|---|---|---|---|---|",
    ]
    for (name, worst) in families.sorted(by: { $0.key < $1.key }) {
      let short = SlowDiscreteAccuracyTable.short
      lines.append(
        "| \(name) | \(worst.laws.count) | \(worst.points) | \(short(worst.tail)) "
          + "| \(short(worst.density)) | \(short(worst.draw)) | \(short(worst.relative)) |")
      #expect(worst.laws.count >= 6, "\(name)")
      #expect(worst.points >= 50 * worst.laws.count, "\(name)")
      let allowed = Self.large.contains(name) ? 1e-9 : 1e-11
      #expect(worst.tail <= allowed && worst.density <= allowed, "\(name)")
      #expect(worst.draw <= 10 * allowed && worst.relative <= 1e-7, "\(name)")
    }
    print(lines.joined(separator: "\n"))
    let listed = Set(families.keys).union(DiscreteReference.laws.map(\.family))
    for family in FamilyRegistry.all where family.name != "constant" {
      #expect(listed.contains(family.name), "\(family.name) has no reference")
    }
  }

  private static func add(
    to worst: inout Worst, _ distribution: any Distribution, _ law: String, _ draw: Double,
    _ row: (x: Double, density: Double, below: Double, above: Double, p: Double)
  ) {
    worst.laws.insert(law)
    worst.points += 1
    // What the last place of x does counts as none of the function's error.
    let rounding = 4 * row.x.ulp * row.density
    func miss(_ found: Double, _ expected: Double) -> Double {
      max(abs(found - expected) - rounding, 0) / expected
    }
    let tail =
      row.below < row.above
      ? miss(distribution.cumulative(row.x), row.below)
      : miss(distribution.survival(row.x), row.above)
    worst.tail = max(worst.tail, tail)
    let density = distribution.density(row.x)
    if density != row.density, density.isFinite, row.density > 0 {
      let slope = max(
        abs(distribution.density(row.x.nextUp) - density),
        abs(distribution.density(row.x.nextDown) - density))
      let off = max(abs(density - row.density) - (slope.isFinite ? 4 * slope : 0), 0)
      worst.density = max(worst.density, off / row.density)
    }
    if abs(draw - row.x) <= 4 * max(draw.ulp, row.x.ulp) { return }
    let error = abs(draw - row.x) * row.density
    worst.draw = max(worst.draw, error)
    worst.relative = max(worst.relative, error / row.p)
  }
}
