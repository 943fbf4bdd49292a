// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The multinomial distribution: how n people fall into categories.
///
/// ```
/// X₁ ~ binomial(n, p₁);   Xᵢ given the ones before ~ binomial(n − X₁ − … − Xᵢ₋₁, pᵢ / (pᵢ + … + pₘ))
/// mean n pᵢ,   covariance n pᵢ (δᵢⱼ − pⱼ)
/// ```
/// Each conditional binomial is inverted draw by draw (`PerDrawInverse`).
///
/// Source: Johnson, Kotz and Balakrishnan (1997), chapter 35.
public struct Multinomial: JointDistribution, Hashable {
  public static let name = "multinomial"
  public let trials: Double
  public let probabilities: [Double]

  /// - Throws: `DistributionError` unless `trials` is a whole number from 0 to 1e9, and the 2 to 10 000
  ///   probabilities are at or above 0 and add up to 1 within 1e-9.
  public init(trials: Double, probabilities: [Double]) throws(DistributionError) {
    try Check.whole(trials, 0...WholeNumbers.mostTrials, "n")
    try Dirichlet.checkCount(probabilities.count)
    var sum = CompensatedSum()
    for (i, p) in probabilities.enumerated() {
      try Check.within(p, 0...1, "p \(i + 1)")
      sum.add(p)
    }
    if !(abs(sum.value - 1) <= 1e-9) {
      throw DistributionError(
        found: "probabilities that add up to \(sum.value)",
        expected: "probabilities that add up to 1")
    }
    self.trials = trials
    let total = sum.value
    self.probabilities = probabilities.map { $0 / total }
  }

  public var componentCount: Int { probabilities.count }
  public var means: [Double] { probabilities.map { trials * $0 } }
  public var covariances: [[Double]] {
    probabilities.indices.map { i in
      probabilities.indices.map { j in
        let p = probabilities[i]
        return trials * p * (i == j ? 1 - p : -probabilities[j])
      }
    }
  }

  public func kernel(tables: TableStore) -> any JointKernel { MultinomialKernel(self) }
}

/// Conditional binomials, one component after another. The word of the last component is not used.
struct MultinomialKernel: JointKernel {
  private let trials: Double
  /// Probability of each component among those from it on.
  private let conditional: [Double]

  init(_ law: Multinomial) {
    trials = law.trials
    var rest = CompensatedSum()
    var conditional: [Double] = []
    // From the end, so that small late probabilities keep their digits.
    for p in law.probabilities.reversed() {
      rest.add(p)
      conditional.append(p == 0 ? 0 : min(p / rest.value, 1))
    }
    self.conditional = conditional.reversed()
  }

  var componentCount: Int { conditional.count }

  func fill(
    _ out: UnsafeMutablePointer<Double>, words: UnsafePointer<UInt64>, count: Int, stride: Int
  ) {
    let last = conditional.count - 1
    for i in 0..<count {
      var left = trials
      for j in 0..<last {
        let x = PerDrawInverse.binomial(
          word: words[j * stride + i], trials: left, probability: conditional[j])
        out[j * stride + i] = x
        left -= x
      }
      out[last * stride + i] = left
    }
  }
}
