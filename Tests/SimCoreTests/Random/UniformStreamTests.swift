// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct UniformStreamTests {
  static let stream = UniformStream(StreamAddress(.draw, name: "stream under test"), seed: 17)

  static func filled(
    _ stream: UniformStream, count: Int, first: Int, label: UInt32 = 0, draw: UInt32 = 0
  ) -> [UInt64] {
    // A guard word on either side shows writes outside the buffer.
    var words = [UInt64](repeating: 0xDEAD, count: count + 2)
    words.withUnsafeMutableBufferPointer { buffer in
      stream.fill(
        UnsafeMutableBufferPointer(rebasing: buffer[1...count]), first: first, label: label,
        draw: draw)
    }
    #expect(words[0] == 0xDEAD && words[count + 1] == 0xDEAD, "\(count) words from \(first)")
    return Array(words[1...count])
  }

  /// Sizes that leave 0, 1, 2 and 3 pairs beyond the last full group of four counters.
  @Test(arguments: [2, 4, 6, 8, 10, 12, 14, 16, 18, 1022, 1024])
  func blocksEqualTheReferenceForm(count: Int) {
    let firsts = [
      0, 2, 6, 1022, 1024, 65_536,
      // The counter of pairs passes 2³² inside the block.
      2 * (1 << 32) - 8, 2 * (1 << 32) - 2, 2 * (1 << 32), 2 * (1 << 32) + 2,
      // The last block that an Int can count.
      Int.max - 1 - 1024,
    ]
    for first in firsts {
      let words = Self.filled(Self.stream, count: count, first: first)
      for i in 0..<count {
        #expect(words[i] == Self.stream.word(iteration: first + i), "\(first) + \(i) of \(count)")
      }
    }
  }

  @Test(arguments: [(0, 1), (1, 0), (3, 7), (~0, 0), (0, ~0), (~0, 5)] as [(UInt32, UInt32)])
  func labelAndDrawReachTheCounter(label: UInt32, draw: UInt32) {
    let words = Self.filled(Self.stream, count: 10, first: 4, label: label, draw: draw)
    for i in 0..<10 {
      #expect(words[i] == Self.stream.word(iteration: 4 + i, label: label, draw: draw))
      #expect(words[i] != Self.stream.word(iteration: 4 + i))
    }
  }

  /// The layout of DESIGN section 3, written out: pairs of iterations share a counter.
  @Test func addressingIsAsStated() {
    for i in [0, 1, 2, 3, 1_000_001, 2 * (1 << 32) + 3] {
      let pair = UInt64(i / 2)
      let w = Philox4x32.words(
        counter: SIMD4(UInt32(pair & 0xFFFF_FFFF), UInt32(pair >> 32), 5, 9),
        key: Self.stream.key)
      let expected =
        i % 2 == 0
        ? UInt64(w[1]) * (1 << 32) + UInt64(w[0]) : UInt64(w[3]) * (1 << 32) + UInt64(w[2])
      #expect(Self.stream.word(iteration: i, label: 5, draw: 9) == expected, "iteration \(i)")
    }
  }

  @Test func anEmptyBufferIsLeftAlone() {
    Self.stream.fill(UnsafeMutableBufferPointer(start: nil, count: 0), first: 0)
  }

  @Test func oddStartsAndSizesAreProgrammerErrors() async {
    await #expect(processExitsWith: .failure) {
      _ = UniformStreamTests.filled(UniformStreamTests.stream, count: 4, first: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = UniformStreamTests.filled(UniformStreamTests.stream, count: 3, first: 0)
    }
  }

  // MARK: Uniforms

  @Test func extremeWordsStayInsideTheUnitInterval() {
    #expect(UniformStream.uniform(0) == 0x1p-53)
    #expect(UniformStream.uniform(~0) == 1 - 0x1p-53)
    #expect(UniformStream.uniform(0xFFF) == 0x1p-53, "the low 12 bits don't count")
    #expect(UniformStream.uniform(1 << 12) == 3 * 0x1p-53)
    #expect(UniformStream.uniform(1 << 63) == 0.5 + 0x1p-53)
  }

  /// u is (2k + 1)/2⁵³, so that k is had back exactly, from u and from 1 − u.
  @Test func theUniformAndItsComplementAreExact() {
    var random = SummaryRandom(state: 1)
    let special: [UInt64] = [0, 1, 2, (1 << 51) - 1, 1 << 51, (1 << 51) + 1, (1 << 52) - 1]
    for k in special + (0..<10_000).map({ _ in random.next() >> 12 }) {
      let u = UniformStream.uniform(k << 12)
      #expect(u > 0 && u < 1)
      #expect(UInt64(u * 0x1p53) == 2 * k + 1)
      #expect(UInt64((1 - u) * 0x1p53) == (1 << 53) - (2 * k + 1))
    }
  }

  /// Words that any implementation of the addressing rule, version 1, must give. A change of these
  /// belongs under Value-breaking in CHANGELOG.md, with a new `StreamAddress.version`.
  @Test func goldenWords() {
    #expect(StreamAddress.version == 1)
    let stream = UniformStream(StreamAddress(.draw, name: "unit cost"), seed: 1)
    #expect(stream.key == SIMD2(635_854_496, 3_248_030_121))
    let words: [UInt64] = [
      5_052_311_643_547_743_094, 6_203_109_922_048_082_663, 9_029_149_436_195_456_218,
      10_763_300_877_390_009_739, 872_789_734_263_969_069, 66_132_138_400_193_535,
    ]
    #expect((0..<6).map { stream.word(iteration: $0) } == words)
    #expect(
      stream.word(iteration: 1 << 40, label: 3, draw: 2) == 13_282_668_359_428_723_008)
  }

  /// Mean and variance of 10⁶ uniforms. False-alarm rate 6e-7 for each of the two (5 MCSE); the seed is
  /// fixed.
  @Test func momentsOfUniforms() {
    let n = 1_000_000
    let words = Self.filled(Self.stream, count: n, first: 0)
    var sum = 0.0
    var squares = 0.0
    for word in words {
      let d = UniformStream.uniform(word) - 0.5
      sum += d
      squares += d * d
    }
    let root = Double(n).squareRoot()
    #expect(abs(sum / Double(n)) < 5 * (1.0 / 12).squareRoot() / root)
    // Variance of (u − ½)²: 1/80 − 1/144 = 1/180.
    #expect(abs(squares / Double(n) - 1.0 / 12) < 5 * (1.0 / 180).squareRoot() / root)
  }
}
