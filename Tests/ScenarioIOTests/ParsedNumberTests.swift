// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

/// Numbers of tables to doubles, against the standard library's own reader.
@Suite struct ParsedNumberTests {
  private func parse(_ text: String, decimal: UInt8 = UInt8(ascii: ".")) -> (Double, Int)? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      return ParsedNumber.read(base, base + buffer.count, decimal: decimal)
    }
  }

  private func expectSame(_ text: String) {
    let found = parse(text)
    #expect(found?.0.bitPattern == Double(text)?.bitPattern, "\(text)")
    #expect(found?.1 == text.utf8.count, "\(text)")
  }

  @Test func `Shortest text of any double reads back to its bits`() {
    var random = SplitMix(state: 2018)
    for _ in 0..<200_000 {
      let any = Double(bitPattern: random.next())
      if any.isFinite { expectSame(any.description) }
      let usual = (Double(random.next() >> 11) * 0x1p-53 - 0.5) * 1e6
      expectSame(usual.description)
    }
  }

  @Test func `Digits and exponents near halves round to even`() {
    var random = SplitMix(state: 7)
    for _ in 0..<200_000 {
      let digits = random.next() >> (random.next() % 50)
      expectSame("\(digits)e\(Int(random.next() % 50) - 25)")
      // Halfway between two doubles, exactly.
      let half = (random.next() >> 11 | 1 << 52) * 2 + 1
      expectSame("\(half)")
      expectSame("\(half)e0")
    }
  }

  @Test(arguments: [
    "0", "-0", "0.0", "-0.0", "1", "+1", "1.", ".5", "-.5", "1e5", "1E5", "1e+05", "1e-05",
    "9007199254740993", "18446744073709551615", "18446744073709551616", "9999999999999999999",
    "0.1", "1e22", "1e23", "1e-19", "1e-20", "123456789012345678901234567890",
    "0.000000000000000000000000000001", "2.2250738585072011e-308", "4.9e-324", "1e-400",
    "1.7976931348623157e308", "00000000000000000000000001.5",
  ])
  func `Odd forms`(text: String) { expectSame(text) }

  @Test(arguments: ["", "-", "+", ".", "-.", "e5", "x", " 1", "1e", "1e+", "nan", "inf"])
  func `No number at the start is no number`(text: String) {
    #expect(parse(text) == nil)
  }

  @Test func `A number ends where it ends, with either mark`() {
    #expect(parse("1.5,2")?.1 == 3)
    #expect(parse("1,5;2", decimal: UInt8(ascii: ","))?.0 == 1.5)
    #expect(
      parse("12345678901234567890,5", decimal: UInt8(ascii: ","))?.0 == 12345678901234567890.5)
  }
}

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
