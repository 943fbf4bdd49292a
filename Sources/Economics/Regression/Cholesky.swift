// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The lower Cholesky factor of a positive definite matrix.
///
/// ```
/// A = L L′
/// ```
struct Cholesky {
  let size: Int
  /// L, row by row; zeros above the diagonal.
  private(set) var factor: [Double]

  /// `nil` when a pivot is not above `tolerance` times its diagonal element.
  init?(_ matrix: SymmetricMatrix, tolerance: Double = 1e-13) {
    let n = matrix.size
    size = n
    factor = [Double](repeating: 0, count: n * n)
    let isDefinite = factor.withUnsafeMutableBufferPointer { l in
      for i in 0..<n {
        for j in 0...i {
          var sum = matrix[i, j]
          for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
          if i == j {
            guard sum > tolerance * abs(matrix[i, i]) else { return false }
            l[i * n + i] = sum.squareRoot()
          } else {
            l[i * n + j] = sum / l[j * n + j]
          }
        }
      }
      return true
    }
    if !isDefinite { return nil }
  }

  /// log |A|.
  var logDeterminant: Double {
    (0..<size).reduce(0) { $0 + 2 * Double.log(factor[$1 * size + $1]) }
  }

  /// L⁻¹ b.
  func forward(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<size {
      var sum = x[i]
      for k in 0..<i { sum -= factor[i * size + k] * x[k] }
      x[i] = sum / factor[i * size + i]
    }
    return x
  }

  /// L′⁻¹ b.
  func backward(_ b: [Double]) -> [Double] {
    var x = b
    for i in stride(from: size - 1, through: 0, by: -1) {
      let value = x[i] / factor[i * size + i]
      x[i] = value
      for k in 0..<i { x[k] -= factor[i * size + k] * value }
    }
    return x
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] { backward(forward(b)) }
}
