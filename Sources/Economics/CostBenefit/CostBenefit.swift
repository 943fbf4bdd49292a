// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// One strategy against nothing: is it worth doing at this willingness to pay?
///
/// ```
/// B = λ e − c                             net benefit of a draw; e in money and λ = 1 for a cost–benefit model
/// expected loss of doing it   = E[max(0, −B)]
/// expected loss of not doing  = E[max(0, B)]
/// EVPI                        = the smaller of the two
/// break-even λ                = mean c / mean e
/// break-even cost multiplier  = λ mean e / mean c
/// ```
/// The break-even figures are ratios of means, with errors by the delta method and Fieller's theorem. At the
/// multiplier m the mean net benefit λ e − m c is 0: costs may be m times as high.
public struct CostBenefit: Sendable, Hashable {
  public let willingnessToPay: Double
  public let netBenefit: Estimate
  /// P(B > 0): a net benefit of exactly 0 is not above 0.
  public let probabilityPositive: Share
  public let lossOfDoing: Estimate
  public let lossOfNotDoing: Estimate
  public let breakEvenWillingnessToPay: BreakEven?
  public let breakEvenCostMultiplier: BreakEven?

  /// Value of perfect information.
  public var perfectInformation: Estimate {
    netBenefit.value > 0 ? lossOfDoing : lossOfNotDoing
  }

  /// A ratio of means that makes the mean net benefit 0.
  public struct BreakEven: Sendable, Hashable {
    public let value: Double
    public let monteCarloStandardError: Double?
    public let fieller: ClosedRange<Double>?

    /// `nil` unless both means are above 0 or both below: else no positive number breaks even.
    init?(_ ratio: IncrementalRatio) {
      guard let value = ratio.icer.value else { return nil }
      self.value = value
      monteCarloStandardError = ratio.monteCarloStandardError
      fieller = ratio.fieller
    }

    /// λ over a break-even λ, by the same errors relative to the figure.
    init?(_ willingnessToPay: Double, over ratio: IncrementalRatio) {
      guard let value = ratio.icer.value, willingnessToPay > 0 else { return nil }
      self.value = willingnessToPay / value
      monteCarloStandardError = ratio.monteCarloStandardError.map {
        willingnessToPay / value * ($0 / value)
      }
      fieller = ratio.fieller.flatMap { range in
        range.lowerBound > 0
          ? willingnessToPay / range.upperBound...willingnessToPay / range.lowerBound : nil
      }
    }
  }

  /// The strategy at place `strategy` against the one at `comparator`.
  ///
  /// - Parameter willingnessToPay: λ, finite, 0 or above.
  public init(_ draws: Draws, strategy: Int, comparator: Int, willingnessToPay: Double) {
    self.willingnessToPay = willingnessToPay
    var netBenefit = Moments.empty
    var doing = Moments.empty
    var notDoing = Moments.empty
    var positive = 0
    Differences.forEachBlock(draws, strategy: strategy, comparator: comparator) { costs, effects in
      for i in costs.indices { costs[i] = willingnessToPay * effects[i] - costs[i] }
      netBenefit = .merge(netBenefit, Moments(block: UnsafeBufferPointer(costs)))
      for i in costs.indices {
        positive += costs[i] > 0 ? 1 : 0
        effects[i] = max(0, -costs[i])
        costs[i] = max(0, costs[i])
      }
      doing = .merge(doing, Moments(block: UnsafeBufferPointer(effects)))
      notDoing = .merge(notDoing, Moments(block: UnsafeBufferPointer(costs)))
    }
    self.netBenefit = netBenefit.estimate
    probabilityPositive = Share(positive, of: draws.count)
    lossOfDoing = doing.estimate
    lossOfNotDoing = notDoing.estimate
    let ratio = IncrementalRatio(PairMoments(draws, strategy: strategy, comparator: comparator))
    breakEvenWillingnessToPay = BreakEven(ratio)
    breakEvenCostMultiplier = BreakEven(willingnessToPay, over: ratio)
  }
}
