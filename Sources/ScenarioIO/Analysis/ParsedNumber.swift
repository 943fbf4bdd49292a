// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// Decimal text to the nearest double, as `strtod` gives it, at a fraction of the time.
///
/// Text with at most 19 digits and a power of ten in −19 … 19 is one integer division or product of 128
/// bits, rounded once. Anything else goes to `strtod`.
///
/// Numerics: correctly rounded, ties to even. For w · 10⁻ᵏ the quotient of the normalised w · 2⁶³ by the
/// normalised 10ᵏ has at least 63 bits; whether something remains goes into its lowest bit, which lies below
/// the half-bit of a double, so that rounding the quotient rounds the true value.
package enum ParsedNumber {
  /// Reads a number at the start of `text`: sign, digits, decimal mark, exponent.
  ///
  /// - Parameters:
  ///   - text: followed by a byte that no number holds, or by its end.
  ///   - decimal: the decimal mark.
  /// - Returns: the value and the number of bytes it took; `nil` when there is no number.
  @inline(__always)
  package static func read(
    _ text: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, decimal: UInt8
  ) -> (value: Double, length: Int)? {
    var p = text
    var isNegative = false
    if p < end, p.pointee == UInt8(ascii: "-") || p.pointee == UInt8(ascii: "+") {
      isNegative = p.pointee == UInt8(ascii: "-")
      p += 1
    }
    var digits: UInt64 = 0
    let whole = p
    while p < end, p.pointee &- 48 < 10 {
      digits = digits &* 10 &+ UInt64(p.pointee &- 48)
      p += 1
    }
    var count = p - whole
    var power = 0
    if p < end, p.pointee == decimal {
      p += 1
      let fraction = p
      while p < end, p.pointee &- 48 < 10 {
        digits = digits &* 10 &+ UInt64(p.pointee &- 48)
        p += 1
      }
      power = fraction - p
      count -= power
    }
    if count == 0 { return nil }
    if p < end, p.pointee | 0x20 == UInt8(ascii: "e") {
      guard let exponent = exponent(&p, end) else { return nil }
      power += exponent
    }
    let length = p - text
    let value: Double
    if count <= 19, let fast = scale(digits, power) {
      value = isNegative ? -fast : fast
    } else {
      value = slow(text, length, decimal)
    }
    return (value, length)
  }

  /// The exponent at `e`; `nil` when no digit follows.
  private static func exponent(
    _ p: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Int? {
    p += 1
    var isNegative = false
    if p < end, p.pointee == UInt8(ascii: "-") || p.pointee == UInt8(ascii: "+") {
      isNegative = p.pointee == UInt8(ascii: "-")
      p += 1
    }
    let start = p
    var value = 0
    while p < end, p.pointee &- 48 < 10 {
      if value < 100_000 { value = value * 10 + Int(p.pointee &- 48) }
      p += 1
    }
    return p == start ? nil : isNegative ? -value : value
  }

  /// w · 10^power, rounded once; `nil` outside −19 … 19.
  @inline(__always)
  private static func scale(_ w: UInt64, _ power: Int) -> Double? {
    if w == 0 { return 0 }
    if power == 0 { return Double(w) }
    guard (-19...19).contains(power) else { return nil }
    return power < 0 ? divided(w, powersOfTen[-power]) : multiplied(w, powersOfTen[power])
  }

  private static func divided(_ w: UInt64, _ d: UInt64) -> Double {
    let (shiftW, shiftD) = (w.leadingZeroBitCount, d.leadingZeroBitCount)
    let normal = w << UInt64(shiftW)
    let (quotient, remainder) = (d << UInt64(shiftD)).dividingFullWidth((normal >> 1, normal << 63))
    let bits = quotient | (remainder == 0 ? 0 : 1)
    return Double(bits) * Double(sign: .plus, exponent: shiftD - shiftW - 63, significand: 1)
  }

  private static func multiplied(_ w: UInt64, _ d: UInt64) -> Double {
    let (high, low) = w.multipliedFullWidth(by: d)
    if high == 0 { return Double(low) }
    let shift = high.leadingZeroBitCount
    // Shifts of 64 give 0.
    let bits = high << UInt64(shift) | low >> UInt64(64 - shift)
    let rest = low << UInt64(shift)
    return Double(bits | (rest == 0 ? 0 : 1))
      * Double(sign: .plus, exponent: 64 - shift, significand: 1)
  }

  private static func slow(_ text: UnsafePointer<UInt8>, _ length: Int, _ decimal: UInt8) -> Double
  {
    var copy = (0..<length).map { text[$0] == decimal ? UInt8(ascii: ".") : text[$0] }
    copy.append(0)
    // The program never leaves the C locale, so that the mark is a point.
    return copy.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { strtod($0.baseAddress!, nil) }
    }
  }

  private static let powersOfTen: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 0..<19 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()
}
