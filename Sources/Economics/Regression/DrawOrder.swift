// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of a column in the order of its values: sorted once, used by every figure of the column.
///
/// ```
/// values[rows[0]] ≤ values[rows[1]] ≤ …      equal values in the order of their rows
/// ```
/// A kernel: raw pointers. Stable radix sort of the leading 32 bits of order-preserving keys, counted from the
/// smallest, with the row beside them in one word; values that agree in these bits are then put in order by
/// comparison.
///
/// Complexity: O(n), three passes, for values that are spread out; memory 16 n bytes while it sorts.
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

  private static let digits = 3
  private static let digitBits = UInt64(11)
  private static let radix = 1 << 11

  /// Larger for larger values; −0 and 0 are one value.
  @inline(__always)
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (bits >> 63 == 1 ? UInt64.max : 1 << 63)
  }

  private static func radix(_ values: [Double]) -> [UInt32] {
    let count = values.count
    var (least, most) = (UInt64.max, UInt64.min)
    for value in values {
      let key = key(value)
      least = min(least, key)
      most = max(most, key)
    }
    let shift = UInt64(max(0, 32 - (most - least).leadingZeroBitCount))
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { items in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: digits * radix) { counts in
        guard let items = items.baseAddress, let counts = counts.baseAddress else { return [] }
        counts.initialize(repeating: 0, count: digits * radix)
        values.withUnsafeBufferPointer { values in
          for row in 0..<count {
            let leading = (key(values[row]) - least) >> shift
            (items + row).initialize(to: leading << 32 | UInt64(row))
            for digit in 0..<digits {
              let part = leading >> (digitBits * UInt64(digit))
              counts[digit * radix + Int(truncatingIfNeeded: part) & (radix - 1)] += 1
            }
          }
        }
        var source = 0
        for digit in 0..<digits {
          let moved = move(
            items + source, items + (count - source), count, counts: counts + digit * radix,
            shift: 32 + digitBits * UInt64(digit))
          if moved { source = count - source }
        }
        return ordered(UnsafeBufferPointer(start: items + source, count: count), values)
      }
    }
  }

  /// One pass; false when all items have the same digit and nothing was moved.
  private static func move(
    _ items: UnsafePointer<UInt64>, _ target: UnsafeMutablePointer<UInt64>, _ count: Int,
    counts: UnsafeMutablePointer<Int>, shift: UInt64
  ) -> Bool {
    let mask = radix - 1
    if counts[Int(truncatingIfNeeded: items[0] >> shift) & mask] == count { return false }
    var start = 0
    for digit in 0..<radix { (counts[digit], start) = (start, start + counts[digit]) }
    for place in 0..<count {
      let item = items[place]
      let digit = Int(truncatingIfNeeded: item >> shift) & mask
      (target + counts[digit]).initialize(to: item)
      counts[digit] &+= 1
    }
    return true
  }

  /// The rows of items in order of their leading bits, put in order of the values themselves.
  private static func ordered(_ items: UnsafeBufferPointer<UInt64>, _ values: [Double]) -> [UInt32]
  {
    var rows = items.map { UInt32(truncatingIfNeeded: $0) }
    rows.withUnsafeMutableBufferPointer { rows in
      var start = 0
      while start < rows.count {
        var end = start + 1
        var isOrdered = true
        while end < rows.count, items[end] >> 32 == items[start] >> 32 {
          isOrdered = isOrdered && values[Int(rows[end - 1])] <= values[Int(rows[end])]
          end += 1
        }
        if !isOrdered {
          rows[start..<end].sort {
            let (a, b) = (values[Int($0)], values[Int($1)])
            return a < b || a == b && $0 < $1
          }
        }
        start = end
      }
    }
    return rows
  }
}
