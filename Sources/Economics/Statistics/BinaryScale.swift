// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A power of two that brings numbers to about 1, so that their squares and fourth powers neither overflow nor
/// vanish.
///
/// Numerics: a product with it is exact, and what is computed from such products has the digits that the
/// numbers themselves would give.
struct BinaryScale {
  /// Multiply by it.
  let down: Double
  /// Multiply by it to return.
  let up: Double

  /// - Parameter largest: size of the largest number, 0 or above; 1 is taken for 0.
  init(_ largest: Double) {
    let exponent = largest > 0 && largest.isFinite ? Int(largest.exponent) : 0
    let bounded = min(max(exponent, -1000), 1000)
    down = Double(sign: .plus, exponent: -bounded, significand: 1)
    up = Double(sign: .plus, exponent: bounded, significand: 1)
  }

  init(_ values: [Double]) {
    var largest = 0.0
    for value in values { largest = max(largest, abs(value)) }
    self.init(largest)
  }
}
