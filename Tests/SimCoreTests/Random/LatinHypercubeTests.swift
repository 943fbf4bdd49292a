// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct LatinHypercubeTests {
  /// Every stratum of every replicate has one point, whatever the number of iterations.
  @Test(arguments: [
    1, 2, 15, 16, 17, 33, 100, 1000, 1023, 1024, 1025, 4096, 4111, 4113, 10_001, 70_001,
  ])
  func oneDrawInEachStratum(iterations: Int) {
    let replication = SamplingMethod.latinHypercube.replication
    for label: UInt32 in [0, 7] {
      let words = Source.words(
        Source.latinHypercube("hours", iterations), 0..<iterations, label: label)
      for replicate in 0..<16 {
        let members = words.indices.filter {
          replication?.replicate(ofIteration: $0) == replicate
        }
        #expect(
          members.count == replication?.size(ofReplicate: replicate, iterations: iterations))
        let strata = members.map { Source.stratum(words[$0], of: members.count) }
        #expect(strata.sorted() == Array(members.indices), "replicate \(replicate)")
      }
    }
  }

  /// The strata meet without gap or overlap: their ends are neighbours on the grid.
  @Test(arguments: [1, 2, 3, 7, 62, 1000, 65_537, 62_500_001])
  func strataCoverTheGrid(count: Int) {
    let strata = Strata(count: count)
    #expect(strata.word(stratum: 0, place: 0) >> 12 == 0)
    #expect(strata.word(stratum: UInt64(count - 1), place: .max) >> 12 == (1 << 52) - 1)
    for stratum in Set([0, 1, count / 3, count / 2, count - 2]) where (0..<count).contains(stratum)
    {
      let last = strata.word(stratum: UInt64(stratum), place: .max)
      #expect(Source.stratum(last, of: count) == stratum)
      if stratum + 1 < count {
        #expect(last >> 12 + 1 == strata.word(stratum: UInt64(stratum + 1), place: 0) >> 12)
      }
    }
  }

  /// Any block by itself, as workers ask for it.
  @Test func blocksDoNotDependOnOthers() {
    let source = Source.latinHypercube("hours", 5000)
    let all = Source.words(source, 0..<5000)
    #expect(Source.words(source, 2048..<3072) == Array(all[2048..<3072]))
    #expect(Source.words(source, 4096..<5000) == Array(all[4096...]))
  }

  @Test func otherNamesSeedsLabelsAndLengthsAreOthers() {
    let all = [
      Source.words(Source.latinHypercube("a", 4800), 0..<1024),
      Source.words(Source.latinHypercube("b", 4800), 0..<1024),
      Source.words(Source.latinHypercube("a", 4800, seed: 2), 0..<1024),
      Source.words(Source.latinHypercube("a", 4816), 0..<1024),
      Source.words(Source.latinHypercube("a", 4800), 0..<1024, label: 1),
      Source.words(Source.latinHypercube("a", 4800), 0..<1024, draw: 1),
    ]
    for i in all.indices {
      for j in 0..<i {
        // Two words agree by chance once in 2⁵² / 1024 times.
        #expect(zip(all[i], all[j]).allSatisfy { $0 != $1 }, "\(i) and \(j)")
      }
    }
  }
}

/// Permutations from keys: bijections, and pairs of images as likely as any other.
@Suite struct PermutationTests {
  static func images(of count: Int, key: Int, first: Int, _ number: Int) -> [UInt32] {
    let stream = UniformStream(StreamAddress(.permute, name: "\(key)"), seed: 4)
    var out = [UInt32](repeating: 0, count: number)
    out.withUnsafeMutableBufferPointer {
      Permutation(of: count, stream: stream).fill($0, first: first)
    }
    return out
  }

  @Test(arguments: [1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537])
  func everyElementOnce(count: Int) {
    for key in 0..<3 {
      let images = Self.images(of: count, key: key, first: 0, count)
      #expect(images.sorted() == (0..<UInt32(count)).map { $0 })
      #expect(Self.images(of: count, key: key, first: count / 2, 1) == [images[count / 2]])
    }
  }

  /// Images of two elements in 8 × 8 equal parts, for elements that differ in one low or one high bit.
  ///
  /// 20 000 keys. The limit of 5.5 standard deviations of χ² with 63 degrees of freedom is passed about
  /// 2 times in 100 000 (far tail of χ²); 12 comparisons: false alarm below 3e-4. Seeded.
  @Test(arguments: [16, 256, 1024, 4096])
  func pairsOfImagesAreUniform(count: Int) {
    for (a, b) in [(0, 1), (3, 3 + count / 2), (count / 4, 3 * count / 4 + 1)] {
      var cells = [Int](repeating: 0, count: 64)
      let keys = 20_000
      for key in 0..<keys {
        let x = Int(Self.images(of: count, key: key, first: a, 1)[0]) * 8 / count
        let y = Int(Self.images(of: count, key: key, first: b, 1)[0]) * 8 / count
        cells[8 * x + y] += 1
      }
      // Without replacement the same part is a little less likely.
      let part = count / 8
      let same = Double(keys) / 8 * Double(part - 1) / Double(count - 1)
      let other = Double(keys) / 8 * Double(part) / Double(count - 1)
      let squares = cells.enumerated().reduce(0.0) { sum, cell in
        let expected = cell.offset % 9 == 0 ? same : other
        return sum + (Double(cell.element) - expected) * (Double(cell.element) - expected)
          / expected
      }
      #expect(abs(squares - 63) / 126.0.squareRoot() < 5.5, "elements \(a) and \(b): \(squares)")
    }
  }
}

@Suite struct AntitheticTests {
  /// The second of a pair has 1 − u, exactly; the first has the word that independent draws have.
  @Test func pairsAreMirrored() {
    let stream = UniformStream(StreamAddress(.draw, name: "hours"), seed: 1)
    for draw: UInt32 in [0, 1] {
      let words = Source.words(.antithetic(stream), 0..<3000, label: 2, draw: draw)
      let plain = Source.words(.independent(stream), 0..<3000, label: 2, draw: draw)
      for i in stride(from: 0, to: 3000, by: 2) {
        #expect(words[i] == plain[i])
        #expect(UniformStream.uniform(words[i]) + UniformStream.uniform(words[i + 1]) == 1)
      }
    }
  }
}
