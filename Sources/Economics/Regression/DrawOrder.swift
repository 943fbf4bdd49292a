// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of a column in the order of its values: sorted once, used by every figure of the column.
///
/// ```
/// values[rows[0]] ≤ values[rows[1]] ≤ …      equal values in the order of their rows
/// ```
/// A kernel: raw pointers. Stable radix sort of order-preserving 64-bit keys, 11 bits a pass; passes in
/// which all keys agree are skipped.
///
/// Complexity: O(n), six passes at most; memory 24 n bytes while it sorts.
public struct DrawOrder: Sendable {
  public let rows: [UInt32]

  /// - Precondition: no NaN; fewer than 2³² values.
  public init(_ values: [Double]) {
    precondition(values.count < Int(UInt32.max))
    rows = values.count < 256 ? Self.compared(values) : Self.radix(values)
  }

  private static func compared(_ values: [Double]) -> [UInt32] {
    (0..<UInt32(values.count)).sorted {
      let (a, b) = (values[Int($0)], values[Int($1)])
      return a < b || a == b && $0 < $1
    }
  }

  private static let digits = 6
  private static let radix = 1 << 11

  private static func radix(_ values: [Double]) -> [UInt32] {
    let count = values.count
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * count)
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * count)
    let counts = UnsafeMutablePointer<Int>.allocate(capacity: digits * radix)
    defer {
      keys.deallocate()
      places.deallocate()
      counts.deallocate()
    }
    counts.initialize(repeating: 0, count: digits * radix)
    for row in 0..<count {
      // −0 becomes 0, so that both are one value.
      let bits = (values[row] + 0).bitPattern
      let key = bits ^ (bits >> 63 == 1 ? UInt64.max : 1 << 63)
      (keys + row).initialize(to: key)
      (places + row).initialize(to: UInt32(row))
      for digit in 0..<digits {
        counts[digit * radix + Int(truncatingIfNeeded: key >> UInt64(11 * digit)) & (radix - 1)] +=
          1
      }
    }
    var source = 0
    for digit in 0..<digits {
      let count = counts + digit * radix
      if !move(
        keys + source, places + source, keys + (values.count - source),
        places + (values.count - source), values.count, counts: count, shift: UInt64(11 * digit))
      {
        continue
      }
      source = values.count - source
    }
    return Array(UnsafeBufferPointer(start: places + source, count: count))
  }

  /// One pass; false when all keys have the same digit and nothing was moved.
  private static func move(
    _ keys: UnsafePointer<UInt64>, _ places: UnsafePointer<UInt32>,
    _ toKeys: UnsafeMutablePointer<UInt64>, _ toPlaces: UnsafeMutablePointer<UInt32>, _ count: Int,
    counts: UnsafeMutablePointer<Int>, shift: UInt64
  ) -> Bool {
    let mask = radix - 1
    if counts[Int(truncatingIfNeeded: keys[0] >> shift) & mask] == count { return false }
    var start = 0
    for digit in 0..<radix { (counts[digit], start) = (start, start + counts[digit]) }
    for item in 0..<count {
      let digit = Int(truncatingIfNeeded: keys[item] >> shift) & mask
      let target = counts[digit]
      counts[digit] = target + 1
      (toKeys + target).initialize(to: keys[item])
      (toPlaces + target).initialize(to: places[item])
    }
    return true
  }
}
