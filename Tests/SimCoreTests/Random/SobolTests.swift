// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct SobolTests {
  /// SciPy's unscrambled points, see Tests/References/README.md.
  @Test func pointsEqualTheReference() throws {
    let table = try SummaryReference("sobol.csv")
    #expect(table.rows.count == 2048)
    var known: [Int: SobolDirections] = [:]
    for row in table.rows {
      let numbers = row.compactMap { UInt32($0) }
      try #require(numbers.count == 3)
      let dimension = Int(numbers[0]) - 1
      let directions = known[dimension] ?? SobolDirections(dimension: dimension)
      known[dimension] = directions
      let digits = OwenScramble.reversed(UInt64(directions.reversedDigits(numbers[1]))) >> 32
      #expect(digits == UInt64(numbers[2]), "\(row)")
    }
  }

  @Test func pointsInARowEqualSinglePoints() {
    let directions = SobolDirections(dimension: 77)
    for first: UInt32 in [0, 1, 64, 1023, 0xFFFF_FFF0] {
      var row = [UInt32](repeating: 0, count: 16)
      row.withUnsafeMutableBufferPointer { directions.fill($0, first: first) }
      #expect(row == (0..<16).map { directions.reversedDigits(first + $0) })
    }
  }

  /// How many points fall in each elementary interval with sides 2^−digits[k], sorted.
  static func counts(_ columns: [[UInt64]], _ digits: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << digits.reduce(0, +))
    for i in columns[0].indices {
      var cell = 0
      for (column, d) in zip(columns, digits) {
        cell = cell << d | (d == 0 ? 0 : Int(column[i] >> UInt64(64 - d)))
      }
      counts[cell] += 1
    }
    return counts.sorted()
  }

  /// The scrambled points of every replicate are the net that the plain ones are: each elementary interval
  /// holds as many points, up to the order of intervals. In the first two dimensions that is one each.
  @Test func scramblingKeepsTheNet() {
    let m = 8
    for dimensions in [[0, 1], [0, 1, 2], [4, 17, 1023], [300, 301]] {
      let plain = dimensions.map { dimension in
        let directions = SobolDirections(dimension: dimension)
        return (0..<UInt32(1 << m)).map {
          OwenScramble.reversed(UInt64(directions.reversedDigits($0)))
        }
      }
      let scrambled = dimensions.map { dimension in
        Source.words(Source.sobol("d\(dimension)", dimensions: [dimension]), 0..<16 << m)
      }
      for replicate in [0, 1, 15] {
        let columns = scrambled.map { column in
          stride(from: replicate, to: column.count, by: 16).map { column[$0] }
        }
        for first in 0...m {
          for second in 0...(m - first) {
            let digits =
              dimensions.count == 2 ? [first, m - first] : [first, second, m - first - second]
            let counts = Self.counts(columns, digits)
            #expect(counts == Self.counts(plain, digits), "\(dimensions), \(digits)")
            if dimensions == [0, 1] { #expect(counts.allSatisfy { $0 == 1 }) }
          }
        }
      }
    }
  }

  /// Two points with k common digits: the eight digits after the one that differs are uniform in their
  /// difference, over keys. 20 000 keys, χ² with 255 degrees of freedom, 5.5 standard deviations: about
  /// 1e-6 for each of 30 comparisons. Seeded.
  @Test func laterDigitsAreUniform() {
    let streams = (0..<20_000).map {
      UniformStream(StreamAddress(.scramble, name: "\($0)"), seed: 9)
    }
    let scrambles = streams.map { OwenScramble($0) }
    for common in [0, 1, 2, 5, 12, 21] {
      for (x, rest) in [(0, 0), (0, 1), (1, 2), (2, 5), (0x00AB_CDEF, 77)] as [(UInt64, UInt64)] {
        let y = x ^ 1 << UInt64(common) ^ rest << UInt64(common + 1)
        var cells = [Int](repeating: 0, count: 256)
        for scramble in scrambles {
          let difference = scramble.word(reversedDigits: x) ^ scramble.word(reversedDigits: y)
          #expect(difference.leadingZeroBitCount == common)
          cells[Int((difference << UInt64(common + 1)) >> 56)] += 1
        }
        #expect(
          abs(Source.excess(cells, expected: 20_000 / 256)) < 5.5, "\(common), \(x), \(rest)")
      }
    }
  }

  @Test func dimensionsGoByLabelThenHash() {
    let names = ["a", "b", "c", "many"]
    let dimensions = SobolDimensions(names.map { ($0, $0 == "many" ? 100 : 1) })
    let sorted = names.sorted {
      StreamAddress(.draw, name: $0).hash < StreamAddress(.draw, name: $1).hash
    }
    for (rank, name) in sorted.enumerated() { #expect(dimensions[name].first == rank) }
    // Further labels come after all first ones; from the 65th on there are none.
    #expect(Array(dimensions["many"].dropFirst()) == Array(4..<67))
    #expect(SobolDimensions((0..<1100).map { ("\($0)", 1) })["no such name"] == [])
    let full = SobolDimensions((0..<1100).map { ("\($0)", 1) })
    #expect((0..<1100).count { full["\($0)"].isEmpty } == 1100 - 1024)
  }

  /// Labels without a dimension and second draws are independent draws.
  @Test func whatHasNoDimensionIsIndependent() {
    let stream = UniformStream(StreamAddress(.draw, name: "hours"), seed: 1)
    let source = Source.sobol("hours", dimensions: [3, 8])
    #expect(
      Source.words(source, 0..<2048, label: 2)
        == Source.words(.independent(stream), 0..<2048, label: 2))
    #expect(
      Source.words(source, 0..<2048, label: 1, draw: 1)
        == Source.words(.independent(stream), 0..<2048, label: 1, draw: 1))
    #expect(
      Source.words(source, 0..<2048, label: 1)
        != Source.words(.independent(stream), 0..<2048, label: 1))
    #expect(Source.words(source, 1024..<2048) == Array(Source.words(source, 0..<2048)[1024...]))
  }
}
