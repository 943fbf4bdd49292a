// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// An exact inversion table of a discrete distribution: integers only when it is read.
///
/// ```
/// u = (k + ½) 2⁻⁵²,   k = 0 … 2⁵² − 1
/// tᵢ = number of k whose u is at most P(X ≤ xᵢ);   X = the first xᵢ with k < tᵢ
/// ```
/// Each tᵢ is rounded from the nearer tail, below from P(X ≤ x), above from P(X > x), so that both ends
/// keep all their digits. A guide over the leading bits of k gives the range of i to look at.
///
/// Complexity: at most two comparisons expected for each draw; 12 to 20 bytes for each value.
///
/// Source: Chen and Asau (1974), doi:10.1080/05695557408974949.
final class DiscreteTable: Sendable {
  /// Ascending; the last is 2⁵².
  private let thresholds: [UInt64]
  /// By leading bits: the first i whose threshold is above the least k with these bits; one more at the
  /// end.
  private let guide: [UInt32]
  private let guideShift: UInt64
  /// Listed values; empty for whole numbers from `first` on.
  private let values: [Double]
  private let first: Double

  static let gridBits: UInt64 = 52

  /// - Parameters:
  ///   - below: P(X ≤ xᵢ), accurate where it is at most one half.
  ///   - above: P(X > xᵢ), accurate where it is below one half.
  ///   - values: empty for whole numbers from `first` on.
  init(below: [Double], above: [Double], values: [Double], first: Double) {
    let whole = UInt64(1) << Self.gridBits
    var thresholds = [UInt64](repeating: 0, count: below.count)
    var least: UInt64 = 0
    for i in below.indices {
      let exact =
        below[i] <= 0.5 ? Self.gridPoints(upTo: below[i]) : whole - Self.gridPoints(above: above[i])
      // Rounding alone could make the two tails cross in the middle.
      least = max(least, exact)
      thresholds[i] = least
    }
    thresholds[below.count - 1] = whole

    var guideBits: UInt64 = 8
    while guideBits < 20, 1 << guideBits < 2 * below.count { guideBits += 1 }
    let shift = Self.gridBits - guideBits
    var guide: [UInt32] = []
    guide.reserveCapacity(1 << Int(guideBits) + 1)
    var i = 0
    for bits in 0..<UInt64(1) << guideBits {
      while thresholds[i] <= bits << shift { i += 1 }
      guide.append(UInt32(i))
    }
    guide.append(UInt32(below.count - 1))
    self.thresholds = thresholds
    self.guide = guide
    self.guideShift = shift
    self.values = values
    self.first = first
  }

  /// The number of grid points u with u ≤ p.
  private static func gridPoints(upTo p: Double) -> UInt64 {
    UInt64((p * 0x1p52 + 0.5).rounded(.down))
  }

  /// The number of grid points u with 1 − u < p.
  private static func gridPoints(above p: Double) -> UInt64 {
    let scaled = p * 0x1p52 - 0.5
    return scaled <= 0 ? 0 : UInt64(scaled.rounded(.up))
  }

  /// Values for words of a stream.
  func fill(_ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>) {
    thresholds.withUnsafeBufferPointer { thresholds in
      guide.withUnsafeBufferPointer { guide in
        values.withUnsafeBufferPointer { values in
          for i in 0..<out.count {
            let place = Self.find(words[i] >> 12, thresholds, guide, guideShift)
            out[i] = values.isEmpty ? first + Double(place) : values[place]
          }
        }
      }
    }
  }

  @inline(__always)
  private static func find(
    _ k: UInt64, _ thresholds: UnsafeBufferPointer<UInt64>, _ guide: UnsafeBufferPointer<UInt32>,
    _ shift: UInt64
  ) -> Int {
    let bits = Int(truncatingIfNeeded: k &>> shift)
    var low = Int(guide[bits])
    var high = Int(guide[bits + 1])
    // Long ranges lie in the tails.
    while high - low > 8 {
      let middle = (low + high) / 2
      if thresholds[middle] <= k { low = middle + 1 } else { high = middle }
    }
    while thresholds[low] <= k { low += 1 }
    return low
  }
}

extension DiscreteTable {
  /// The table of listed values.
  convenience init(_ table: ValueTable) {
    self.init(below: table.below, above: table.above, values: table.values, first: 0)
  }

  /// The table of the whole numbers `first ..< first + count` of a law.
  convenience init(_ law: some WholeNumberDistribution, first: Double, count: Int) {
    let masses = (0..<count).map { law.mass(first + Double($0)) }
    let last = first + Double(count - 1)
    let (below, above) = ValueTable.tails(
      masses, before: law.cumulative(first - 1), after: law.survival(last))
    self.init(below: below, above: above, values: [], first: first)
  }
}
