// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds values that are not numbers.
package enum FiniteCheck {
  /// Index of the first NaN or infinity; `nil` when all values are finite.
  ///
  /// Complexity: O(n), vectorised: x · 0 is 0 for finite x alone.
  package static func firstNonFinite(
    _ values: UnsafeBufferPointer<Double>, path: VectorPath = .best
  ) -> Int? {
    guard let base = values.baseAddress else { return nil }
    let (done, isFinite) = VectorKernels.isFinite(base, values.count, path: path)
    var i = done
    var lanes = SIMD16<Double>.zero
    while i + 16 <= values.count {
      lanes += UnsafeRawPointer(base + i).loadUnaligned(as: SIMD16<Double>.self) * 0
      i += 16
    }
    var sum = lanes.sum()
    while i < values.count {
      sum += base[i] * 0
      i += 1
    }
    return isFinite && sum == 0 ? nil : values.firstIndex { !$0.isFinite }
  }
}
