// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import SimCore

/// Draws for tests, made by the sampling core.
enum TestDraws {
  static func column(
    _ distribution: any Distribution, _ name: String, _ count: Int, seed: UInt64 = 5
  )
    -> [Double]
  {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      DrawSource(distribution, name: name, seed: seed)
        .fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), first: 0)
      filled = count
    }
  }

  /// Incremental net benefit p1 − p2 of `new` against `old` at any willingness to pay: all of it is cost.
  static func twoNormals(_ count: Int, seed: UInt64 = 5) throws -> Draws {
    let p1 = column(try Normal(mean: 1, standardDeviation: 1), "p1", count, seed: seed)
    let p2 = column(try Normal(mean: 0, standardDeviation: 2), "p2", count, seed: seed)
    let zeros = [Double](repeating: 0, count: count)
    return try Draws(
      strategies: ["old", "new"], costs: [zeros, zip(p1, p2).map { $1 - $0 }],
      effects: [zeros, zeros],
      parameters: [DrawColumn(name: "p1", values: p1), DrawColumn(name: "p2", values: p2)])
  }

  /// Three strategies with ties: values on a coarse grid, so that sums are exact.
  static func coarse(_ count: Int, seed: UInt64 = 9) throws -> Draws {
    func grid(_ name: String, _ mean: Double) throws -> [Double] {
      column(try Normal(mean: mean, standardDeviation: 1), name, count, seed: seed)
        .map { ($0 * 2).rounded() / 2 }
    }
    return try Draws(
      strategies: ["a", "b", "c"],
      costs: [try grid("ca", 10), try grid("cb", 12), try grid("cc", 11)],
      effects: [try grid("ea", 3), try grid("eb", 4), try grid("ec", 3.5)])
  }
}
