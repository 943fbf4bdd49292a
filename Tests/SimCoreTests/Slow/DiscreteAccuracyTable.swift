// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The table of discrete laws in docs/accuracy.md, and the ratios in docs/performance.md: printed by
/// `make test-slow`.
@Suite(.serialized, .enabled(if: SlowSuite.isEnabled, SlowSuite.comment))
struct SlowDiscreteAccuracyTable {
  @Test func table() throws {
    var lines = ["| family | laws | lower tail | upper tail | mass |", "|---|---|---|---|---|"]
    let families = Dictionary(grouping: DiscreteReference.laws, by: \.family)
    for family in families.keys.sorted() {
      let laws = try #require(families[family])
      var worst = (lower: 0.0, upper: 0.0, mass: 0.0)
      for law in laws {
        let distribution = try law.distribution()
        for row in try #require(DiscreteReference.rows[law]) {
          func error(_ found: Double, _ expected: Double) -> Double {
            found == expected ? 0 : abs(found - expected) / expected
          }
          worst.lower = max(worst.lower, error(distribution.cumulative(row.quantile), row.below))
          worst.upper = max(worst.upper, error(distribution.survival(row.quantile), row.above))
          worst.mass = max(worst.mass, error(distribution.density(row.quantile), row.mass))
        }
      }
      lines.append(
        "| \(family) | \(laws.count) | \(Self.short(worst.lower)) | \(Self.short(worst.upper)) "
          + "| \(Self.short(worst.mass)) |")
      #expect(max(worst.lower, worst.upper, worst.mass) <= 1e-11)
    }
    print(lines.joined(separator: "\n"))
  }

  /// Time for a draw as a multiple of the normal's, the least of nine rounds.
  @Test func drawRatios() throws {
    let clock = ContinuousClock()
    func time(_ distribution: any Distribution) -> Double {
      let source = DrawSource(distribution, name: "t", seed: 1)
      var least = Duration.seconds(1000)
      let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: 1 << 18)
      room.initialize(repeating: 0)
      defer { room.deallocate() }
      for _ in 0..<9 { least = min(least, clock.measure { source.fill(room, first: 0) }) }
      return Double(least.components.attoseconds) * 1e-9 / Double(room.count)
    }
    let normal = time(Normal.standard)
    print("normal: \(Self.short(normal)) ns")
    for law in DiscreteReference.laws {
      let ratio = time(try law.distribution()) / normal
      print("\(law.testDescription): \(Self.short(ratio))")
    }
  }

  /// Two significant digits.
  static func short(_ x: Double) -> String {
    if x == 0 { return "0" }
    var exponent = 0
    var scaled = x
    while scaled < 1 {
      scaled *= 10
      exponent -= 1
    }
    while scaled >= 10 {
      scaled /= 10
      exponent += 1
    }
    let digits = (scaled * 10).rounded() / 10
    return exponent == 0
      ? "\(digits)" : exponent == 1 ? "\((digits * 10).rounded())" : "\(digits)e\(exponent)"
  }
}
