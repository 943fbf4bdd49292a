// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Least squares for a handful of unknowns, by the method of Levenberg and Marquardt.
///
/// ```
/// minimise Σ r_i(c)²;   (JᵀJ + λ diag(JᵀJ)) δ = −Jᵀ r
/// ```
/// Numerics: J by central differences. Where all residuals can vanish they do so to rounding; otherwise
/// the unknowns are good to about 1e-8.
///
/// Source: Marquardt (1963), doi:10.1137/0111030.
struct LeastSquares {
  /// `nil` where the unknowns are outside the domain.
  typealias Residuals = ([Double]) -> [Double]?

  var unknowns: [Double]
  var residuals: [Double]
  var cost: Double

  /// - Returns: `nil` when the residuals don't exist at the start.
  init?(from start: [Double], _ f: Residuals) {
    guard let found = Self.finite(f(start)) else { return nil }
    unknowns = start
    residuals = found
    cost = Self.sum(found)
    descend(f)
  }

  private mutating func descend(_ f: Residuals) {
    var damping = 1e-3
    for _ in 0..<200 {
      if cost == 0 { return }
      guard let jacobian = jacobian(f) else { return }
      var improved = false
      while damping < 1e12 {
        guard let step = step(jacobian, damping) else {
          damping *= 10
          continue
        }
        let next = zip(unknowns, step).map { $0 + $1 }
        guard let found = Self.finite(f(next)), Self.sum(found) < cost else {
          damping *= 4
          continue
        }
        let isLast = zip(unknowns, step).allSatisfy { abs($1) <= 1e-15 * max(1, abs($0)) }
        unknowns = next
        residuals = found
        cost = Self.sum(found)
        damping = max(damping * 0.2, 1e-15)
        improved = !isLast
        break
      }
      if !improved { return }
    }
  }

  /// Columns of dr/dc; zero where the domain has no neighbour on either side.
  private func jacobian(_ f: Residuals) -> [[Double]]? {
    var columns: [[Double]] = []
    for j in unknowns.indices {
      let h = 1e-5 * max(1, abs(unknowns[j]))
      var above = unknowns
      var below = unknowns
      above[j] += h
      below[j] -= h
      let up = Self.finite(f(above))
      let down = Self.finite(f(below))
      if up == nil, down == nil { return nil }
      let width = (up == nil ? 0 : h) + (down == nil ? 0 : h)
      columns.append(zip(up ?? residuals, down ?? residuals).map { ($0 - $1) / width })
    }
    return columns
  }

  private func step(_ jacobian: [[Double]], _ damping: Double) -> [Double]? {
    let n = unknowns.count
    var rows = [[Double]](repeating: [Double](repeating: 0, count: n + 1), count: n)
    for i in 0..<n {
      for j in 0..<n { rows[i][j] = zip(jacobian[i], jacobian[j]).reduce(0) { $0 + $1.0 * $1.1 } }
      rows[i][n] = -zip(jacobian[i], residuals).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for i in 0..<n { rows[i][i] += damping * max(rows[i][i], 1e-12) }
    guard let step = Self.solved(rows) else { return nil }
    // A factor of e³ or three widths at most: steps beyond leave what the slopes tell.
    let longest = step.map(abs).max() ?? 0
    return longest > 3 ? step.map { $0 * 3 / longest } : step
  }

  /// Gauss elimination with pivoting.
  private static func solved(_ matrix: [[Double]]) -> [Double]? {
    var rows = matrix
    let n = rows.count
    for i in 0..<n {
      guard let pivot = (i..<n).max(by: { abs(rows[$0][i]) < abs(rows[$1][i]) }),
        rows[pivot][i] != 0
      else { return nil }
      rows.swapAt(i, pivot)
      for k in (i + 1)..<max(n, i + 1) {
        let factor = rows[k][i] / rows[i][i]
        for j in i...n { rows[k][j] -= factor * rows[i][j] }
      }
    }
    var solution = [Double](repeating: 0, count: n)
    for i in (0..<n).reversed() {
      var sum = rows[i][n]
      for j in (i + 1)..<max(n, i + 1) { sum -= rows[i][j] * solution[j] }
      solution[i] = sum / rows[i][i]
    }
    return solution.allSatisfy(\.isFinite) ? solution : nil
  }

  private static func sum(_ residuals: [Double]) -> Double {
    residuals.reduce(0) { $0 + $1 * $1 }
  }

  private static func finite(_ residuals: [Double]?) -> [Double]? {
    residuals.flatMap { $0.allSatisfy(\.isFinite) ? $0 : nil }
  }
}
