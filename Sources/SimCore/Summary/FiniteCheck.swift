// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds values that are not numbers.
package enum FiniteCheck {
  /// Index of the first NaN or infinity; `nil` when all values are finite.
  ///
  /// Complexity: O(n), vectorised: x · 0 is 0 for finite x alone.
  package static func firstNonFinite(_ values: UnsafeBufferPointer<Double>) -> Int? {
    var lanes = SIMD4<Double>.zero
    let whole = values.count & ~3
    guard let base = values.baseAddress else { return nil }
    var i = 0
    while i < whole {
      lanes += UnsafeRawPointer(base + i).loadUnaligned(as: SIMD4<Double>.self) * 0
      i += 4
    }
    var sum = lanes.sum()
    while i < values.count {
      sum += base[i] * 0
      i += 1
    }
    return sum == 0 ? nil : values.firstIndex { !$0.isFinite }
  }
}
