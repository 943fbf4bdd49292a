// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Density and tail functions of the beta distribution, from the source that is right in each region
/// (docs/accuracy.md).
///
/// | alpha + beta | tails and density |
/// |---|---|
/// | up to 1000 | GSL |
/// | above | continued fraction with a saddle-point prefactor |
///
/// GSL's functions lose digits as shapes grow: 2e-10 at (1e5, 1e5), where they also stop being monotone.
package enum BetaTails {
  package static let fractionSum = 1000.0

  static func density(_ x: Double, alpha: Double, beta: Double) -> Double {
    if alpha + beta <= fractionSum, let density = GSL.betaDensity(x, alpha: alpha, beta: beta) {
      return density
    }
    guard x > 0, x < 1 else { return 0 }
    let point = Point(x, alpha, beta)
    return point.prefactor / x / (1 - x)
  }

  static func tail(_ x: Double, alpha: Double, beta: Double, upper: Bool) -> Double {
    if alpha + beta <= fractionSum,
      let tail = GSL.beta(x, alpha: alpha, beta: beta, upper: upper)
    {
      return tail
    }
    return continuedFraction(x, alpha: alpha, beta: beta, upper: upper)
  }

  /// Either tail by the continued fraction on the side of the mean where it converges fast.
  ///
  /// Numerics: relative error at most 1e-13 in the smaller tail for shapes from 0.01 to 1e6.
  package static func continuedFraction(_ x: Double, alpha: Double, beta: Double, upper: Bool)
    -> Double
  {
    let point = Point(x, alpha, beta)
    let tail: Double
    let isUpper = point.distance > 0
    if isUpper {
      tail =
        point.prefactor / beta
        * fraction(beta, alpha, point.y, point.x, lambda: point.distance)
    } else {
      tail =
        point.prefactor / alpha
        * fraction(alpha, beta, point.x, point.y, lambda: -point.distance)
    }
    return min(max(isUpper == upper ? tail : 1 - tail, 0), 1)
  }

  /// A point x with what the formulas need of it, free of cancellation.
  private struct Point {
    let x: Double
    let y: Double
    /// (alpha + beta) x − alpha, from fused products and the rounding error of alpha + beta.
    let distance: Double
    /// x^alpha y^beta / B(alpha, beta)
    let prefactor: Double

    init(_ x: Double, _ alpha: Double, _ beta: Double) {
      self.x = x
      y = 1 - x
      let sum = alpha + beta
      let betaSeen = sum - alpha
      let rounding = (alpha - (sum - betaSeen)) + (beta - betaSeen)
      distance = (-alpha).addingProduct(sum, x) + rounding * x
      let exponent =
        Deviance.stirlingError(sum) - Deviance.stirlingError(alpha) - Deviance.stirlingError(beta)
        - Deviance.deviance(alpha, distance: distance, at: sum * x)
        - Deviance.deviance(beta, distance: -distance, at: sum * y)
      prefactor = Double.exp(exponent) * (alpha * (beta / sum)).squareRoot() / Deviance.sqrtTwoPi
    }
  }

  /// The even part of DLMF 8.17.22, by the modified Lentz method, written with λ = a − (a+b) x ≥ 0 so
  /// that the rounding of 1 − x does not enter.
  private static func fraction(
    _ a: Double, _ b: Double, _ x: Double, _ y: Double, lambda: Double
  ) -> Double {
    let tiny = 1e-300
    var value = (1 + lambda) / (a + 1)
    var c = value
    var d = 0.0
    var m = 0.0
    // About 560 terms at (1e6, 1e6), the largest shapes allowed.
    for _ in 0..<20000 {
      m += 1
      let t = a + 2 * m
      let first = ((a + m - 1) / (t - 2)) * ((a + b + m - 1) / (t - 1)) * x
      let numerator = first * (m / (t - 1)) * ((b - m) / t) * x
      let bracket = (a + m) * (1 + lambda) + m * (a * (2 + y) + m * (3 + y) + 1)
      let denominator = bracket / (t * (t + 1)) + m * (b - m) * x / ((t - 1) * t)
      d = denominator + numerator * d
      if d == 0 { d = tiny }
      c = denominator + numerator / c
      if c == 0 { c = tiny }
      d = 1 / d
      let factor = c * d
      value *= factor
      if abs(factor - 1) <= 2.3e-16 { break }
    }
    return 1 / value
  }
}
