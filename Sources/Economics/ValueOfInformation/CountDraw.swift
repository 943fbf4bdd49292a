// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Counts by inversion of one uniform, for probabilities that change from draw to draw: the smallest count whose
/// cumulative probability reaches the uniform.
///
/// Monotone in the uniform, so that studies of neighbouring sizes with the same uniforms have data that go together,
/// and the curve of their value over sizes is smooth.
enum CountDraw {
  /// Events in `trials` with probability `p`.
  static func binomial(_ trials: Int, _ p: Double, _ u: Double) -> Int {
    if !(p > 0) || trials == 0 { return 0 }
    if p >= 1 { return trials }
    let n = Double(trials)
    let variance = n * p * (1 - p)
    if variance > large {
      return min(trials, max(0, Int(expanded(n * p, variance, skewness: 1 - 2 * p, u))))
    }
    return Int(PerDrawInverse.binomial(u: u, trials: n, probability: p))
  }

  /// Events where `mean` are expected, at most 1e15.
  static func poisson(_ mean: Double, _ u: Double) -> Int {
    if !(mean > 0) { return 0 }
    precondition(mean <= 1e15, "\(mean) events")
    if mean > large { return max(0, Int(expanded(mean, mean, skewness: 1, u))) }
    return Int(PerDrawInverse.poisson(u: u, mean: mean))
  }

  /// Variances above which counts come from the expansion of their quantile.
  private static let large = 1e6

  /// The quantile to the second term of Cornish and Fisher's expansion, as a whole number.
  ///
  /// ```
  /// μ + σ z + (z² − 1) γ σ / 6        `skewness` is γ σ
  /// ```
  /// Numerics: off by O(1/σ), less than a count.
  /// Source: Johnson, Kotz and Balakrishnan (1994), section 12.5.
  private static func expanded(
    _ mean: Double, _ variance: Double, skewness: Double, _ u: Double
  ) -> Double {
    let z = Normal.standard.quantile(cumulative: u)
    return (mean + variance.squareRoot() * z + (z * z - 1) * skewness / 6).rounded()
  }
}
