// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A permutation of 0 ..< count that a stream picks, any element of which can be had by itself.
///
/// Up to 256 elements it is a shuffle: every permutation is as likely. Above, words of b bits, 2^b the
/// power of two at or above `count`, are mixed by eight rounds with keys of their own,
///
/// ```
/// x ← (x + a) mod 2^b      x ← x m mod 2^b, m odd      x ← x ⊕ ⌊x / 2^⌈b/2⌉⌋
/// ```
/// each a bijection, and results beyond `count` are mixed again until they fall within it.
///
/// Source: shuffle: Durstenfeld (1964), doi:10.1145/364520.364540; repetition until the result is in range:
/// Black and Rogaway (2002), doi:10.1007/3-540-45760-7_9.
package struct Permutation {
  private typealias Lanes = SIMD8<UInt32>

  private static let mostShuffled = 256
  private static let rounds = 8

  private let count: UInt32
  private let stream: UniformStream
  private let label: UInt32

  /// - Precondition: `count` is in 1 ..< 2³¹.
  package init(of count: Int, stream: UniformStream, label: UInt32 = 0) {
    precondition(count >= 1 && count < 1 << 31, "a permutation of \(count)")
    self.count = UInt32(count)
    self.stream = stream
    self.label = label
  }

  /// The images of `first ..< first + out.count`; what is beyond the last element is arbitrary, but
  /// below `count`.
  package func fill(_ out: UnsafeMutableBufferPointer<UInt32>, first: Int) {
    if count <= Self.mostShuffled { shuffle(out, first) } else { mix(out, first) }
  }

  /// Words of the stream, from a place that depends on `count`: runs of other lengths are not related.
  private func withWords(_ number: Int, _ body: (UnsafeMutableBufferPointer<UInt64>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: number) { words in
      stream.fill(words, first: Int(count) << 10, label: label)
      body(words)
    }
  }

  private func shuffle(_ out: UnsafeMutableBufferPointer<UInt32>, _ first: Int) {
    let count = Int(count)
    withWords((count + 1) & ~1) { words in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { order in
        for i in 0..<count { order.initializeElement(at: i, to: UInt32(i)) }
        for i in stride(from: count - 1, to: 0, by: -1) {
          order.swapAt(i, Int(words[i].multipliedFullWidth(by: UInt64(i + 1)).high))
        }
        for i in out.indices { out.initializeElement(at: i, to: order[min(first + i, count - 1)]) }
      }
    }
  }

  private func mix(_ out: UnsafeMutableBufferPointer<UInt32>, _ first: Int) {
    let bits = UInt32(32 - (count - 1).leadingZeroBitCount)
    let mask = Lanes(repeating: (1 << bits) - 1)
    let shift = Lanes(repeating: (bits + 1) / 2)
    withWords(Self.rounds) { keys in
      func once(_ x: Lanes) -> Lanes {
        var x = x
        for key in keys {
          x = (x &+ Lanes(repeating: UInt32(truncatingIfNeeded: key))) & mask
          x = (x &* Lanes(repeating: UInt32(truncatingIfNeeded: key >> 32) | 1)) & mask
          x ^= x &>> shift
        }
        return x
      }
      let steps = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
      for start in stride(from: 0, to: out.count, by: Lanes.scalarCount) {
        // An element beyond the last might never come back into range.
        let indices = Lanes(repeating: UInt32(first + start)) &+ steps
        var x = once(indices.replacing(with: 0, where: indices .>= count))
        while any(x .>= count) { x = x.replacing(with: once(x), where: x .>= count) }
        for lane in 0..<min(Lanes.scalarCount, out.count - start) {
          out.initializeElement(at: start + lane, to: x[lane])
        }
      }
    }
  }
}
