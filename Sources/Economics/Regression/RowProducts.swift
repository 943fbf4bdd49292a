// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Products of the rows of a basis with vectors and matrices. A kernel: raw pointers.
///
/// Sums are long chains of additions in a fixed order; several of them are taken side by side, so that
/// none waits for another. Each keeps its own order, whatever stands beside it.
enum RowProducts {
  /// Adds x y of every row and outcome to `result`, by outcome.
  ///
  /// - Parameters:
  ///   - panel: rows of the basis, `size` numbers each.
  ///   - sums: outcomes added up over the draws of each row, `result.count` numbers a row; those of the
  ///     panel begin at `start`.
  static func addRight(
    _ panel: [Double], size: Int, sums: [Double], from start: Int, to result: inout [[Double]]
  ) {
    let (rows, width) = (panel.count / size, result.count)
    precondition(panel.count == rows * size && sums.count >= start + rows * width)
    for outcome in 0..<width {
      result[outcome].withUnsafeMutableBufferPointer { result in
        panel.withUnsafeBufferPointer { panel in
          sums.withUnsafeBufferPointer { sums in
            for row in 0..<rows {
              let sum = sums[start + row * width + outcome]
              for column in 0..<size { result[column] += sum * panel[row * size + column] }
            }
          }
        }
      }
    }
  }

  /// Writes β′ x of each row and outcome, `coefficients.count` numbers a row, to `result` from `start` on.
  static func fit(
    _ panel: [Double], size: Int, _ coefficients: [[Double]], to result: inout [Double],
    from start: Int
  ) {
    let (rows, width) = (panel.count / size, coefficients.count)
    precondition(result.count >= start + rows * width)
    precondition(panel.count == rows * size && coefficients.allSatisfy { $0.count == size })
    result.withUnsafeMutableBufferPointer { result in
      panel.withUnsafeBufferPointer { panel in
        for (outcome, beta) in coefficients.enumerated() {
          beta.withUnsafeBufferPointer { beta in
            var row = 0
            while row + 4 <= rows {
              let first = row * size
              var sums = SIMD4<Double>.zero
              for column in 0..<size {
                let place = first + column
                let x = SIMD4(
                  panel[place], panel[place + size], panel[place + 2 * size],
                  panel[place + 3 * size])
                sums += x * beta[column]
              }
              for lane in 0..<4 { result[start + (row + lane) * width + outcome] = sums[lane] }
              row += 4
            }
            while row < rows {
              var sum = 0.0
              for column in 0..<size { sum += panel[row * size + column] * beta[column] }
              result[start + row * width + outcome] = sum
              row += 1
            }
          }
        }
      }
    }
  }

  /// Writes x′ C x of each row, not below 0, to `result` from `start` on.
  static func form(
    _ panel: [Double], _ matrix: SymmetricMatrix, to result: inout [Double], from start: Int
  ) {
    let size = matrix.size
    let rows = panel.count / size
    precondition(panel.count == rows * size && result.count >= start + rows)
    withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: size) { points in
      panel.withUnsafeBufferPointer { panel in
        matrix.elements.withUnsafeBufferPointer { c in
          for first in stride(from: 0, to: rows, by: 8) {
            let count = min(8, rows - first)
            for column in 0..<size {
              var point = SIMD8<Double>.zero
              for lane in 0..<count { point[lane] = panel[(first + lane) * size + column] }
              points.initializeElement(at: column, to: point)
            }
            var sums = SIMD8<Double>.zero
            for i in 0..<size {
              var inner = SIMD8<Double>.zero
              for j in 0..<size { inner += c[i * size + j] * points[j] }
              sums += points[i] * inner
            }
            for lane in 0..<count { result[start + first + lane] = max(0, sums[lane]) }
          }
        }
      }
    }
  }
}
