// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The largest of several jointly normal figures: its expectation, and how likely each is the largest.
///
/// ```
/// a² = σ₁² + σ₂² − 2σ₁₂    α = (μ₁ − μ₂)/a    E max = μ₁ Φ(α) + μ₂ Φ(−α) + a φ(α)
/// ```
/// Exact for two. More are taken one after another, the maximum so far as if it were normal.
///
/// Source: Clark (1961), The greatest of a finite set of random variables, doi:10.1287/opre.9.2.145.
struct NormalMaximum {
  private(set) var expectation = 0.0
  /// Probability of each to be the largest.
  private(set) var probabilities: [Double]
  private var covariances: [Double]

  init(count: Int) {
    probabilities = [Double](repeating: 0, count: count)
    covariances = [Double](repeating: 0, count: count)
  }

  /// - Parameter scale: factor of the covariances.
  mutating func update(_ means: [Double], _ covariance: SymmetricMatrix, scale: Double) {
    let count = means.count
    var mean = means[0]
    var variance = scale * covariance[0, 0]
    probabilities[0] = 1
    for d in 0..<count { covariances[d] = scale * covariance[0, d] }
    for d in 1..<count {
      let other = scale * covariance[d, d]
      let spread = variance + other - 2 * covariances[d]
      let difference = mean - means[d]
      // Without a doubt about which is larger, also when both are equal and certain.
      guard spread > 0, difference * difference < 100 * spread else {
        if difference >= 0 {
          probabilities[d] = 0
          continue
        }
        for e in 0..<d { probabilities[e] = 0 }
        probabilities[d] = 1
        mean = means[d]
        variance = other
        for e in 0..<count { covariances[e] = scale * covariance[d, e] }
        continue
      }
      let a = spread.squareRoot()
      let alpha = difference / a
      let first = StandardNormal.cumulative(alpha)
      let second = 1 - first
      let density = a * StandardNormal.density(alpha)
      let next = mean * first + means[d] * second + density
      // Second moment about the new mean, so that large means cost no digits.
      let (m1, m2) = (mean - next, means[d] - next)
      let moment =
        (m1 * m1 + variance) * first + (m2 * m2 + other) * second + (m1 + m2) * density
      for e in 0..<d { probabilities[e] *= first }
      probabilities[d] = second
      for e in 0..<count {
        covariances[e] = covariances[e] * first + scale * covariance[d, e] * second
      }
      variance = max(0, moment)
      mean = next
    }
    expectation = mean
  }
}
