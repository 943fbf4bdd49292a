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
  /// Complexity: O(n) for each figure, in blocks.
  public static func all(
    _ draws: Draws, willingnessToPay: [Double], probabilities: [Double] = usualProbabilities
  ) -> [NetBenefit] {
    let plan = PercentilePlan(probabilities, count: draws.count)
    return willingnessToPay.flatMap {
      let pass = ChoicePass(
        draws, willingnessToPay: $0, reporting: [], percentiles: plan, to: { _ in })
      return all(draws, pass, plan)
    }
  }

  public static let usualProbabilities = [0.025, 0.25, 0.5, 0.75, 0.975]

  /// Those of every strategy, from a pass that was made with the same percentiles.
  static func all(_ draws: Draws, _ pass: ChoicePass, _ plan: PercentilePlan) -> [NetBenefit] {
    draws.strategies.indices.map { s in
      let moments = pass.netBenefits[s]
      let percentiles = pass.percentiles[s].estimates() ?? selected(draws, s, pass, plan)
      var spread = SpreadError(moments)
      NetBenefits.forEachBlock(draws, s, pass.willingnessToPay) { spread?.add(block: $0) }
      return NetBenefit(
        strategy: s, willingnessToPay: pass.willingnessToPay, mean: moments.estimate,
        standardDeviation: moments.standardDeviation.map {
          Estimate($0, monteCarloStandardError: spread?.value)
        }, percentiles: percentiles)
    }
  }

  /// Percentiles from all values at once.
  private static func selected(
    _ draws: Draws, _ strategy: Int, _ pass: ChoicePass, _ plan: PercentilePlan
  ) -> [PercentileEstimate] {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: draws.count) { scratch in
      NetBenefits.fill(scratch, draws, strategy, pass.willingnessToPay, first: 0)
      return plan.evaluate(scratch)
    }
  }
}
