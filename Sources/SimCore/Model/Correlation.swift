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
  /// What was changed, where the stated correlations contradict each other and the nearest ones were asked
  /// for.
  public let adjustment: CorrelationAdjustment?

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
  /// - Parameter nearest: correlations that contradict each other are replaced by the nearest ones that
  ///   don't, between normal scores (`NearestCorrelation`).
  /// - Throws: `CorrelationError` for a matrix that no set of variables can have.
  public init(names: [String], matrix: [[Double]], kind: Kind, nearest: Bool = false)
    throws(CorrelationError)
  {
    let scores = try Self.scores(names, matrix, kind)
    self.names = names
    if let factor = Self.cholesky(scores) {
      self.factor = factor
      adjustment = nil
      return
    }
    guard names.count <= NearestCorrelation.mostRows else {
      throw nearest
        ? .tooManyForNearest(limit: NearestCorrelation.mostRows)
        : .notPositiveDefinite(leastEigenvalue: nil, change: nil)
    }
    let found = NearestCorrelation.matrix(nearest: scores)
    let adjusted = CorrelationAdjustment(
      stated: matrix, used: Self.stated(found, kind),
      leastEigenvalue: SymmetricEigen(scores).values.min() ?? 0)
    guard nearest else {
      throw .notPositiveDefinite(
        leastEigenvalue: adjusted.leastEigenvalue, change: adjusted.largestChange)
    }
    guard let factor = Self.cholesky(found) else {
      throw .notPositiveDefinite(leastEigenvalue: adjusted.leastEigenvalue, change: nil)
    }
    self.factor = factor
    adjustment = adjusted
  }

  init(names: [String], factor: [[Double]]) {
    self.names = names
    self.factor = factor
    adjustment = nil
  }

  /// Parameters that move together completely: all at the same cumulative probability.
  public init(comonotone names: [String]) {
    self.names = names
    adjustment = nil
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
  /// The correlations contradict each other: the least eigenvalue between normal scores, and the largest
  /// change that the nearest correlations without contradiction would make; `nil` when not computed.
  case notPositiveDefinite(leastEigenvalue: Double?, change: Double?)
  /// The nearest correlations are found for so many members at most.
  case tooManyForNearest(limit: Int)
}
