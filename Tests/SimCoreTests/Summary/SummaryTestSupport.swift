// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A table of reference numbers beside the tests.
struct SummaryReference {
  let header: [String]
  let rows: [[String]]

  init(_ name: String, testFile: String = #filePath) throws {
    let url = URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .appendingPathComponent("../../References/\(name)").standardizedFileURL
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    let split = lines.map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    header = split.first ?? []
    rows = Array(split.dropFirst())
  }

  /// Rows as dictionaries by column.
  var records: [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

/// A small seeded generator (SplitMix64): the same data in every run.
struct SummaryRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// In (0, 1).
  mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Skewed, with both signs.
  mutating func skewed() -> Double {
    let u = uniform()
    return 1 / u - 3 * uniform() - 1
  }
}
