// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sobol' indices from outcomes of a Saltelli design: two independent matrices of inputs, and for each
/// parameter the first with that parameter's column taken from the second.
///
/// ```
/// first order   S = Σ f(B) (f(AB) − f(A)) / (n V)            outcomes centred
/// total         T = Σ (f(A) − f(AB))² / (2 n V)              V: variance of f(A) and f(B) together
/// ```
/// Standard errors by the delta method over rows, which are independent.
///
/// Only for independent inputs and random rows: rank and bin estimators, and these errors, don't hold on
/// Sobol' points.
/// Source: Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018, table 2 (b) and (f); Jansen (1999),
/// doi:10.1016/S0010-4655(98)00154-4.
public struct SobolIndices: Sendable, Hashable {
  public let firstOrder: Estimate
  public let total: Estimate

  /// - Parameters:
  ///   - a: outcomes of the first matrix.
  ///   - b: outcomes of the second.
  ///   - ab: outcomes of the first with the parameter's column from the second.
  /// - Precondition: equally many, at least two, all finite.
  public init(a: [Double], b: [Double], ab: [Double]) {
    precondition(a.count == b.count && a.count == ab.count && a.count >= 2)
    let n = Double(a.count)
    let down = min(BinaryScale(a).down, BinaryScale(b).down, BinaryScale(ab).down)
    // Differences from one value are exact where the spread is small beside the mean.
    let origin = a[0] * down
    func from(_ value: Double) -> Double { value * down - origin }
    let mean = (a.reduce(0) { $0 + from($1) / n } + b.reduce(0) { $0 + from($1) / n }) / 2
    var variance = 0.0
    var first = 0.0
    var total = 0.0
    for row in a.indices {
      let (fa, fb, fab) = (from(a[row]) - mean, from(b[row]) - mean, from(ab[row]) - mean)
      variance += (fa * fa + fb * fb) / 2
      first += fb * (fab - fa)
      total += (fa - fab) * (fa - fab) / 2
    }
    guard variance > 0 else {
      firstOrder = Estimate(0, monteCarloStandardError: 0)
      self.total = firstOrder
      return
    }
    let (s, t) = (first / variance, total / variance)
    var (firstSquares, totalSquares) = (0.0, 0.0)
    for row in a.indices {
      let (fa, fb, fab) = (from(a[row]) - mean, from(b[row]) - mean, from(ab[row]) - mean)
      let own = (fa * fa + fb * fb) / 2
      let u = fb * (fab - fa) - s * own
      let v = (fa - fab) * (fa - fab) / 2 - t * own
      firstSquares += u * u
      totalSquares += v * v
    }
    // variance is n V: the influence of a row is its deviation over V, and n rows are averaged.
    firstOrder = Estimate(s, monteCarloStandardError: firstSquares.squareRoot() / variance)
    self.total = Estimate(t, monteCarloStandardError: totalSquares.squareRoot() / variance)
  }
}
