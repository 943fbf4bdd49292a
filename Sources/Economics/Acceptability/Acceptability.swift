// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How likely each strategy is the best one at one willingness to pay: points of the cost-effectiveness
/// acceptability curves and of their frontier.
///
/// ```
/// P(s is best) = Σ_i s_i / n,  s_i = 1 / (number of strategies with the largest NMB of draw i), 0 if s has less
/// ```
/// Ties are split evenly, so that the probabilities add up to 1, and counted.
///
/// Source: van Hout et al. (1994), doi:10.1002/hec.4730030505; frontier: Fenwick, Claxton and Sculpher (2001),
/// doi:10.1002/hec.635.
public struct Acceptability: Sendable, Hashable {
  public let willingnessToPay: Double
  /// By strategy.
  public let probabilities: [Share]
  /// Share of draws, by strategy, in which it is best together with another.
  public let tied: [Share]
  /// The strategy with the highest mean net benefit: that of the frontier. It need not have the highest
  /// probability. The first of equals.
  public let optimal: Int

  /// The probability of the frontier (CEAF).
  public var frontier: Share { probabilities[optimal] }

  init(_ pass: ChoicePass) {
    willingnessToPay = pass.willingnessToPay
    optimal = pass.optimal
    let n = Double(pass.count)
    probabilities = pass.wins.map { wins in
      var sum = 0.0
      var squares = 0.0
      for (others, draws) in wins.enumerated() {
        let part = 1 / Double(others + 1)
        sum += part * Double(draws)
        squares += part * part * Double(draws)
      }
      return Share(sum / n, meanSquare: squares / n, count: pass.count)
    }
    tied = pass.wins.map { Share($0.dropFirst().reduce(0, +), of: pass.count) }
  }

  /// The acceptability at each willingness to pay.
  public static func curve(_ draws: Draws, willingnessToPay: [Double]) -> [Acceptability] {
    willingnessToPay.map { Acceptability(ChoicePass(draws, willingnessToPay: $0)) }
  }
}
