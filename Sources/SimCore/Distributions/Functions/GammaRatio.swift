// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Ratios of gamma functions whose arguments lie close together, for moments.
enum GammaRatio {
  /// log Γ(a + h) − log Γ(a).
  ///
  /// ```
  /// (a − ½) log(1 + h/a) + h log(a + h) − h + δ(a + h) − δ(a),   δ Stirling's error
  /// ```
  /// - Precondition: `a` and `a + h` are above 0.
  static func logRatio(_ a: Double, step h: Double) -> Double {
    (a - 0.5) * Double.log(onePlus: h / a) + h * Double.log(a + h) - h
      + Deviance.stirlingError(a + h) - Deviance.stirlingError(a)
  }

  /// log Γ(c + h) − 2 log Γ(c) + log Γ(c − h): the squared coefficient of variation of powers of a gamma
  /// variate, as a logarithm.
  ///
  /// ```
  /// Σ −log(1 − h²/(c + j)²),   j = 0, 1, 2, …
  /// ```
  /// Numerics: all terms have one sign, so that nothing cancels; the rest of the sum from
  /// C = c + j ≥ 40 by Stirling's series.
  ///
  /// - Precondition: `c` is above the magnitude of `h`.
  static func logSecondDifference(at c: Double, step h: Double) -> Double {
    let start = max(40, 10 * abs(h))
    var sum = 0.0
    var centre = c
    while centre < start {
      let r = h / centre
      sum -= Double.log(onePlus: -r * r)
      centre += 1
    }
    let r = h / centre
    let c2 = centre * centre
    let h2 = h * h
    let main = (centre - 0.5) * Double.log(onePlus: -r * r) + 2 * h * Double.atanh(r)
    let gap = c2 - h2
    let first = h2 / (6 * centre * gap)
    let numerator = (12 * c2 * c2 - 6 * c2 * h2 + 2 * h2 * h2) * h2
    let second = numerator / (360 * centre * c2 * gap * gap * gap)
    let third = h2 / (42 * c2 * c2 * c2 * centre)
    return sum + main + first - second + third
  }
}
