// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// SHA-256 of bytes, as `sha256sum` prints it; for large files piece by piece.
///
/// Source: NIST FIPS 180-4, sections 5.1.1 and 6.2. Why not a package: docs/decisions/0006-sha256.md.
package struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// Bytes that do not fill a block of 64 yet.
  private var rest: [UInt8] = []
  private var length = 0
  private var schedule = [UInt32](repeating: 0, count: 64)

  package init() {}

  package static func hex(_ message: [UInt8]) -> String {
    var hash = SHA256()
    message.withUnsafeBufferPointer { hash.update($0) }
    return hash.hex()
  }

  /// Adds bytes to the message.
  package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    length += bytes.count
    var first = 0
    if !rest.isEmpty {
      first = min(64 - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<first])
      if rest.count < 64 { return }
      let block = rest
      block.withUnsafeBufferPointer { compress($0) }
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count - first >= 64 {
      compress(UnsafeBufferPointer(rebasing: bytes[first..<first + 64]))
      first += 64
    }
    rest.append(contentsOf: bytes[first...])
  }

  /// The hash of what was added, in lower-case hexadecimal digits. Ends the message.
  package mutating func hex() -> String {
    let bits = UInt64(length) * 8
    var end: [UInt8] = [0x80]
    while (length + end.count) % 64 != 56 { end.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      end.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    end.withUnsafeBufferPointer { update($0) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func compress(_ block: UnsafeBufferPointer<UInt8>) {
    schedule.withUnsafeMutableBufferPointer { w in
      Self.constants.withUnsafeBufferPointer { k in
        for t in 0..<16 {
          w[t] =
            UInt32(block[4 * t]) << 24 | UInt32(block[4 * t + 1]) << 16
            | UInt32(block[4 * t + 2]) << 8 | UInt32(block[4 * t + 3])
        }
        for t in 16..<64 {
          let s0 = Self.rotate(w[t - 15], 7) ^ Self.rotate(w[t - 15], 18) ^ (w[t - 15] >> 3)
          let s1 = Self.rotate(w[t - 2], 17) ^ Self.rotate(w[t - 2], 19) ^ (w[t - 2] >> 10)
          w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for t in 0..<64 {
          let s1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
          let first = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ k[t] &+ w[t]
          let s0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
          let majority = (a & b) ^ (a & c) ^ (b & c)
          (h, g, f, e, d) = (g, f, e, d &+ first, c)
          (c, b, a) = (b, a, first &+ s0 &+ majority)
        }
        for (i, value) in zip(0..., [a, b, c, d, e, f, g, h]) { state[i] = state[i] &+ value }
      }
    }
  }

  @inline(__always)
  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x &>> n | x &<< (32 &- n) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes, in integers.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      // The largest r with r³ ≤ prime · 2⁹⁶, bit by bit; r fits 35 bits, so r³ fits UInt128.
      var r: UInt128 = 0
      for bit in (0..<36).reversed() {
        let next = r | (1 << UInt128(bit))
        if next * next * next <= UInt128(prime) << 96 { r = next }
      }
      return UInt32(truncatingIfNeeded: r)
    }
  }()
}
