// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A small dense symmetric matrix, stored whole, row by row.
struct SymmetricMatrix: Sendable {
  let size: Int
  var elements: [Double]

  init(size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

  /// a′ M b.
  func form(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<size where a[i] != 0 {
      var inner = 0.0
      for j in 0..<size { inner += self[i, j] * b[j] }
      sum += a[i] * inner
    }
    return sum
  }

  func form(_ a: [Double]) -> Double { form(a, a) }

  static func * (scale: Double, matrix: SymmetricMatrix) -> SymmetricMatrix {
    var result = matrix
    for i in result.elements.indices { result.elements[i] *= scale }
    return result
  }

  static func + (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    var result = a
    for i in result.elements.indices { result.elements[i] += b.elements[i] }
    return result
  }
}
