// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Moments {
  /// The moments of a block.
  ///
  /// Two passes: the sum, then deviations d from the rounded mean m, whose own mean corrects
  /// both:
  ///
  /// ```
  /// mean = m + Σd / n        M2 = Σd² − (Σd)² / n
  /// ```
  /// Reproducibility: as `BlockSums`.
  ///
  /// Complexity: O(n), no allocation.
  package init(block: UnsafeBufferPointer<Double>, path: VectorPath = .best) {
    self.init(block: block, sums: BlockSums(block, path: path), path: path)
  }

  /// - Parameter sums: those of the block.
  init(block: UnsafeBufferPointer<Double>, sums: BlockSums, path: VectorPath = .best) {
    guard !block.isEmpty else {
      self = .empty
      return
    }
    let (minimum, maximum) = (sums.least, sums.greatest)
    if minimum == maximum {
      self.init(
        count: block.count, mean: minimum, squaredDeviations: 0, minimum: minimum,
        maximum: maximum)
      return
    }
    let count = Double(block.count)
    let roundedMean = sums.sum / count
    let (residual, squares) = BlockSums.deviations(block, from: roundedMean, path: path)
    self.init(
      count: block.count,
      mean: roundedMean + residual / count,
      squaredDeviations: Swift.max(0, squares - residual * residual / count),
      minimum: minimum, maximum: maximum)
  }
}
