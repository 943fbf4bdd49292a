// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.
///
/// ```
/// A = V diag(values) Vᵀ,   vectors[k] = column k of V
/// ```
/// Numerics: each eigenvalue to a few ulps of the largest.
/// Complexity: O(n³) a sweep, some ten sweeps: for matrices of at most some hundred rows.
/// Source: Golub and Van Loan (2013), section 8.5.
struct SymmetricEigen {
  private(set) var values: [Double]
  /// One for each value.
  private(set) var vectors: [[Double]]

  init(_ matrix: [[Double]]) {
    let n = matrix.count
    var a = matrix
    // Row k becomes eigenvector k.
    var v = matrix.indices.map { i in matrix.indices.map { $0 == i ? 1.0 : 0.0 } }
    for _ in 0..<60 {
      var off = 0.0
      var all = 0.0
      for i in 0..<n {
        for j in 0..<n {
          all += a[i][j] * a[i][j]
          if i != j { off += a[i][j] * a[i][j] }
        }
      }
      if off <= 1e-32 * all { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p][q] != 0 {
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + Double.hypot(theta, 1))
          let c = 1 / Double.hypot(t, 1)
          Self.rotate(&a, &v, p, q, c, t * c)
        }
      }
    }
    values = (0..<n).map { a[$0][$0] }
    vectors = v
  }

  /// Turns rows and columns p and q so that the entry between them is 0.
  private static func rotate(
    _ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int, _ c: Double, _ s: Double
  ) {
    for k in a.indices {
      let (x, y) = (a[k][p], a[k][q])
      a[k][p] = c * x - s * y
      a[k][q] = s * x + c * y
    }
    for k in a.indices {
      let (x, y) = (a[p][k], a[q][k])
      a[p][k] = c * x - s * y
      a[q][k] = s * x + c * y
    }
    for k in v.indices {
      let (x, y) = (v[p][k], v[q][k])
      v[p][k] = c * x - s * y
      v[q][k] = s * x + c * y
    }
  }

  /// The matrix with other eigenvalues.
  func matrix(_ change: (Double) -> Double) -> [[Double]] {
    let n = values.count
    var result = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    for (value, vector) in zip(values, vectors) {
      let weight = change(value)
      if weight == 0 { continue }
      for i in 0..<n {
        let scaled = weight * vector[i]
        for j in 0...i { result[i][j] += scaled * vector[j] }
      }
    }
    for i in 0..<n { for j in 0..<i { result[j][i] = result[i][j] } }
    return result
  }
}
