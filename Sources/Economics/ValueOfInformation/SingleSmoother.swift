// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The regression of the increments on one column.
struct SingleSmoother {
  let regression: PenalisedRegression
  private let cells: [Int]
  /// Σ y y′ of each cell of neighbouring bins.
  private let cellProducts: [SymmetricMatrix]
  private let cellCounts: [Double]
  private let sums: [Double]
  /// Bin of each draw.
  let places: [UInt32]

  /// Cells for local residual variances: at most 16, with at least 50 draws each as a rule.
  private static func cellCount(_ draws: Int) -> Int { max(1, min(16, draws / 50)) }

  /// `nil` for a constant column.
  init?(_ column: [Double], _ order: DrawOrder, _ outcomes: IncrementalOutcomes) {
    guard let basis = ParameterBasis(column, order) else { return nil }
    let bins = basis.bins
    let width = outcomes.width
    let cellCount = Self.cellCount(column.count)
    var sums = [Double](repeating: 0, count: bins.count * width)
    var products = [SymmetricMatrix](
      repeating: SymmetricMatrix(size: width), count: cellCount)
    var cells = [Int](repeating: 0, count: bins.count)
    var counts = [Double](repeating: 0, count: cellCount)
    places = GroupBasis.places(bins, order)
    for bin in 0..<bins.count {
      let cell = min(cellCount - 1, bins.starts[bin] * cellCount / column.count)
      cells[bin] = cell
      counts[cell] += basis.weights[bin]
      outcomes.add(
        order.rows[bins.starts[bin]..<bins.starts[bin + 1]],
        to: &sums[bin * width..<(bin + 1) * width], &products[cell])
    }
    self.cells = cells
    cellProducts = products
    cellCounts = counts
    self.sums = sums
    let rows = StoredRows(size: basis.size, values: basis.values)
    var right = [[Double]](repeating: [Double](repeating: 0, count: basis.size), count: width)
    RowProducts.addRight(basis.values, size: basis.size, sums: sums, from: 0, to: &right)
    regression = PenalisedRegression(
      basis: rows, weights: basis.weights, gram: basis.gram, right: right,
      products: outcomes.products, count: column.count, penalties: [basis.penalty])
  }

  func conditionalValues(
    _ indices: [Int], _ outcomes: IncrementalOutcomes
  ) -> [EVPPI.Conditional] {
    zip(indices, regression.fitted(indices)).map { conditionalValue($0, fitted: $1, outcomes) }
  }

  private func conditionalValue(
    _ index: Int, fitted: [Double], _ outcomes: IncrementalOutcomes
  ) -> EVPPI.Conditional {
    let noise = regression.noise(index)
    let width = outcomes.width
    var residuals = cellProducts
    for bin in regression.weights.indices {
      for i in 0..<width {
        for j in 0..<width {
          let (fi, fj) = (fitted[bin * width + i], fitted[bin * width + j])
          residuals[cells[bin]][i, j] +=
            regression.weights[bin] * fi * fj - fi * sums[bin * width + j]
            - fj * sums[bin * width + i]
        }
      }
    }
    let loss = 1 - noise.effectiveDegreesOfFreedom / regression.count
    for cell in residuals.indices where cellCounts[cell] > 0 {
      residuals[cell] = (1 / (cellCounts[cell] * max(loss, 0.1))) * residuals[cell]
    }
    let value = ConditionalValue(
      fitted: fitted, weights: regression.weights,
      leverages: regression.leverages([noise.covariance], step: 1)[0],
      leverageStride: 1, residuals: residuals, cells: cells)
    return (value, noise)
  }
}
