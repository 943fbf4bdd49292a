// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// Penalised least squares of several outcomes on one basis, for a grid of smoothing parameters at once.
///
/// ```
/// β_λ = (X′WX + λS)⁻¹ X′Wy         rows of X stand for w draws each
/// REML: (n − p) log(y′y − |L⁻¹X′Wy|²) + log|X′WX + λS| − rank(S) log λ  is least,  LL′ = X′WX + λS
/// ```
/// Smoothing is linear in y: the fit of a net benefit is the net benefit of the fits. So costs and effects
/// are smoothed once for each λ of the grid, and λ is then chosen for each willingness to pay.
///
/// Source: Wood (2017), Generalized Additive Models, section 6.2.
struct PenalisedRegression: Sendable {
  let basis: any BasisRows
  var size: Int { basis.size }
  /// Draws that each row stands for.
  let weights: [Double]
  /// Number of draws.
  let count: Double
  let gram: SymmetricMatrix
  let fits: [Fit]

  /// One form of S. Of rank 0: least squares without a penalty.
  struct Penalty: Sendable {
    let matrix: SymmetricMatrix
    let rank: Int
    /// log of the product of its positive eigenvalues, up to a constant shared by all forms.
    let logDeterminant: Double
    /// What a λ of 1 on the grid stands for.
    let scale: Double
  }

  /// One λ.
  struct Fit: Sendable {
    /// log|X′WX + λS| − rank(S) log λ.
    let logTerm: Double
    /// y′y − |L⁻¹X′Wy|², for all pairs of outcomes.
    let penalisedSquares: SymmetricMatrix
    /// One for each outcome.
    let coefficients: [[Double]]
    let penalty: Int
    /// λ times the penalty's scale.
    let strength: Double
  }

  private let freeColumns: Double
  /// X′Wy, one for each outcome.
  private let right: [[Double]]
  /// y′y, for all pairs of outcomes.
  private let products: SymmetricMatrix
  private let penalties: [Penalty]

