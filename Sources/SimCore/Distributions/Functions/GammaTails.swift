// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Density and tail functions of the standard gamma distribution, from the source that is right in each
/// region (docs/accuracy.md).
///
/// | shape | tails | density |
/// |---|---|---|
/// | below 100 | GSL | GSL |
/// | 100 and above | Temme's uniform expansion | saddle-point form |
///
/// GSL's P is wrong just below the mean from shape 1e3 on, by all its digits at 1e6.
package enum GammaTails {
  /// From here on Temme's expansion with the terms below is right to 2e-14, and faster.
  package static let asymptoticShape = 100.0

  static func density(_ x: Double, shape: Double) -> Double {
    if shape < asymptoticShape, let density = GSL.gammaDensity(x, shape: shape) { return density }
    guard x > 0, x < .infinity else { return 0 }
    let prefactor = prefactor(x, shape: shape)
    return prefactor == 0 ? 0 : prefactor * (shape / x)
  }

  static func tail(_ x: Double, shape: Double, upper: Bool) -> Double {
    guard x < .infinity else { return upper ? 0 : 1 }
    if shape < asymptoticShape, let tail = GSL.gamma(x, shape: shape, upper: upper) { return tail }
    return temme(x, shape: shape, upper: upper)
  }

  /// x^a e^(−x) / Γ(a+1)
  static func prefactor(_ x: Double, shape a: Double) -> Double {
    if a < 10 { return Double.exp(a * Double.log(x) - x - Double.logGamma(a + 1)) }
    let exponent = -Deviance.stirlingError(a) - Deviance.deviance(a, distance: x - a, at: x)
    return Double.exp(exponent) / (Deviance.sqrtTwoPi * a.squareRoot())
  }

  /// The uniform asymptotic expansion for large shapes.
  ///
  /// ```
  /// Q(a,x) = ½ erfc(η √(a/2)) + exp(−a η²/2)/√(2πa) · Σ c_k(η) a^(−k)
  /// η²/2 = μ − log(1+μ),  μ = x/a − 1
  /// ```
  /// Numerics: relative error at most 2e-14 in the smaller tail for shapes from 100 to 1e7.
  ///
  /// Source: Temme (1979), doi:10.1137/0510071; DLMF 8.12. Coefficients by series reversion in rational
  /// arithmetic.
  static func temme(_ x: Double, shape a: Double, upper: Bool) -> Double {
    let mu = (x - a) / a
    let half = Deviance.logDeficit(mu)
    // The smaller tail is below every double, and η far outside the range of the series.
    guard a * half < 750 else { return upper == (mu < 0) ? 1 : 0 }
    let eta = Double(signOf: mu, magnitudeOf: (2 * half).squareRoot())
    var sum = 0.0
    for row in TemmeCoefficients.rows.reversed() {
      var value = 0.0
      for coefficient in row.reversed() { value = value * eta + coefficient }
      sum = sum / a + value
    }
    sum *= Double.exp(-a * half) / (Deviance.sqrtTwoPi * a.squareRoot())
    let z = Double(signOf: mu, magnitudeOf: (a * half).squareRoot())
    let tail = upper ? 0.5 * Double.erfc(z) + sum : 0.5 * Double.erfc(-z) - sum
    return min(max(tail, 0), 1)
  }
}
