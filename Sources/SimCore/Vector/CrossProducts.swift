// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sums of products of all pairs of columns: the matrix of a regression. A kernel.
///
/// ```
/// m_ij += Σ_r x_ri x_rj        one row after the other, for every pair by itself
/// ```
package enum CrossProducts {
  /// - Parameters:
  ///   - values: row by row.
  ///   - matrix: symmetric, row by row, as wide as the rows are.
  package static func add(
    _ values: [Double], rows: Int, to matrix: inout [Double], path: VectorPath = .best
  ) {
    guard rows > 0, !matrix.isEmpty else { return }
    let size = values.count / rows
    precondition(values.count == rows * size && matrix.count == size * size)
    matrix.withUnsafeMutableBufferPointer { m in
      values.withUnsafeBufferPointer { x in
        guard let target = m.baseAddress, let source = x.baseAddress else { return }
        if !VectorKernels.crossProducts(target, source, size: size, rows: rows, path: path) {
          portable(target, source, size, rows)
        }
        for i in 0..<size { for j in 0..<i { m[j * size + i] = m[i * size + j] } }
      }
    }
  }

  /// The lower triangle.
  private static func portable(
    _ m: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ size: Int, _ rows: Int
  ) {
    for row in 0..<rows {
      let v = x + row * size
      for i in 0..<size {
        let factor = v[i]
        let target = m + i * size
        for j in 0...i { target[j] += factor * v[j] }
      }
    }
  }
}