  /// - Parameters:
  ///   - right: X′Wy, one for each outcome.
  ///   - penalties: forms of S to choose from, each on the whole grid of λ; all of one rank.
  init(
    basis: any BasisRows, weights: [Double], gram: SymmetricMatrix, right: [[Double]],
    products: SymmetricMatrix, count: Int, penalties: [Penalty], workers: Int = 1
  ) {
    self.basis = basis
    self.weights = weights
    self.count = Double(count)
    self.gram = gram
    self.products = products
    let width = products.size
    let rank = penalties.first?.rank ?? 0
    freeColumns = Double(basis.size - rank)
    self.right = right
    self.penalties = penalties
    let tried = penalties.enumerated().flatMap { place, penalty in
      (penalty.rank > 0 ? Self.grid.map { $0 * penalty.scale } : [0]).map { (place, $0) }
    }
    fits = Parallel.map(tried.count, workers: workers) { index -> Fit? in
      let (place, strength) = tried[index]
      let penalty = penalties[place]
      guard let factor = Self.factor(gram, penalty, strength) else { return nil }
      let halves = right.map { factor.forward($0) }
      var squares = products
      for i in 0..<width {
        for j in 0..<width {
          squares[i, j] -= zip(halves[i], halves[j]).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
      let rankTerm = penalty.rank > 0 ? Double(penalty.rank) * Double.log(strength) : 0
      return Fit(
        logTerm: factor.logDeterminant - rankTerm - penalty.logDeterminant,
        penalisedSquares: squares, coefficients: halves.map { factor.backward($0) },
        penalty: place, strength: strength)
    }.compactMap(\.self)
  }

  /// Of X′WX + λS, with a whiff of ridge: parameters that move together leave directions that no draw
  /// tells apart.
  private static func factor(_ gram: SymmetricMatrix, _ penalty: Penalty, _ strength: Double)
    -> Cholesky?
  {
    var sum = strength * penalty.matrix
    let size = gram.size
    for i in 0..<size {
      let diagonal = sum[i, i]
      for j in 0..<size { sum[i, j] += gram[i, j] }
      sum[i, i] = gram[i, i] * (1 + 1e-10) + diagonal
    }
    return Cholesky(sum)
  }

  /// λ in units of the penalty's scale: half decades.
  private static let grid = (-16...12).map { Double.pow(10, Double($0) / 2) }

  /// The fit that restricted maximum likelihood prefers for outcomes y′a, one term for each a.
  func choose(_ contrasts: [[Double]]) -> Int {
    let kept = contrasts.filter { products.form($0) > 0 }
    var best = 0
    var least = Double.infinity
    for (index, fit) in fits.enumerated() {
      let value = kept.reduce(0) {
        let squares = max(fit.penalisedSquares.form($1), 1e-14 * products.form($1))
        return $0 + (count - freeColumns) * Double.log(squares) + fit.logTerm
      }
      if value < least { (best, least) = (index, value) }
    }
    return best
  }

  /// β′ x for each row and outcome, `products.size` numbers a row; of several fits.
  func fitted(_ indices: [Int]) -> [[Double]] {
    let width = products.size
    var result = indices.map { _ in [Double](repeating: 0, count: basis.count * width) }
    basis.forEachPanel { done, panel in
      for (place, index) in indices.enumerated() {
        RowProducts.fit(
          panel, size: size, fits[index].coefficients, to: &result[place], from: done * width)
      }
    }
    return result
  }

  /// How the noise of the draws passes into a fit.
  struct Noise: Sendable {
    /// (X′WX + λS)⁻¹ X′WX (X′WX + λS)⁻¹: times x from both sides and the residual variance, the variance
    /// of the fit at x.
    let covariance: SymmetricMatrix
    /// trace((X′WX + λS)⁻¹ X′WX).
    let effectiveDegreesOfFreedom: Double
    /// Covariances of what the fit leaves, a draw.
    let residual: SymmetricMatrix
  }

  func noise(_ index: Int) -> Noise {
    let fit = fits[index]
    guard let factor = Self.factor(gram, penalties[fit.penalty], fit.strength) else {
      preconditionFailure("the fit was made with it")
    }
    var columns: [[Double]] = []
    var degrees = 0.0
    for j in 0..<size {
      let column = factor.solve((0..<size).map { gram[$0, j] })
      degrees += column[j]
      columns.append(column)
    }
    // columns[j] is column j of A⁻¹G; A⁻¹G A⁻¹ solves A Z = (A⁻¹G)′.
    var covariance = SymmetricMatrix(size: size)
    for j in 0..<size {
      let column = factor.solve((0..<size).map { columns[$0][j] })
      for i in 0..<size { covariance[i, j] = column[i] }
    }
    let width = products.size
    var residual = products
    for i in 0..<width {
      for j in 0..<width {
        let (a, b) = (fit.coefficients[i], fit.coefficients[j])
        // X′Wy = A β; y′y − 2β′X′Wy + β′Gβ, symmetric in both outcomes.
        let explained = gram.form(a, b)
        let right = crossProduct(a, j) + crossProduct(b, i)
        residual[i, j] = (products[i, j] - right + explained) / max(1, count - degrees)
      }
    }
    return Noise(
      covariance: covariance, effectiveDegreesOfFreedom: degrees, residual: residual)
  }

  /// How much better than a constant a fit is, by the contrast that speaks most clearly.
  ///
  /// ```
  /// max_a  n log(a′ Σy y′ a / a′ Σr r′ a) − charge (edf − 1)
  /// ```
  func evidence(_ noise: Noise, _ contrasts: [[Double]], charge: Double) -> Double {
    let degrees = noise.effectiveDegreesOfFreedom
    return contrasts.reduce(-Double.infinity) {
      let total = products.form($1)
      let left = max(noise.residual.form($1) * max(1, count - degrees), 1e-14 * total)
      guard total > 0 else { return $0 }
      return max($0, count * Double.log(total / left) - charge * (degrees - 1))
    }
  }

  private func crossProduct(_ a: [Double], _ outcome: Int) -> Double {
    zip(a, right[outcome]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// x′ C x of every `step`-th row, for several C.
  func leverages(_ covariances: [SymmetricMatrix], step: Int) -> [[Double]] {
    let rows = (basis.count + step - 1) / step
    var result = covariances.map { _ in [Double](repeating: 0, count: rows) }
    basis.forEachPanel(step: step) { done, panel in
      for (place, covariance) in covariances.enumerated() {
        RowProducts.form(panel, covariance, to: &result[place], from: done)
      }
    }
    return result
  }
}
