// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// Counts by inversion of one uniform, for probabilities that change from draw to draw.
///
/// The probabilities are added up from the mode outwards, upper neighbour first, until they pass the
/// uniform: exact up to rounding, and O(√variance) long. Not monotone in the uniform.
///
/// Source: Kemp (1986), A modal method for generating binomial variables,
/// doi:10.1080/03610928608829152.
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
    let mode = min(trials, Int((n + 1) * p))
    let m = Double(mode)
    let logMode =
      logFactorial(n) - logFactorial(m) - logFactorial(n - m) + m * Double.log(p)
      + (n - m) * Double.log(onePlus: -p)
    let odds = p / (1 - p)
    return outwards(
      mode, last: trials, u, start: Double.exp(logMode),
      up: { (n - $0) / ($0 + 1) * odds }, down: { $0 / ((n - $0 + 1) * odds) })
  }

  /// Events where `mean` are expected, at most 1e15.
  static func poisson(_ mean: Double, _ u: Double) -> Int {
    if !(mean > 0) { return 0 }
    precondition(mean <= 1e15, "\(mean) events")
    if mean > large { return max(0, Int(expanded(mean, mean, skewness: 1, u))) }
    let m = mean.rounded(.down)
    let logMode = m * Double.log(mean) - mean - logFactorial(m)
    return outwards(
      Int(m), last: Int.max, u, start: Double.exp(logMode), up: { mean / ($0 + 1) },
      down: { $0 / mean })
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

  private static func outwards(
    _ mode: Int, last: Int, _ u: Double, start: Double, up: (Double) -> Double,
    down: (Double) -> Double
  ) -> Int {
    var rest = u - start
    var (high, low) = (mode, mode)
    var (above, below) = (start, start)
    while rest > 0 {
      // Both sides too small to matter: rounding left a crumb of the uniform.
      if above < 1e-18, below < 1e-18 { break }
      if high < last {
        above *= up(Double(high))
        high += 1
        rest -= above
        if rest <= 0 { return high }
      } else {
        above = 0
      }
      if low > 0 {
        below *= down(Double(low))
        low -= 1
        rest -= below
        if rest <= 0 { return low }
      } else {
        below = 0
      }
    }
    return mode
  }

  private static func logFactorial(_ x: Double) -> Double { Double.logGamma(x + 1) }
}
