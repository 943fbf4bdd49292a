// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Mean incremental net monetary benefit of a strategy against another, with the error of paired draws.
///
/// ```
/// INMB = λ Δe − Δc        MCSE = sd of the draws' INMB / √n
/// ```
public enum IncrementalNetBenefit {
  /// One for each willingness to pay, in one pass over the draws.
  public static func all(
    _ draws: Draws, strategy: Int, comparator: Int, willingnessToPay: [Double]
  ) -> [Estimate] {
    var moments = willingnessToPay.map { _ in Moments.empty }
    let length = Differences.blockLength
    withUnsafeTemporaryAllocation(of: Double.self, capacity: length) { scratch in
      Differences.forEachBlock(draws, strategy: strategy, comparator: comparator) {
        costs, effects in
        let block = UnsafeMutableBufferPointer(rebasing: scratch[..<costs.count])
        for (place, wtp) in willingnessToPay.enumerated() {
          for i in block.indices { block[i] = wtp * effects[i] - costs[i] }
          moments[place] = .merge(moments[place], Moments(block: UnsafeBufferPointer(block)))
        }
      }
    }
    return moments.map(\.estimate)
  }

  /// How likely the strategy has more net benefit than the other: draws of equal net benefit don't count.
  ///
  /// ```
  /// P(INMB > 0) = Σ_i [λ Δe_i − Δc_i > 0] / n
  /// ```
  /// Numerics: compared as net benefits λ e − c, whose ties `Acceptability` counts, not as their difference.
  public static func positive(
    _ draws: Draws, strategy: Int, comparator: Int, willingnessToPay: Double
  ) -> Share {
    let own = (draws.effects[strategy], draws.costs[strategy])
    let other = (draws.effects[comparator], draws.costs[comparator])
    var count = 0
    for i in 0..<draws.count {
      let benefit = willingnessToPay * own.0[i] - own.1[i]
      if benefit > willingnessToPay * other.0[i] - other.1[i] { count += 1 }
    }
    return Share(count, of: draws.count)
  }
}
