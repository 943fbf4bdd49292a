// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One dimension of the Sobol' sequence.
///
/// ```
/// v_k = a₁ v_{k−1} ⊕ … ⊕ a_{s−1} v_{k−s+1} ⊕ v_{k−s} ⊕ ⌊v_{k−s} / 2^s⌋      point j = ⊕ v_k over the bits of j
/// ```
/// Points are in the order of their plain numbers, not of the Gray code: the first 2^m are the same set.
///
/// Source: Bratley and Fox (1988), doi:10.1145/42288.214372; numbers of Joe and Kuo (2008),
/// doi:10.1137/070709359, set D(6).
package struct SobolDirections: Sendable, Hashable {
  static let digits = 32
  /// v₁ ⊕ … ⊕ v_k, digits in reverse order: what changes from point j to j + 1 where j ends in k − 1 ones.
  private let steps: [UInt32]

  /// - Precondition: `dimension`, from 0, is below `JoeKuoNumbers.dimensionCount`.
  package init(dimension: Int) {
    let (coefficients, initial) = JoeKuoNumbers.polynomial(dimension: dimension)
    let degree = initial.count
    var v = initial.enumerated().map { UInt32($1) << UInt32(Self.digits - 1 - $0) }
    for k in degree..<Self.digits {
      var next = v[k - degree] ^ (v[k - degree] >> UInt32(degree))
      for i in 1..<max(degree, 1) where coefficients >> UInt32(degree - 1 - i) & 1 == 1 {
        next ^= v[k - i]
      }
      v.append(next)
    }
    var sum: UInt32 = 0
    steps = v.map { direction in
      sum ^= UInt32(truncatingIfNeeded: OwenScramble.reversed(UInt64(direction)) >> 32)
      return sum
    }
  }

  /// Digits of point `index`, the first digit in the lowest bit.
  package func reversedDigits(_ index: UInt32) -> UInt32 {
    var digits: UInt32 = 0
    for k in 0..<Self.digits where index >> UInt32(k) & 1 == 1 {
      digits ^= steps[k] ^ (k == 0 ? 0 : steps[k - 1])
    }
    return digits
  }

  /// Digits of the points from `first` on.
  package func fill(_ out: UnsafeMutableBufferPointer<UInt32>, first: UInt32) {
    var digits = reversedDigits(first)
    for i in 0..<out.count {
      out.initializeElement(at: i, to: digits)
      digits ^= steps[(first &+ UInt32(i) &+ 1).trailingZeroBitCount & 31]
    }
  }
}
