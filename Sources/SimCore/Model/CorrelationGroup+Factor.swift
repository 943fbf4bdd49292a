// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

extension CorrelationGroup {
  /// Correlations between normal scores, after all checks of the stated matrix.
  static func scores(_ names: [String], _ matrix: [[Double]], _ kind: Kind)
    throws(CorrelationError) -> [[Double]]
  {
    guard matrix.count == names.count, matrix.allSatisfy({ $0.count == names.count }) else {
      throw .shape(rows: matrix.count, names: names.count)
    }
    var scores = matrix
    for i in names.indices {
      guard matrix[i][i] == 1 else {
        throw .notOneOnDiagonal(name: names[i], value: matrix[i][i])
      }
      for j in names.indices where j != i {
        let value = matrix[i][j]
        guard value > -1, value < 1 else {
          throw .outOfRange(names[i], names[j], value: value)
        }
        guard value == matrix[j][i] else { throw .notSymmetric(names[i], names[j]) }
        scores[i][j] = kind == .spearman ? 2 * Double.sin(Double.pi * value / 6) : value
      }
    }
    return scores
  }

  /// The same group in an order in which some members come first, so that the scores of the others are drawn
  /// given theirs: the conditional distribution of a Gaussian copula.
  ///
  /// The joint distribution stays; the random numbers of the members that move mean other draws.
  public func beginning(with first: Set<String>) -> CorrelationGroup {
    let order =
      names.indices.filter { first.contains(names[$0]) }
      + names.indices.filter { !first.contains(names[$0]) }
    let moved = order.map { names[$0] }
    if moved == names { return self }
    if isComonotone { return CorrelationGroup(comonotone: moved) }
    let matrix = order.map { i in
      order.map { j in zip(factor[i], factor[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    guard let factor = Self.cholesky(matrix) else { return self }
    return CorrelationGroup(names: moved, factor: factor)
  }

  /// Correlations between normal scores as they are stated.
  static func stated(_ scores: [[Double]], _ kind: Kind) -> [[Double]] {
    guard kind == .spearman else { return scores }
    return scores.indices.map { i in
      scores.indices.map { i == $0 ? 1 : 6 / Double.pi * Double.asin(scores[i][$0] / 2) }
    }
  }

  /// The lower factor L of a symmetric matrix, L Lᵀ = matrix; `nil` unless it is positive definite.
  ///
  /// Numerics: pivots below 1e-12 count as 0: rounding could have made them.
  static func cholesky(_ matrix: [[Double]]) -> [[Double]]? {
    var factor = matrix.map { $0.map { _ in 0.0 } }
    for i in matrix.indices {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
        if i == j {
          guard sum > 1e-12 else { return nil }
          factor[i][i] = sum.squareRoot()
        } else {
          factor[i][j] = sum / factor[j][j]
        }
      }
    }
    return factor
  }
}
