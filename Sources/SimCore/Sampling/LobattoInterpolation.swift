// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Polynomial interpolation of degree 6 at the Chebyshev–Lobatto points of [−½, ½].
///
/// ```
/// t_j = −½ cos(π j / 6),  j = 0 … 6
/// ```
/// The ends are nodes, so that neighbouring cells meet.
enum LobattoInterpolation {
  static let nodes: [Double] = (0...6).map { j in
    j == 3 ? 0 : -0.5 * Double.cos(Double.pi * Double(j) / 6)
  }

  /// Row k holds the weights of the node values in the coefficient of t^k.
  private static let weights: [[Double]] = {
    // Lagrange polynomials expanded in powers of s = 2t, where all numbers stay of order one.
    let s = nodes.map { 2 * $0 }
    var weights = [[Double]](repeating: [Double](repeating: 0, count: s.count), count: s.count)
    for j in s.indices {
      var polynomial = [1.0]
      var denominator = 1.0
      for m in s.indices where m != j {
        var product = [Double](repeating: 0, count: polynomial.count + 1)
        for (k, value) in polynomial.enumerated() {
          product[k] -= s[m] * value
          product[k + 1] += value
        }
        polynomial = product
        denominator *= s[j] - s[m]
      }
      for k in s.indices {
        let power = Double(sign: .plus, exponent: k, significand: 1)
        weights[k][j] = polynomial[k] / denominator * power
      }
    }
    return weights
  }()

  /// Coefficients of 1, t, …, t⁶.
  static func coefficients(_ values: [Double]) -> [Double] {
    // Differences from the centre carry the shape; their rounding errors are relative to the spread.
    let centre = values[3]
    return weights.enumerated().map { k, row in
      var sum = k == 0 ? centre : 0
      if k > 0 {
        for j in row.indices { sum += row[j] * (values[j] - centre) }
      }
      return sum
    }
  }
}
