// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A nested random permutation of binary digits: digit k changes by a rule that the digits before it and
/// the keys decide, so that points that share k digits still share k digits afterwards.
///
/// On words with the digits in reverse order, first digit in the lowest bit, every operation that carries
/// upwards only has that form. Here, with 64-bit keys:
///
/// ```
/// z ← z + k₀      twice: z ← z ⊕ 2 z k,  z ← z (k' | 1)      z ← z + k₅
/// ```
/// For two points with k common digits the later digits of their difference are then as good as
/// independent and uniform, which is what the error of a scrambled net depends on; a test checks it.
///
/// Source: Owen (1995), doi:10.1007/978-1-4612-2552-2_19; hashes as scrambles: Laine and Karras (2011),
/// doi:10.1111/j.1467-8659.2011.01911.x; Burley (2020), Journal of Computer Graphics Techniques 9(4).
/// Theirs have fixed multipliers and 32 bits; keys in place of the multipliers and 64 bits are ours.
package struct OwenScramble: Sendable {
  static let keyCount = 6
  private let keys: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// The scramble that a stream picks.
  package init(_ stream: UniformStream, label: UInt32 = 0) {
    keys = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.keyCount) { words in
      stream.fill(words, first: 0, label: label)
      return (words[0], words[1] << 1, words[2] | 1, words[3] << 1, words[4] | 1, words[5])
    }
  }

  /// The scrambled word, first digit highest, of digits given first digit lowest.
  @inline(__always)
  package func word(reversedDigits digits: UInt64) -> UInt64 {
    var z = digits &+ keys.0
    z ^= z &* keys.1
    z = z &* keys.2
    z ^= z &* keys.3
    z = z &* keys.4
    return Self.reversed(z &+ keys.5)
  }

  /// The bits of a word in reverse order.
  @inline(__always)
  package static func reversed(_ word: UInt64) -> UInt64 {
    var x = word.byteSwapped
    x = (x >> 4 & 0x0F0F_0F0F_0F0F_0F0F) | (x & 0x0F0F_0F0F_0F0F_0F0F) << 4
    x = (x >> 2 & 0x3333_3333_3333_3333) | (x & 0x3333_3333_3333_3333) << 2
    return (x >> 1 & 0x5555_5555_5555_5555) | (x & 0x5555_5555_5555_5555) << 1
  }
}
