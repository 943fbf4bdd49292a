// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The multivariate normal distribution, such as the coefficients of a regression with their covariances.
///
/// ```
/// xᵢ = meanᵢ + sdᵢ Σⱼ Lᵢⱼ zⱼ,   L Lᵀ = correlations, z independent standard normals
/// ```
/// The matrix is factored in the order given, so that a component added at the end changes no draw of the
/// others.
///
/// Source: Kotz, Balakrishnan and Johnson (2000), chapter 45.
public struct MultivariateNormal: JointDistribution, Hashable {
  public static let name = "multivariate-normal"
  /// The most components.
  public static let mostComponents = 1000
  public let means: [Double]
  public let covariances: [[Double]]
  /// sdᵢ Lᵢⱼ, j ≤ i.
  public let factor: [[Double]]

  /// - Parameter covariances: symmetric to 1e-9 of the two sds, positive definite; one row per mean.
  /// - Throws: `DistributionError` that names the first entry at fault.
  public init(means: [Double], covariances: [[Double]]) throws(DistributionError) {
    try Self.check(means, covariances, "covariance")
    var sds: [Double] = []
    for i in means.indices {
      try Check.positive(covariances[i][i], "variance \(i + 1)")
      sds.append(covariances[i][i].squareRoot())
    }
    let correlations = means.indices.map { i in
      means.indices.map { j in i == j ? 1 : covariances[i][j] / sds[i] / sds[j] }
    }
    try self.init(means, sds, correlations, covariances)
  }

  /// - Parameter correlations: symmetric to 1e-9, ones on the diagonal, positive definite.
  /// - Throws: `DistributionError` that names the first entry at fault.
  public init(means: [Double], standardDeviations sds: [Double], correlations: [[Double]])
    throws(DistributionError)
  {
    if sds.count != means.count {
      throw DistributionError(
        found: "\(means.count) means and \(sds.count) sds", expected: "one sd for each mean")
    }
    try Self.check(means, correlations, "correlation")
    for (i, sd) in sds.enumerated() {
      try Check.positive(sd, "sd \(i + 1)")
      try Check.finite(sd * sd, "variance \(i + 1)")
      if correlations[i][i] != 1 {
        throw DistributionError(
          found: "correlation \(i + 1), \(i + 1) = \(correlations[i][i])",
          expected: "1 on the diagonal")
      }
    }
    try self.init(
      means, sds, correlations,
      means.indices.map { i in means.indices.map { j in sds[i] * sds[j] * correlations[i][j] } })
  }

  private static func check(_ means: [Double], _ matrix: [[Double]], _ name: String)
    throws(DistributionError)
  {
    if !(1...mostComponents).contains(means.count) {
      throw DistributionError(
        found: "\(means.count) means", expected: "from 1 to \(mostComponents) means")
    }
    for (i, mean) in means.enumerated() { try Check.finite(mean, "mean \(i + 1)") }
    if matrix.count != means.count || matrix.contains(where: { $0.count != means.count }) {
      throw DistributionError(
        found:
          "a \(name) matrix with rows of \(matrix.map(\.count).description) numbers",
        expected: "\(means.count) rows of \(means.count) numbers, one for each mean")
    }
    for i in means.indices {
      for j in means.indices { try Check.finite(matrix[i][j], "\(name) \(i + 1), \(j + 1)") }
    }
  }

  private init(
    _ means: [Double], _ sds: [Double], _ correlations: [[Double]], _ covariances: [[Double]]
  ) throws(DistributionError) {
    var symmetric = correlations
    for i in means.indices {
      for j in 0..<i {
        let (a, b) = (correlations[i][j], correlations[j][i])
        if !(abs(a - b) <= 1e-9) {
          throw DistributionError(
            found: "different numbers at \(i + 1), \(j + 1) and \(j + 1), \(i + 1)",
            expected: "a symmetric matrix")
        }
        let middle = a + (b - a) / 2
        if !(middle > -1 && middle < 1) {
          throw DistributionError(
            found: "a correlation of \(middle) between \(j + 1) and \(i + 1)",
            expected: "correlations above -1 and below 1",
            advice: "Compute one of the two from the other with a formula.")
        }
        symmetric[i][j] = middle
        symmetric[j][i] = middle
      }
    }
    guard let lower = CorrelationGroup.cholesky(symmetric) else {
      throw DistributionError(
        found: "correlations that contradict each other",
        expected: "a positive definite matrix",
        advice: "Check the order and the signs, and give more digits if the matrix was rounded.")
    }
    self.means = means
    self.covariances = means.indices.map { i in
      means.indices.map { j in
        i == j ? covariances[i][i] : sds[i] * sds[j] * symmetric[i][j]
      }
    }
    factor = lower.indices.map { i in (0...i).map { sds[i] * lower[i][$0] } }
  }

  public var componentCount: Int { means.count }

  public func kernel(tables: TableStore) -> any JointKernel {
    MultivariateNormalKernel(means, factor, .standardNormal(tables))
  }
}

struct MultivariateNormalKernel: JointKernel {
  private let means: [Double]
  private let factor: [[Double]]
  private let normal: TableDraw

  init(_ means: [Double], _ factor: [[Double]], _ normal: TableDraw) {
    self.means = means
    self.factor = factor
    self.normal = normal
  }

  var componentCount: Int { means.count }

  func fill(
    _ out: UnsafeMutablePointer<Double>, words: UnsafePointer<UInt64>, count: Int, stride: Int
  ) {
    for j in means.indices {
      normal.fill(
        UnsafeMutableBufferPointer(start: out + j * stride, count: count),
        words: words + j * stride)
    }
    // From the last row up: each needs the scores of the ones before it, in place.
    for i in means.indices.reversed() {
      let row = factor[i]
      let target = out + i * stride
      for k in 0..<count { target[k] *= row[i] }
      for j in 0..<i where row[j] != 0 {
        let score = out + j * stride
        for k in 0..<count { target[k] += row[j] * score[k] }
      }
      for k in 0..<count { target[k] += means[i] }
    }
  }
}
