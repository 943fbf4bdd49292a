// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Monte Carlo standard error of a standard deviation.
///
/// ```
/// √((m4 − s⁴) / n) / (2 s)        m4 = Σ (x − mean)⁴ / n
/// ```
/// Source: delta method on the variance; Kenney and Keeping (1951), Mathematics of Statistics, part 2,
/// section 7.12.
struct SpreadError {
  private let mean: Double
  private let sd: Double
  private var lanes = SIMD4<Double>.zero
  private var count = 0

  /// - Parameter moments: of all values; `nil` below two.
  init?(_ moments: Moments) {
    guard let sd = moments.standardDeviation else { return nil }
    self.sd = sd
    mean = moments.mean
  }

  /// - Precondition: the length of all blocks but the last is a multiple of four.
  mutating func add(block values: UnsafeBufferPointer<Double>) {
    count += values.count
    if sd == 0 { return }
    let whole = values.count & ~3
    let scale = 1 / sd
    var i = 0
    // In units of sd, so that no fourth power overflows.
    while i < whole {
      let x = SIMD4(values[i], values[i + 1], values[i + 2], values[i + 3])
      let z = (x - mean) * scale
      lanes += (z * z) * (z * z)
      i += 4
    }
    while i < values.count {
      let z = (values[i] - mean) * scale
      lanes[i & 3] += (z * z) * (z * z)
      i += 1
    }
  }

  var value: Double {
    if sd == 0 { return 0 }
    let n = Double(count)
    return sd * (max(0, lanes.sum() / n - 1) / n).squareRoot() / 2
  }
}
