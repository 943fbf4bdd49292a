// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// Expected value of perfect information per person at one willingness to pay.
///
/// ```
/// EVPI = E[max_s NMB_s] − max_s E[NMB_s]        estimated as Σ_i (max_s NMB_si − NMB_s*i) / n
/// ```
/// s* is the strategy with the highest mean among the draws. MCSE = sd of these losses / √n, with s* as given.
///
/// The largest of several estimated means is too high on average, so that the estimate is too *low*
/// by as much; at n = 1 it is 0. `bias` estimates by how much, for means that are normal around those found:
///
/// ```
/// bias = −Σ_t σ_t (φ(a_t) − a_t Φ(−a_t)),  σ_t = sd(NMB_t − NMB_s*) / √n,  a_t = (mean NMB_s* − mean NMB_t) / σ_t
/// ```
/// With two strategies it is the unit normal loss of their difference; with more the sum over the others
/// bounds it. It is near 0 unless means lie within a few MCSE of each other, and never beyond
/// 0.4 Σ_t σ_t. No figure is corrected by it.
///
/// Source: EVPI: Raiffa and Schlaifer (1961), Applied Statistical Decision Theory, chapter 4, unit normal loss
/// in section 5.9; bias of a maximum of means: Smith and Winkler (2006), doi:10.1287/mnsc.1050.0451.
public struct PerfectInformation: Sendable, Hashable {
  public let willingnessToPay: Double
  /// The strategy to choose with what is known now: the first with the highest mean net benefit.
  public let optimal: Int
  /// Units: currency per person.
  public let value: Estimate
  /// 0 or below; `nil` for one draw.
  public let bias: Double?

  init(_ pass: ChoicePass, _ pairs: StrategyPairs) {
    willingnessToPay = pass.willingnessToPay
    optimal = pass.optimal
    value = pass.losses[pass.optimal].estimate
    var sum = 0.0
    for t in pass.means.indices where t != pass.optimal {
      guard
        let variance = pairs.netBenefitVariance(
          t, pass.optimal, willingnessToPay: pass.willingnessToPay)
      else {
        bias = nil
        return
      }
      let sigma = (variance / Double(pass.count)).squareRoot()
      sum += Self.normalLoss(gap: pass.means[pass.optimal] - pass.means[t], sigma: sigma)
    }
    bias = sum == 0 ? 0 : -sum
  }

  /// E[max(0, σ Z − gap)] for standard normal Z.
  private static func normalLoss(gap: Double, sigma: Double) -> Double {
    guard sigma > 0 else { return 0 }
    let a = gap / sigma
    let density = Double.exp(-a * a / 2) / (2 * Double.pi).squareRoot()
    let tail = Double.erfc(a / Double(2).squareRoot()) / 2
    return max(0, sigma * (density - a * tail))
  }

  /// EVPI at each willingness to pay.
  public static func curve(_ draws: Draws, willingnessToPay: [Double]) -> [PerfectInformation] {
    let pairs = StrategyPairs(draws)
    return willingnessToPay.map {
      PerfectInformation(ChoicePass(draws, willingnessToPay: $0), pairs)
    }
  }
}
