// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Building blocks of densities that lose no digits to the cancellation of large logarithms.
///
/// Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
enum Deviance {
  static let sqrtTwoPi = 2.5066282746310002
  private static let halfLogTwoPi = 0.91893853320467274178

  /// μ − log(1 + μ), without cancellation for small μ.
  ///
  /// ```
  /// log(1+μ) = 2 (r + r³/3 + r⁵/5 + …),  r = μ/(2+μ)
  /// ```
  static func logDeficit(_ mu: Double) -> Double {
    guard mu > -0.4, mu < 0.7 else { return mu - Double.log(onePlus: mu) }
    let r = mu / (2 + mu)
    let squared = r * r
    var sum = 0.0
    var term = squared
    var k = 3.0
    // |r| < 0.26: below 30 terms.
    for _ in 0..<60 {
      let next = sum + term / k
      if next == sum { break }
      sum = next
      term *= squared
      k += 2
    }
    return r * (mu - 2 * sum)
  }

  /// log Γ(a+1) − (a+½) log a + a − ½ log 2π: what Stirling's formula leaves out.
  ///
  /// Numerics: from a = 10 by the asymptotic series with seven terms (DLMF 5.11.1), below from `logGamma`.
  static func stirlingError(_ a: Double) -> Double {
    if a < 10 {
      return Double.logGamma(a + 1) - (a + 0.5) * Double.log(a) + a - halfLogTwoPi
    }
    let i = 1 / (a * a)
    let tail = 1.0 / 1188 - i * (691.0 / 360360 - i / 156)
    let middle = 1.0 / 1260 - i * (1.0 / 1680 - i * tail)
    return (1.0 / 12 - i * (1.0 / 360 - i * middle)) / a
  }

  /// a · logDeficit(d/a), the deviance of a mean `a` at distance `d`; `m` is a + d, given apart because
  /// it may be far smaller than both.
  static func deviance(_ a: Double, distance d: Double, at m: Double) -> Double {
    let mu = d / a
    if mu < -0.4 {
      let ratio = a / m
      return a * (ratio < .infinity ? Double.log(ratio) : Double.log(a) - Double.log(m)) + d
    }
    return a * logDeficit(mu)
  }
}
