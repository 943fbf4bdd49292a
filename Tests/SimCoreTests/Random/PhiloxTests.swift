// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct PhiloxTests {
  /// Published known answers and words of another program, see Tests/References/README.md.
  @Test func wordsEqualTheReference() throws {
    let table = try SummaryReference("philox.csv")
    #expect(table.rows.count == 43)
    for row in table.rows {
      let numbers = row.dropFirst().compactMap { UInt32($0) }
      try #require(numbers.count == 10)
      let words = Philox4x32.words(
        counter: SIMD4(numbers[0], numbers[1], numbers[2], numbers[3]),
        key: SIMD2(numbers[4], numbers[5]))
      #expect(words == SIMD4(numbers[6], numbers[7], numbers[8], numbers[9]), "\(row)")
    }
  }

  @Test func everyCounterAndKeyBitChangesTheWords() {
    let zero = Philox4x32.words(counter: .zero, key: .zero)
    var seen: Set<SIMD4<UInt32>> = [zero]
    for word in 0..<4 {
      for bit in 0..<32 {
        var counter = SIMD4<UInt32>.zero
        counter[word] = 1 << UInt32(bit)
        seen.insert(Philox4x32.words(counter: counter, key: .zero))
      }
    }
    for word in 0..<2 {
      for bit in 0..<32 {
        var key = SIMD2<UInt32>.zero
        key[word] = 1 << UInt32(bit)
        seen.insert(Philox4x32.words(counter: .zero, key: key))
      }
    }
    #expect(seen.count == 1 + 4 * 32 + 2 * 32)
  }
}
