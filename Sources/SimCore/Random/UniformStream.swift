// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The stream of 64-bit words, and of uniforms, that belongs to one address and seed.
///
/// ```
/// counter = (low 32 bits of ⌊i/2⌋, high 32 bits, label, draw)
/// w_i     = words 0–1 of the output for even i, words 2–3 for odd i, low word first
/// u_i     = ((w_i >> 12) + 0.5) · 2⁻⁵²
/// ```
/// u and 1 − u are exact and strictly inside (0, 1). Any element can be had without the ones before.
public struct UniformStream: Sendable, Hashable {
  public let key: SIMD2<UInt32>

  public init(_ address: StreamAddress, seed: UInt64) {
    self.key = address.key(seed: seed)
  }

  init(key: SIMD2<UInt32>) { self.key = key }

  /// The word of iteration `iteration` (0-based), the reference form.
  public func word(iteration: Int, label: UInt32 = 0, draw: UInt32 = 0) -> UInt64 {
    let index = UInt64(iteration) >> 1
    let words = Philox4x32.words(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), label, draw),
      key: key)
    return iteration & 1 == 0
      ? UInt64(words[0]) | UInt64(words[1]) << 32
      : UInt64(words[2]) | UInt64(words[3]) << 32
  }

  /// The uniform that a word stands for, in (0, 1).
  ///
  /// Numerics: 2⁵² plus the upper 52 bits, put together as a double, less 2⁵² − ½: exact, and the
  /// same operation for any number of lanes.
  @inlinable
  public static func uniform(_ word: UInt64) -> Double {
    (Double(bitPattern: word >> 12 | 0x4330_0000_0000_0000) - 4503599627370495.5) * 0x1p-52
  }

  /// Words of iterations `first ..< first + words.count`.
  ///
  /// - Precondition: `first` is even, and so is `words.count`.
  public func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32 = 0, draw: UInt32 = 0
  ) {
    fill(words, first: first, label: label, draw: draw, path: .best)
  }

  /// `fill` by a stated form of the kernel.
  package func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32, draw: UInt32,
    path: VectorPath
  ) {
    precondition(first >= 0 && first & 1 == 0 && words.count & 1 == 0)
    PhiloxKernel.fill(
      words, counter: UInt64(first) >> 1, label: label, draw: draw, key: key, path: path)
  }
}
