// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The regression of the increments on several columns.
struct GroupSmoother {
  let regression: PenalisedRegression

  /// Rows whose leverage is computed: the bias is a mean over them.
  private static let leverageRows = 4000

  /// `nil` when all columns are constant.
  init?(_ columns: [[Double]], _ outcomes: IncrementalOutcomes) {
    guard let basis = GroupBasis(columns, outcomes) else { return nil }
    regression = PenalisedRegression(
      basis: basis.values, size: basis.size,
      weights: [Double](repeating: 1, count: outcomes.count), gram: basis.gram,
      sums: outcomes.rows, products: outcomes.products, count: outcomes.count,
      penalties: basis.penalties)
  }

  func conditionalValue(
    _ index: Int, _ outcomes: IncrementalOutcomes
  ) -> (value: ConditionalValue, noise: PenalisedRegression.Noise) {
    let noise = regression.noise(index)
    let stride = (outcomes.count + Self.leverageRows - 1) / Self.leverageRows
    let rows = Array(Swift.stride(from: 0, to: outcomes.count, by: stride))
    let value = ConditionalValue(
      fitted: regression.fitted(index), weights: regression.weights,
      leverages: regression.leverages(noise.covariance, rows: rows), leverageStride: stride,
      residuals: [noise.residual], cells: [Int](repeating: 0, count: outcomes.count))
    return (value, noise)
  }
}
