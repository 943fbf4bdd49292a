// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The correlation matrix that is nearest to a symmetric one, in the sum of squares of all entries.
///
/// ```
/// min ‖A − X‖,   X with no eigenvalue below 0 and ones on its diagonal
/// ```
/// By projections onto the two sets in turn, with Dykstra's correction; without it the result would be
/// some such matrix, not the nearest. The nearest matrix has eigenvalues of 0: they are raised to 1e-8 of
/// the largest, so that it can be factored, and the diagonal is made 1 again.
///
/// Source: Higham (2002), doi:10.1093/imanum/22.3.329, algorithm 3.3.
enum NearestCorrelation {
  /// The most rows: a second or so.
  static let mostRows = 100
  private static let mostSteps = 2000
  private static let tolerance = 1e-11
  private static let leastShare = 1e-8

  static func matrix(nearest stated: [[Double]]) -> [[Double]] {
    var y = stated
    var correction = stated.map { $0.map { _ in 0.0 } }
    for _ in 0..<mostSteps {
      let r = combined(y, correction) { $0 - $1 }
      let x = SymmetricEigen(r).matrix { max($0, 0) }
      correction = combined(x, r) { $0 - $1 }
      var next = x
      for i in next.indices { next[i][i] = 1 }
      let change = largest(combined(next, y) { $0 - $1 })
      let gap = largest(combined(next, x) { $0 - $1 })
      y = next
      if change <= tolerance, gap <= tolerance * 100 { break }
    }
    return raised(y)
  }

  private static func raised(_ matrix: [[Double]]) -> [[Double]] {
    let eigen = SymmetricEigen(matrix)
    let least = leastShare * (eigen.values.max() ?? 1)
    var result = eigen.matrix { max($0, least) }
    let scales = result.indices.map { result[$0][$0].squareRoot() }
    for i in result.indices {
      for j in result.indices {
        result[i][j] = i == j ? 1 : result[i][j] / (scales[i] * scales[j])
      }
    }
    // Both triangles from one, whatever rounding did.
    for i in result.indices { for j in 0..<i { result[j][i] = result[i][j] } }
    return result
  }

  private static func combined(
    _ a: [[Double]], _ b: [[Double]], _ operation: (Double, Double) -> Double
  ) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map(operation) }
  }

  static func largest(_ matrix: [[Double]]) -> Double {
    matrix.reduce(0) { $1.reduce($0) { max($0, abs($1)) } }
  }
}

/// What became of correlations that contradict each other.
public struct CorrelationAdjustment: Sendable, Hashable {
  /// As stated: ranks or normal scores, as the group says.
  public let stated: [[Double]]
  /// The same of the matrix that is used.
  public let used: [[Double]]
  /// Of the stated matrix of normal scores; a correlation matrix has none below 0.
  public let leastEigenvalue: Double

  public var largestChange: Double {
    zip(stated, used).reduce(0) { largest, rows in
      zip(rows.0, rows.1).reduce(largest) { max($0, abs($1.0 - $1.1)) }
    }
  }
}
