// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Net monetary and net health benefit of one strategy at one willingness to pay λ.
///
/// ```
/// NMB = λ e − c        NHB = e − c / λ = NMB / λ
/// ```
/// Units: NMB in currency, NHB in units of effect.
public struct NetBenefit: Sendable, Hashable {
  public let strategy: Int
  public let willingnessToPay: Double
  /// Mean net monetary benefit.
  public let mean: Estimate
  /// Its standard deviation among the draws; `nil` below two.
  public let standardDeviation: Estimate?
  /// Type-7 percentiles of the net monetary benefit.
  public let percentiles: [PercentileEstimate]

  /// Net health benefit: every figure over λ; `nil` where λ is 0.
  public var health: NetBenefit? {
    guard willingnessToPay > 0 else { return nil }
    let factor = 1 / willingnessToPay
    return factor.isFinite
      ? NetBenefit(
        strategy: strategy, willingnessToPay: willingnessToPay, mean: mean.times(factor),
        standardDeviation: standardDeviation?.times(factor),
        percentiles: percentiles.map { $0.times(factor) }) : nil
  }

  /// Net benefits of every strategy at every willingness to pay: in the order of `willingnessToPay`, within
  /// it in the order of the strategies.
  ///
  /// - Parameters:
  ///   - willingnessToPay: finite, 0 or above.
  ///   - probabilities: of the percentiles, in 0 … 1.
  ///
  /// Complexity: O(n) for each figure, and one array of n doubles for each worker.
  public static func all(
    _ draws: Draws, willingnessToPay: [Double],
    probabilities: [Double] = [0.025, 0.25, 0.5, 0.75, 0.975]
  ) -> [NetBenefit] {
    let passes = willingnessToPay.map { ChoicePass(draws, willingnessToPay: $0) }
    return all(draws, passes, probabilities: probabilities, workers: 1)
  }

  /// The same from passes that were made before.
  static func all(
    _ draws: Draws, _ passes: [ChoicePass],
    probabilities: [Double] = [0.025, 0.25, 0.5, 0.75, 0.975], workers: Int
  ) -> [NetBenefit] {
    let plan = PercentilePlan(probabilities, count: draws.count)
    return Parallel.map(passes.count, workers: workers) { index in
      let pass = passes[index]
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: draws.count) { scratch in
        draws.strategies.indices.map { s in
          NetBenefits.fill(scratch, draws, s, pass.willingnessToPay, first: 0)
          let moments = pass.netBenefits[s]
          let spread = moments.standardDeviation.map {
            Estimate(
              $0, monteCarloStandardError: SpreadError.of(UnsafeBufferPointer(scratch), moments))
          }
          return NetBenefit(
            strategy: s, willingnessToPay: pass.willingnessToPay, mean: moments.estimate,
            standardDeviation: spread, percentiles: plan.evaluate(scratch))
        }
      }
    }.flatMap(\.self)
  }
}
