// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Inverts a tail function between two values that enclose the quantile.
///
/// Newton steps on the logarithm of the tail; where they leave the bracket or stall, the bracket is halved
/// in the order of doubles, so that 64 halvings reach any value however far apart the ends are.
enum BracketedQuantile {
  /// - Precondition: `low <= high`, both finite.
  static func solve(
    _ distribution: some Distribution, _ target: TailProbability, low: Double, high: Double
  ) -> Double {
    let p = target.probability
    let isPositive = low >= 0
    var a = low
    var b = high
    var x = middle(a, b)
    var width = key(b) &- key(a)
    for step in 0..<300 {
      if a.nextUp >= b { break }
      let tail = distribution.tail(x, target.side)
      let miss = (tail - p) / p
      if abs(miss) <= 4e-16 { return x }
      if (target.side == .lower) == (miss < 0) { a = x } else { b = x }
      let rise =
        (target.side == .lower ? 1.0 : -1) * tail * Double.log(p / tail) / distribution.density(x)
      // On the scale of log x a power law is straight.
      var next = isPositive && abs(rise) > 0.1 * x ? x * Double.exp(rise / x) : x + rise
      let isThird = step % 3 == 2
      let rest = key(b) &- key(a)
      if !(next > a && next < b) || isThird && rest > width / 2 { next = middle(a, b) }
      if isThird { width = rest }
      if next == a || next == b { next = middle(a, b) }
      x = next
    }
    let missLow = abs(distribution.tail(a, target.side) - p)
    let missHigh = abs(distribution.tail(b, target.side) - p)
    return missLow < missHigh ? a : b
  }

  /// The position of a double in the order of all doubles.
  private static func key(_ x: Double) -> UInt64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return UInt64(bitPattern: bits ^ (bits >> 63 & Int64.max)) ^ 1 << 63
  }

  private static func middle(_ a: Double, _ b: Double) -> Double {
    let ordered = key(a) + (key(b) &- key(a)) / 2
    let bits = Int64(bitPattern: ordered ^ 1 << 63)
    return Double(bitPattern: UInt64(bitPattern: bits ^ (bits >> 63 & Int64.max)))
  }
}
