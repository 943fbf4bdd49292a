// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Cholesky factor of a positive definite matrix.
///
/// ```
/// A = L L′
/// ```
/// Complexity: O(n³); the inner loops run along rows of L′, so that several elements go at once.
struct Cholesky {
  let size: Int
  /// L′, row by row; what stands below the diagonal has no meaning.
  private let upper: [Double]

  /// `nil` when a pivot is not above `tolerance` times its diagonal element.
  init?(_ matrix: SymmetricMatrix, tolerance: Double = 1e-13) {
    let n = matrix.size
    size = n
    var upper = matrix.elements
    let isDefinite = upper.withUnsafeMutableBufferPointer { buffer in
      guard let u = buffer.baseAddress else { return true }
      // The lower triangle is the one that is read, should they differ.
      for i in 0..<n { for j in 0..<i { u[j * n + i] = u[i * n + j] } }
      for k in 0..<n {
        let row = u + k * n
        let pivot = row[k]
        guard pivot > tolerance * abs(matrix[k, k]) else { return false }
        let root = pivot.squareRoot()
        row[k] = root
        for i in k + 1..<max(n, k + 1) { row[i] /= root }
        for j in k + 1..<max(n, k + 1) {
          Self.subtract(row[j], row + j, from: u + j * n + j, n - j)
        }
      }
      return true
    }
    if !isDefinite { return nil }
    self.upper = upper
  }

  /// target −= factor · values.
  @inline(__always)
  private static func subtract(
    _ factor: Double, _ values: UnsafePointer<Double>, from target: UnsafeMutablePointer<Double>,
    _ count: Int
  ) {
    for i in 0..<count { target[i] -= factor * values[i] }
  }

  /// log |A|.
  var logDeterminant: Double {
    (0..<size).reduce(0) { $0 + 2 * Double.log(upper[$1 * size + $1]) }
  }

  /// L⁻¹ b.
  func forward(_ b: [Double]) -> [Double] {
    precondition(b.count == size)
    var x = b
    x.withUnsafeMutableBufferPointer { x in
      upper.withUnsafeBufferPointer { u in
        guard let x = x.baseAddress, let u = u.baseAddress else { return }
        for k in 0..<size {
          let row = u + k * size
          x[k] /= row[k]
          Self.subtract(x[k], row + k + 1, from: x + k + 1, size - k - 1)
        }
      }
    }
    return x
  }

  /// L′⁻¹ b.
  func backward(_ b: [Double]) -> [Double] {
    precondition(b.count == size)
    var x = b
    x.withUnsafeMutableBufferPointer { x in
      upper.withUnsafeBufferPointer { u in
        guard let x = x.baseAddress, let u = u.baseAddress else { return }
        for i in stride(from: size - 1, through: 0, by: -1) {
          let row = u + i * size
          var sum = x[i]
          for k in stride(from: size - 1, to: i, by: -1) { sum -= row[k] * x[k] }
          x[i] = sum / row[i]
        }
      }
    }
    return x
  }

  /// L b.
  func apply(_ b: [Double]) -> [Double] {
    precondition(b.count == size)
    return (0..<size).map { i in
      var sum = 0.0
      for k in 0...i { sum += upper[k * size + i] * b[k] }
      return sum
    }
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] { backward(forward(b)) }
}
