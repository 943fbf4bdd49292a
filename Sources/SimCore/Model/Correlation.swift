// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Parameters that are drawn together through a Gaussian copula.
///
/// ```
/// y = L z,  z independent standard normals,  L Lᵀ = the matrix of normal scores
/// parameter i = its quantile at Φ(yᵢ)
/// ```
/// Every parameter keeps its own distribution; only how they go together changes. The matrix is factored
/// in the order of `names`, so that a parameter added at the end changes no draw of the others.
///
/// Source: Iman and Conover (1982) for the use, Nelsen (2006), section 2.3, for the copula.
public struct CorrelationGroup: Sendable, Hashable {
  /// Names of parameters with continuous distributions, discrete ones too in comonotone groups; each in
  /// one group at most.
  public let names: [String]
  /// Lower Cholesky factor of the matrix of correlations between normal scores, row by row.
  let factor: [[Double]]

  /// How stated correlations are read.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Between ranks.
    case spearman
    /// Between normal scores: Pearson's on the scale of the copula.
    case normalScore = "normal-score"
  }

  /// - Parameters:
  ///   - matrix: symmetric with ones on the diagonal; one row per name.
  ///
  /// Numerics: Spearman's ρ becomes 2 sin(π ρ / 6) between normal scores, exactly, whatever the
  /// distributions (Pearson, 1907).
  ///
  /// - Throws: `CorrelationError` for a matrix that no set of variables can have.
  public init(names: [String], matrix: [[Double]], kind: Kind) throws(CorrelationError) {
    let scores = try Self.scores(names, matrix, kind)
    guard let factor = Self.cholesky(scores) else { throw .notPositiveDefinite }
    self.names = names
    self.factor = factor
  }

  init(names: [String], factor: [[Double]]) {
    self.names = names
    self.factor = factor
  }

  /// Parameters that move together completely: all at the same cumulative probability.
  public init(comonotone names: [String]) {
    self.names = names
    factor = names.map { _ in names.indices.map { $0 == 0 ? 1 : 0 } }
  }

  /// Whether all members move together completely.
  var isComonotone: Bool { factor.allSatisfy { $0.first == 1 } }
}

/// Why correlations can't be used.
public enum CorrelationError: Error, Sendable, Hashable {
  /// Not a square matrix with one row per parameter.
  case shape(rows: Int, names: Int)
  case notOneOnDiagonal(name: String, value: Double)
  case notSymmetric(String, String)
  /// A correlation outside −1 … 1, or NaN.
  case outOfRange(String, String, value: Double)
  /// The correlations contradict each other.
  case notPositiveDefinite
}
