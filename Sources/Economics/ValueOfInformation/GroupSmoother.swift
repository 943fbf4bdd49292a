// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The regression of the increments on several columns.
struct GroupSmoother {
  let regression: PenalisedRegression

  /// Rows whose leverage is computed: the bias is a mean over them.
  private static let leverageRows = 4000

  /// `nil` when all columns are constant.
  init?(_ columns: [[Double]], _ outcomes: IncrementalOutcomes, workers: Int = 1) {
    guard let basis = GroupBasis(columns, outcomes) else { return nil }
    regression = PenalisedRegression(
      basis: basis.rows, weights: [Double](repeating: 1, count: outcomes.count),
      gram: basis.gram, right: basis.right, products: outcomes.products, count: outcomes.count,
      penalties: basis.penalties, workers: workers)
  }

  func conditionalValues(
    _ indices: [Int], _ outcomes: IncrementalOutcomes
  ) -> [EVPPI.Conditional] {
    let noises = indices.map { regression.noise($0) }
    let stride = (outcomes.count + Self.leverageRows - 1) / Self.leverageRows
    let fitted = regression.fitted(indices)
    let leverages = regression.leverages(noises.map(\.covariance), step: stride)
    return indices.indices.map { place in
      let value = ConditionalValue(
        fitted: fitted[place], weights: regression.weights, leverages: leverages[place],
        leverageStride: stride, residuals: [noises[place].residual],
        cells: [Int](repeating: 0, count: outcomes.count))
      return (value, noises[place])
    }
  }
}
