// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What a decision looks like after the first draws: acceptability, frontier, expected net benefit and EVPI at
/// one willingness to pay.
///
/// Formulas and errors are those of `Acceptability`, `NetBenefit` and `PerfectInformation`, on the first
/// `count` draws.
public struct RunningChoice: Sendable, Hashable {
  public let count: Int
  public let acceptability: Acceptability
  /// Expected net monetary benefit of each strategy.
  public let netBenefits: [Estimate]
  /// Per person; of the strategy with the highest mean.
  public let evpi: Estimate

  init(_ pass: ChoicePass) {
    count = pass.count
    acceptability = Acceptability(pass)
    netBenefits = pass.netBenefits.map(\.estimate)
    evpi = pass.losses[pass.optimal].estimate
  }

  /// After the first 1 024, 2 048, 4 096, … draws and after all.
  ///
  /// Complexity: one pass over the draws.
  public static func all(_ draws: Draws, willingnessToPay: Double) -> [RunningChoice] {
    pass(draws, willingnessToPay: willingnessToPay).points
  }

  /// The same with the pass over all draws.
  static func pass(
    _ draws: Draws, willingnessToPay: Double, percentiles: PercentilePlan? = nil
  ) -> (whole: ChoicePass, points: [RunningChoice]) {
    var sizes: [Int] = []
    var size = Differences.blockLength
    while size < draws.count {
      sizes.append(size)
      size *= 2
    }
    var points: [RunningChoice] = []
    let whole = ChoicePass(
      draws, willingnessToPay: willingnessToPay, reporting: sizes, percentiles: percentiles
    ) {
      points.append(RunningChoice($0))
    }
    return (whole, points + [RunningChoice(whole)])
  }
}
