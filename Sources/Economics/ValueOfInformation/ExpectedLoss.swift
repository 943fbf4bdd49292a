// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What choosing each strategy is expected to lose against the best of each draw.
///
/// ```
/// E[loss of s] = Σ_i (max_t NMB_ti − NMB_si) / n        MCSE = sd of the draws' losses / √n
/// ```
/// The smallest expected loss is the EVPI; the strategy that has it has the highest mean net benefit.
///
/// Source: Alarid-Escudero et al. (2019), doi:10.1016/j.jval.2019.02.008.
public struct ExpectedLoss: Sendable, Hashable {
  public let willingnessToPay: Double
  /// By strategy. Units: currency per person.
  public let losses: [Estimate]

  init(_ pass: ChoicePass) {
    willingnessToPay = pass.willingnessToPay
    losses = pass.losses.map(\.estimate)
  }

  /// Expected losses at each willingness to pay.
  public static func curve(_ draws: Draws, willingnessToPay: [Double]) -> [ExpectedLoss] {
    willingnessToPay.map { ExpectedLoss(ChoicePass(draws, willingnessToPay: $0)) }
  }
}
