// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Words of a source, asked for as runs do.
enum Source {
  static func words(
    _ source: UniformSource, _ iterations: Range<Int>, label: UInt32 = 0, draw: UInt32 = 0
  ) -> [UInt64] {
    var words: [UInt64] = []
    for first in stride(from: iterations.lowerBound, to: iterations.upperBound, by: 1024) {
      let count = min(1024, iterations.upperBound - first)
      var block = [UInt64](repeating: 0, count: (count + 1) & ~1)
      block.withUnsafeMutableBufferPointer {
        source.fill($0, first: first, label: label, draw: draw)
      }
      words += block[0..<count]
    }
    return words
  }

  static func latinHypercube(_ name: String, _ iterations: Int, seed: UInt64 = 1) -> UniformSource {
    .latinHypercube(LatinHypercube(name: name, seed: seed, iterations: iterations))
  }

  static func sobol(_ name: String, dimensions: [Int], seed: UInt64 = 1) -> UniformSource {
    .sobol(SobolSource(name: name, seed: seed, dimensions: dimensions))
  }

  /// ⌊u count⌋, exactly.
  static func stratum(_ word: UInt64, of count: Int) -> Int {
    let (high, low) = (2 * (word >> 12) + 1).multipliedFullWidth(by: UInt64(count))
    return Int(high << 11 | low >> 53)
  }

  /// Pearson's χ², less its degrees of freedom, in standard deviations.
  static func excess(_ counts: [Int], expected: Double) -> Double {
    let squares = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) }
    let freedom = Double(counts.count - 1)
    return (squares / expected - freedom) / (2 * freedom).squareRoot()
  }
}
