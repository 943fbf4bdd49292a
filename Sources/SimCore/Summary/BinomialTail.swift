// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import RealModule

/// Lower tail of a binomial distribution, accurate for small and very large n.
///
/// ```
/// P(X = x) = √(n / (2π x (n − x))) exp(s(n) − s(x) − s(n − x) − D(x, np) − D(n − x, nq))
/// P(X ≤ x) = P(X = x) · p / (1 + d₁/(1 + d₂/(1 + …)))         (incomplete beta function)
/// ```
/// with s the error of Stirling's formula and D(x, m) = x ln(x/m) + m − x.
///
/// Numerics: the relative error grows as √n in the worst case: 1e-14 for n = 1000, 1e-12 for n =
/// 1e9. At 0.025 that is far below what one value more or less adds to a tail.
///
/// Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities; DLMF 8.17.22.
package struct BinomialTail {
  package let count: Int
  package let p: Double
  /// 1 − p, given by the caller so that a small one keeps its digits.
  package let q: Double

  package init(count: Int, p: Double, q: Double) {
    self.count = count
    self.p = p
    self.q = q
  }

  /// P(X ≤ x) for 0 ≤ x < count. Meant for x below the mean, where it converges in tens of terms.
  package func cumulative(_ x: Int) -> Double {
    if p == 0 { return 1 }
    if q == 0 { return 0 }
    // I_q(a, b) with a = n − x and b = x + 1, by Lentz's method.
    let a = Double(count - x)
    let b = Double(x) + 1
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / Self.away(1 - (a + b) * q / (a + 1), tiny)
    var fraction = d
    var m = 1.0
    while m < 1e7 {
      let even = m * (b - m) * q / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / Self.away(1 + even * d, tiny)
      c = Self.away(1 + even / c, tiny)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * q / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / Self.away(1 + odd * d, tiny)
      c = Self.away(1 + odd / c, tiny)
      fraction *= d * c
      if (d * c - 1).magnitude < 2e-16 { break }
      m += 1
    }
    return probability(x) * p * fraction
  }

  /// P(X = x) for 0 ≤ x < count, with p and q above 0.
  package func probability(_ x: Int) -> Double {
    let n = Double(count)
    if x == 0 { return Double.exp(n * (p < 0.5 ? Double.log(onePlus: -p) : Double.log(q))) }
    let hits = Double(x)
    let misses = Double(count - x)
    let exponent =
      Self.stirlingError(count) - Self.stirlingError(x) - Self.stirlingError(count - x)
      - Self.deviance(hits, n * p) - Self.deviance(misses, n * q)
    return (n / (2 * Double.pi * hits * misses)).squareRoot() * Double.exp(exponent)
  }

  /// x ln(x/m) + m − x without cancellation near x = m.
  private static func deviance(_ x: Double, _ m: Double) -> Double {
    let difference = x - m
    if difference.magnitude >= 0.1 * (x + m) { return x * Double.log(x / m) - difference }
    let v = difference / (x + m)
    var sum = difference * v
    var term = 2 * x * v
    var divisor = 3.0
    while true {
      term *= v * v
      let next = sum + term / divisor
      if next == sum { return sum }
      sum = next
      divisor += 2
    }
  }

  /// ln n! − ((n + ½) ln n − n + ½ ln 2π) for n ≥ 1.
  private static func stirlingError(_ n: Int) -> Double {
    if n < smallStirlingErrors.count { return smallStirlingErrors[n] }
    let x = Double(n)
    let s = 1 / (x * x)
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - s / 1188) * s) * s) * s) / x
  }

  /// n = 0 … 15, from mpmath with 40 digits; n = 0 is not used.
  private static let smallStirlingErrors = [
    0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
    0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096,
    0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
    0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
  ]

  private static func away(_ x: Double, _ tiny: Double) -> Double {
    x.magnitude < tiny ? tiny : x
  }
}
