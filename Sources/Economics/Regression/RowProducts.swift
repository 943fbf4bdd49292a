// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Products of the rows of a basis with vectors and matrices. A kernel: raw pointers.
///
/// Sums are long chains of additions in a fixed order; several of them are taken side by side, so that
/// none waits for another. Each keeps its own order, whatever stands beside it.
enum RowProducts {
  /// X′Wy of every outcome, from the sums of the outcomes over the draws of each row.
  static func right(
    _ basis: [Double], size: Int, sums: [Double], width: Int, rows: Int
  ) -> [[Double]] {
    precondition(basis.count >= rows * size && sums.count >= rows * width)
    return (0..<width).map { outcome in
      var result = [Double](repeating: 0, count: size)
      result.withUnsafeMutableBufferPointer { result in
        basis.withUnsafeBufferPointer { basis in
          sums.withUnsafeBufferPointer { sums in
            for row in 0..<rows {
              let sum = sums[row * width + outcome]
              let start = row * size
              for column in 0..<size { result[column] += sum * basis[start + column] }
            }
          }
        }
      }
      return result
    }
  }

  /// β′ x for each row and outcome, `coefficients.count` numbers a row.
  static func fitted(
    _ basis: [Double], size: Int, _ coefficients: [[Double]], rows: Int
  ) -> [Double] {
    let width = coefficients.count
    precondition(basis.count >= rows * size && coefficients.allSatisfy { $0.count == size })
    var result = [Double](repeating: 0, count: rows * width)
    result.withUnsafeMutableBufferPointer { result in
      basis.withUnsafeBufferPointer { basis in
        for (outcome, beta) in coefficients.enumerated() {
          beta.withUnsafeBufferPointer { beta in
            var row = 0
            while row + 4 <= rows {
              let start = row * size
              var sums = SIMD4<Double>.zero
              for column in 0..<size {
                let place = start + column
                let x = SIMD4(
                  basis[place], basis[place + size], basis[place + 2 * size],
                  basis[place + 3 * size])
                sums += x * beta[column]
              }
              for lane in 0..<4 { result[(row + lane) * width + outcome] = sums[lane] }
              row += 4
            }
            while row < rows {
              var sum = 0.0
              for column in 0..<size { sum += basis[row * size + column] * beta[column] }
              result[row * width + outcome] = sum
              row += 1
            }
          }
        }
      }
    }
    return result
  }

  /// x′ C x for each of some rows, not below 0.
  static func forms(
    _ basis: [Double], size: Int, _ matrix: SymmetricMatrix, rows: [Int]
  ) -> [Double] {
    var result = [Double](repeating: 0, count: rows.count)
    precondition(rows.allSatisfy { $0 >= 0 && ($0 + 1) * size <= basis.count })
    withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: size) { points in
      basis.withUnsafeBufferPointer { basis in
        matrix.elements.withUnsafeBufferPointer { c in
          for first in stride(from: 0, to: rows.count, by: 8) {
            let count = min(8, rows.count - first)
            for column in 0..<size {
              var point = SIMD8<Double>.zero
              for lane in 0..<count { point[lane] = basis[rows[first + lane] * size + column] }
              points.initializeElement(at: column, to: point)
            }
            var sums = SIMD8<Double>.zero
            for i in 0..<size {
              var inner = SIMD8<Double>.zero
              for j in 0..<size { inner += c[i * size + j] * points[j] }
              sums += points[i] * inner
            }
            for lane in 0..<count { result[first + lane] = max(0, sums[lane]) }
          }
        }
      }
    }
    return result
  }
}
