// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One way to tabulate a distribution: scale, fineness and splits.
struct TableAttempt {
  let table: QuantileTable
  /// Cells left to the solver, as intervals of u.
  let failures: [ClosedRange<Double>]

  /// `nil` as soon as more than `budget` of the probability is left to the solver.
  init?(
    _ standard: some Distribution, _ transform: QuantileTable.Transform, _ cellBits: Int,
    _ splits: [Double], budget: Double
  ) {
    let perSide = QuantileTable.cellsPerSide(cellBits: cellBits)
    let coefficients = QuantileTable.aligned(
      2 * (splits.count + 1) * perSide * QuantileTable.rowLength)
    var worst = 0.0
    var left = 0.0
    var failures: [ClosedRange<Double>] = []
    for (segment, (start, end)) in zip([0] + splits, splits + [1]).enumerated() {
      // Both sides in step, from the middle outwards: a hopeless attempt is given up after a few cells.
      var lower = CellSolver(
        standard, side: .lower, start: start, length: end - start, transform: transform,
        cellBits: cellBits)
      var upper = CellSolver(
        standard, side: .upper, start: 1 - end, length: end - start, transform: transform,
        cellBits: cellBits)
      for cell in stride(from: perSide - 1, through: 0, by: -1) {
        for side in 0...1 {
          let row =
            coefficients + ((2 * segment + side) * perSide + cell) * QuantileTable.rowLength
          let excess = side == 0 ? lower.solve(cell, into: row) : upper.solve(cell, into: row)
          if excess <= 1 {
            worst = max(worst, excess)
          } else {
            left += lower.probability(of: cell)
            failures.append(side == 0 ? lower.interval(of: cell) : upper.interval(of: cell))
            for k in 0...QuantileTable.degree { row[k] = .nan }
          }
        }
        if left > budget {
          coefficients.deallocate()
          return nil
        }
      }
    }
    table = QuantileTable(
      standard: standard, transform: transform, cellBits: cellBits, splits: splits,
      worstExcess: worst, solverProbability: left, coefficients: coefficients)
    self.failures = failures
  }
}
