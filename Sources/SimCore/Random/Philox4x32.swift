// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The counter-based generator Philox4x32 with 10 rounds: a pure function of counter and key.
///
/// ```
/// (L, R) ← (hi(M·a) ⊕ b ⊕ k, lo(M·a))   ten times, on two pairs of 32-bit words
/// ```
/// Source: Salmon, Moraes, Dror and Shaw (2011), doi:10.1145/2063384.2063405, section 3.3.
public enum Philox4x32 {
  static let multiplier0: UInt64 = 0xD251_1F53
  static let multiplier1: UInt64 = 0xCD9E_8D57
  static let weyl0: UInt32 = 0x9E37_79B9
  static let weyl1: UInt32 = 0xBB67_AE85
  static let rounds = 10

  /// Four words for one counter and key. The reference form; `PhiloxKernel` fills blocks.
  public static func words(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<rounds {
      let product0 = multiplier0 &* UInt64(c[0])
      let product1 = multiplier1 &* UInt64(c[2])
      c = SIMD4(
        UInt32(truncatingIfNeeded: product1 >> 32) ^ c[1] ^ k[0],
        UInt32(truncatingIfNeeded: product1),
        UInt32(truncatingIfNeeded: product0 >> 32) ^ c[3] ^ k[1],
        UInt32(truncatingIfNeeded: product0))
      k = SIMD2(k[0] &+ weyl0, k[1] &+ weyl1)
    }
    return c
  }
}
