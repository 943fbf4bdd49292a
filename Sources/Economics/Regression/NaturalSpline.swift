// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The natural cubic splines with given knots, each described by its values at the knots.
///
/// ```
/// f(x) = a₋ β_j + a₊ β_{j+1} + c₋ δ_j + c₊ δ_{j+1}   on [t_j, t_{j+1}],   δ = F β
/// ∫ f″(x)² dx = β′ S β,     S = D′ B⁻¹ D
/// ```
/// δ are the second derivatives at the knots, 0 at both ends. With two knots it is the straight line.
///
/// Source: Wood (2017), Generalized Additive Models, section 5.3.1.
struct NaturalSpline {
  let knots: [Double]
  /// S; all zeros for two knots.
  let penalty: SymmetricMatrix
  /// F, row by row.
  private let curvature: [Double]

  /// - Precondition: at least two knots, strictly increasing.
  init(knots: [Double]) {
    let k = knots.count
    precondition(k >= 2)
    self.knots = knots
    let h = (0..<k - 1).map { knots[$0 + 1] - knots[$0] }
    precondition(h.allSatisfy { $0 > 0 })
    var penalty = SymmetricMatrix(size: k)
    var curvature = [Double](repeating: 0, count: k * k)
    if k > 2 {
      var b = SymmetricMatrix(size: k - 2)
      var d = [[Double]](repeating: [Double](repeating: 0, count: k), count: k - 2)
      for i in 0..<k - 2 {
        b[i, i] = (h[i] + h[i + 1]) / 3
        if i + 1 < k - 2 {
          b[i, i + 1] = h[i + 1] / 6
          b[i + 1, i] = h[i + 1] / 6
        }
        d[i][i] = 1 / h[i]
        d[i][i + 1] = -1 / h[i] - 1 / h[i + 1]
        d[i][i + 2] = 1 / h[i + 1]
      }
      // B is strictly diagonally dominant.
      if let factor = Cholesky(b, tolerance: 0) {
        for column in 0..<k {
          let f = factor.solve(d.map { $0[column] })
          for i in 0..<k - 2 { curvature[(i + 1) * k + column] = f[i] }
        }
      }
      for i in 0..<k {
        for j in 0..<k {
          for m in max(0, i - 2)...min(k - 3, i) where i - m <= 2 {
            penalty[i, j] += d[m][i] * curvature[(m + 1) * k + j]
          }
        }
      }
    }
    self.penalty = penalty
    self.curvature = curvature
  }

  /// The values at `x` of the splines that are 1 at one knot and 0 at the others.
  ///
  /// - Precondition: `x` lies between the outer knots.
  func cardinal(_ x: Double, into row: inout ArraySlice<Double>) {
    let k = knots.count
    var j = 0
    while j < k - 2, x > knots[j + 1] { j += 1 }
    let h = knots[j + 1] - knots[j]
    let below = (knots[j + 1] - x) / h
    let above = (x - knots[j]) / h
    let c0 = (below * below * below - below) * h * h / 6
    let c1 = (above * above * above - above) * h * h / 6
    let first = row.startIndex
    for m in 0..<k { row[first + m] = c0 * curvature[j * k + m] + c1 * curvature[(j + 1) * k + m] }
    row[first + j] += below
    row[first + j + 1] += above
  }
}
