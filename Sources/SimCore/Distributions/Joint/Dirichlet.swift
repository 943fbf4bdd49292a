// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The Dirichlet distribution: shares that add up to one.
///
/// ```
/// pᵢ = Gᵢ / Σ G,   Gᵢ ~ gamma(αᵢ, 1) independent
/// mean mᵢ = αᵢ/A,   covariance mᵢ (δᵢⱼ − mⱼ)/(A + 1),   A = Σ α
/// ```
/// Numerics: formed from log Gᵢ, since a gamma with shape 0.001 is below every double in half of its
/// draws. Components are kept inside (0, 1), so that log(p) stays finite.
///
/// Source: Kotz, Balakrishnan and Johnson (2000), chapter 49.
public struct Dirichlet: JointDistribution, Hashable {
  public static let name = "dirichlet"
  /// The most components.
  public static let mostComponents = 10_000
  /// One above 0 for each component.
  public let concentrations: [Double]

  /// The member for counts observed in each category, or for other concentrations.
  ///
  /// - Throws: `DistributionError` unless there are 2 to 10 000, each from 0.001 to 1e7.
  public init(counts: [Double]) throws(DistributionError) {
    try Self.checkCount(counts.count)
    for (i, count) in counts.enumerated() {
      if count == 0 {
        throw DistributionError(
          found: "count \(i + 1) = 0", expected: "counts above 0",
          advice: "Add a prior to every count, such as 1 or 0.5, or leave the category out.")
      }
      try Check.positive(count, "count \(i + 1)")
      try Check.within(count, Gamma.shapeRange, "count \(i + 1)")
    }
    concentrations = counts
  }

  /// The member with these means that knows as much as this many observations.
  ///
  /// ```
  /// αᵢ = size · mᵢ
  /// ```
  /// - Throws: `DistributionError` unless the means are above 0 and add up to 1 within 1e-9.
  public init(means: [Double], effectiveSampleSize size: Double) throws(DistributionError) {
    try Self.checkCount(means.count)
    try Check.positive(size, "effective sample size")
    for (i, mean) in means.enumerated() { try Check.positive(mean, "mean \(i + 1)") }
    var sum = CompensatedSum()
    for mean in means { sum.add(mean) }
    if !(abs(sum.value - 1) <= 1e-9) {
      throw DistributionError(
        found: "means that add up to \(sum.value)", expected: "means that add up to 1")
    }
    try self.init(counts: means.map { size * $0 / sum.value })
  }

  static func checkCount(_ count: Int) throws(DistributionError) {
    if !(2...mostComponents).contains(count) {
      throw DistributionError(
        found: "\(count) component\(count == 1 ? "" : "s")",
        expected: "from 2 to \(mostComponents) components")
    }
  }

  public var componentCount: Int { concentrations.count }
  private var total: Double {
    var sum = CompensatedSum()
    for value in concentrations { sum.add(value) }
    return sum.value
  }
  public var means: [Double] {
    let total = total
    return concentrations.map { $0 / total }
  }
  public var covariances: [[Double]] {
    let total = total
    let means = means
    return means.indices.map { i in
      means.indices.map { j in
        // 1 − mᵢ from the others, so that a share near one keeps its digits.
        let rest = i == j ? (total - concentrations[i]) / total : -means[j]
        return means[i] * rest / (total + 1)
      }
    }
  }

  public func kernel(tables: TableStore) -> any JointKernel {
    DirichletKernel(
      concentrations.map { LogGammaKernel(shape: $0, tables: tables) })
  }
}

/// Shares from logarithms of gamma draws, normalised by their largest.
struct DirichletKernel: JointKernel {
  private let gammas: [LogGammaKernel]

  init(_ gammas: [LogGammaKernel]) { self.gammas = gammas }

  var componentCount: Int { gammas.count }

  func fill(
    _ out: UnsafeMutablePointer<Double>, words: UnsafePointer<UInt64>, count: Int, stride: Int
  ) {
    for (j, gamma) in gammas.enumerated() {
      gamma.fill(
        UnsafeMutableBufferPointer(start: out + j * stride, count: count),
        words: words + j * stride)
    }
    for i in 0..<count {
      var largest = -Double.infinity
      for j in gammas.indices { largest = max(largest, out[j * stride + i]) }
      var sum = 0.0
      for j in gammas.indices {
        let share = Double.exp(out[j * stride + i] - largest)
        out[j * stride + i] = share
        sum += share
      }
      for j in gammas.indices {
        let share = out[j * stride + i] / sum
        out[j * stride + i] = min(max(share, .leastNonzeroMagnitude), (1.0).nextDown)
      }
    }
  }
}
