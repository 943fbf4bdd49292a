// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Builds and verifies quantile tables.
///
/// In every cell the quantile is found at 7 Chebyshev–Lobatto points, by Newton steps from the polynomial
/// of the neighbouring cell, and interpolated. The result is checked against the tail function between
/// those points. Finer cells and the log or logit scale are tried until at most 1e-6 of the probability
/// is left to the solver.
public enum QuantileTableBuilder {
  /// Probability that may be left to the solver.
  static let solverBudget = 1e-6

  /// A verified table of `standard`.
  ///
  /// The last attempt is returned even when it leaves more to the solver: slower, as accurate.
  public static func build(_ standard: any Distribution) -> QuantileTable {
    let support = standard.support
    let scales: [QuantileTable.Transform] =
      support.lower == 0
      ? (support.upper == 1 ? [.identity, .logit] : [.identity, .log]) : [.identity]
    let attempts = scales.flatMap { scale in [3, 4, 5].map { (scale, $0) } }
    for (scale, cellBits) in attempts {
      if let table = attempt(standard, scale, cellBits, budget: solverBudget) { return table }
    }
    let last = attempts[attempts.count - 1]
    guard let table = attempt(standard, last.0, last.1, budget: 2) else {
      preconditionFailure("a budget above 1 admits every table")
    }
    return table
  }

  private static func attempt(
    _ standard: some Distribution, _ transform: QuantileTable.Transform, _ cellBits: Int,
    budget: Double
  ) -> QuantileTable? {
    let perSide = QuantileTable.cellsPerSide(cellBits: cellBits)
    let count = 2 * perSide * QuantileTable.rowLength
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
    let coefficients = raw.bindMemory(to: Double.self, capacity: count)
    coefficients.initialize(repeating: 0, count: count)
    var worst = 0.0
    var left = 0.0
    // Both sides in step, from the middle outwards: a hopeless attempt is given up after a few cells.
    var lower = CellSolver(standard, side: .lower, transform: transform, cellBits: cellBits)
    var upper = CellSolver(standard, side: .upper, transform: transform, cellBits: cellBits)
    for cell in stride(from: perSide - 1, through: 0, by: -1) {
      for side in 0...1 {
        let row = coefficients + (side * perSide + cell) * QuantileTable.rowLength
        let excess = side == 0 ? lower.solve(cell, into: row) : upper.solve(cell, into: row)
        if excess <= 1 {
          worst = max(worst, excess)
        } else {
          left += lower.probability(of: cell)
          for k in 0...QuantileTable.degree { row[k] = .nan }
        }
      }
      if left > budget {
        coefficients.deallocate()
        return nil
      }
    }
    return QuantileTable(
      standard: standard, transform: transform, cellBits: cellBits, worstExcess: worst,
      solverProbability: left, coefficients: coefficients)
  }
}
