// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The ICER of mean differences, with its Monte Carlo error.
///
/// ```
/// R = Δc / Δe                                 ratio of means, never mean of ratios
/// MCSE = √((s_cc − 2 R s_ce + R² s_ee) / n) / |Δe|           delta method
/// Fieller: the R with (Δc − R Δe)² = z² (s_cc − 2 R s_ce + R² s_ee) / n,   z = 1.96
/// ```
/// s are the sample variances and the covariance of the draws' differences. Both errors shrink with n; the
/// uncertainty of the ratio itself is `ICERUncertainty`.
///
/// Source: Fieller (1954), J R Stat Soc B 16:175; O'Brien et al. (1994), doi:10.1097/00005650-199402000-00006.
public struct IncrementalRatio: Sendable, Hashable {
  public let icer: ICER
  /// By the delta method; `nil` without a ratio.
  public let monteCarloStandardError: Double?
  /// Ends of Fieller's 95 % interval of Monte Carlo error; `nil` where it is unbounded, that is where the
  /// mean difference in effect is less than 1.96 of its MCSE from 0, and without a ratio.
  public let fieller: ClosedRange<Double>?

  init(_ pair: PairMoments) {
    let (c, e) = (pair.cost.mean, pair.effect.mean)
    icer = ICER(cost: c, effect: e)
    guard let ratio = icer.value, let varianceC = pair.cost.variance,
      let varianceE = pair.effect.variance, let covariance = pair.covariance
    else {
      monteCarloStandardError = nil
      fieller = nil
      return
    }
    let n = Double(pair.count)
    let residual = max(0, varianceC - 2 * ratio * covariance + ratio * ratio * varianceE)
    monteCarloStandardError = (residual / n).squareRoot() / abs(e)
    // In units of the ratio: R = ratio · r, so that nothing over- or underflows.
    let z2 = standardNormal95 * standardNormal95 / n
    let a = 1 - z2 * varianceE / (e * e)
    let b = 1 - z2 * covariance / (c * e)
    let k = 1 - z2 * varianceC / (c * c)
    guard a > 0 else {
      fieller = nil
      return
    }
    let root = max(0, b * b - a * k).squareRoot()
    fieller = ratio * ((b - root) / a)...ratio * ((b + root) / a)
  }
}
