// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Masses of the binomial and related laws by the saddle-point form, which loses no digits to large
/// logarithms.
///
/// Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
enum BinomialMass {
  /// Γ(x + y + 1) / (Γ(x + 1) Γ(y + 1)) · p^x q^y for x, y ≥ 0, not necessarily whole.
  ///
  /// - Parameters:
  ///   - p: the probability that belongs to x.
  ///   - q: 1 − p, given apart because either may be tiny.
  ///
  /// Numerics: relative error about 1e-15 (1 + |log mass|).
  static func mass(_ x: Double, _ y: Double, p: Double, q: Double) -> Double {
    if p == 0 { return x == 0 ? 1 : 0 }
    if q == 0 { return y == 0 ? 1 : 0 }
    if x == 0 { return power(q, complement: p, y) }
    if y == 0 { return power(p, complement: q, x) }
    let sum = x + y
    // Whole numbers add exactly; others leave a rounding error that matters beside a large sum.
    let seen = sum - x
    let rounding = (x - (sum - seen)) + (y - seen)
    // sum · p − x from the smaller of p and q, whose relative error is the smaller one.
    let distance =
      p <= q
      ? (-x).addingProduct(sum, p) + rounding * p : -((-y).addingProduct(sum, q) + rounding * q)
    let exponent =
      Deviance.stirlingError(sum) - Deviance.stirlingError(x) - Deviance.stirlingError(y)
      - Deviance.deviance(x, distance: distance, at: sum * p)
      - Deviance.deviance(y, distance: -distance, at: sum * q)
    let width = x < y ? x * (y / sum) : y * (x / sum)
    return min(Double.exp(exponent) / (Deviance.sqrtTwoPi * width.squareRoot()), 1)
  }

  /// p^n, from the complement where p is near 1.
  static func power(_ p: Double, complement q: Double, _ n: Double) -> Double {
    Double.exp(n * (q < 0.5 ? Double.log(onePlus: -q) : Double.log(p)))
  }
}
