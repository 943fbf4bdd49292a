// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Mean incremental net monetary benefit of a strategy against another, with the error of paired draws.
///
/// ```
/// INMB = λ Δe − Δc        MCSE = sd of the draws' INMB / √n
/// ```
public enum IncrementalNetBenefit {
  public static func of(
    _ draws: Draws, strategy: Int, comparator: Int, willingnessToPay: Double
  ) -> Estimate {
    var moments = Moments.empty
    Differences.forEachBlock(draws, strategy: strategy, comparator: comparator) { costs, effects in
      for i in costs.indices { costs[i] = willingnessToPay * effects[i] - costs[i] }
      moments = .merge(moments, Moments(block: UnsafeBufferPointer(costs)))
    }
    return moments.estimate
  }
}
