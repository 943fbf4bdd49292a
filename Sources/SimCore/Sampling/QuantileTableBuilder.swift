// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Builds and verifies quantile tables.
///
/// In every cell the quantile is found at 7 Chebyshev–Lobatto points, by Newton steps from the polynomial
/// of the neighbouring cell, and interpolated. The result is checked against the tail function between
/// those points. Finer cells and the log or logit scale are tried until at most 1e-6 of the probability
/// is left to the solver; then further splits, where cells fail.
public enum QuantileTableBuilder {
  /// Probability that may be left to the solver.
  static let solverBudget = 1e-6
  /// How often splits are added.
  private static let rounds = 12

  /// A verified table of `standard`.
  ///
  /// The best attempt is returned even when it leaves more to the solver: slower, as accurate.
  public static func build(_ standard: any Distribution) -> QuantileTable {
    let splits = TableSplits.known(standard)
    let support = standard.support
    let scales: [QuantileTable.Transform] =
      support.lower == 0
      ? (support.upper == 1 ? [.identity, .logit] : [.identity, .log]) : [.identity]
    // A plain table has its two sides meet at ½, and may do without a split there.
    if splits == [0.5],
      let table = TableAttempt(standard, .identity, 3, [], budget: solverBudget)?.table
    {
      return table
    }
    for scale in scales {
      for cellBits in [3, 4, 5] {
        let attempt = TableAttempt(standard, scale, cellBits, splits, budget: solverBudget)
        if let table = attempt?.table { return table }
      }
    }
    return refined(standard, scales, splits)
  }

  /// Splits added in the middle of what fails, on the scale that leaves least.
  private static func refined(
    _ standard: any Distribution, _ scales: [QuantileTable.Transform], _ splits: [Double]
  ) -> QuantileTable {
    let attempts = scales.compactMap { TableAttempt(standard, $0, 5, splits, budget: 2) }
    guard
      let plain = attempts.min(by: { $0.table.solverProbability < $1.table.solverProbability })
    else { preconditionFailure("a budget above 1 admits every table") }
    let most = plain.table.solverProbability
    var best = plain
    var splits = splits
    for round in 0..<rounds where splits.count < TableSplits.most {
      let added = TableSplits.further(best.failures, beside: splits)
      if added.isEmpty { break }
      splits = (splits + added).sorted()
      guard
        let next = TableAttempt(standard, plain.table.transform, 4, splits, budget: 2)
      else { break }
      best = next
      if best.table.solverProbability <= solverBudget { break }
      // Little to gain, or not a matter of splits.
      let hope = most < 1e-3 ? 0.3 : 0.95
      if round >= 2 && best.table.solverProbability > hope * most { return plain.table }
    }
    // Each segment costs time in every draw.
    return best.table.solverProbability < 0.1 * most ? best.table : plain.table
  }
}
