// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// EVSI by moment matching: conditional means ĝ of the draws, pulled together until they vary as preposterior means do.
///
/// ```
/// M = Cov ĝ − E Cov(ĝ | data)          covariance of the preposterior means, by the law of total variance
/// η = mean + L_M L_G⁻¹ (ĝ − mean)      L_G L_G′ = Cov ĝ,  L_M L_M′ = M
/// EVSI = mean of max_d η_d − max_d mean_d
/// ```
/// The spread within a posterior is taken from up to 64 data sets, at evenly spaced values of the parameters; its mean
/// takes far fewer of them than the mean of a maximum does. Exact where preposterior means have the shape of ĝ, as
/// for a normal mean with a normal prior; with few participants and a skewed prior an approximation.
///
/// Source: Heath, Manolopoulou and Baio (2018), doi:10.1177/0272989X17738515.
extension PosteriorWeights {
  private static let momentSets = 64

  func matched(sampleSize: Int) -> [EVSIEstimate] {
    let spread = Self.spread(Self.momentSets, truths.count).map { truths[$0] }
    let data = StudyData(
      study.study, sampleSize: sampleSize,
      columns: study.columns.map { column in spread.map { column[$0] } }, rows: spread,
      seed: study.seed)
    var weights = [Double](repeating: 0, count: features[0].count)
    var effective = 0.0
    // By data set, then fit.
    var within: [[SymmetricMatrix]] = []
    for set in spread.indices {
      effective += weigh(data.coefficients(set), into: &weights) / Double(spread.count)
      within.append(particles.map { covariance($0, weights) })
    }
    let even = [Double](repeating: 1 / Double(weights.count), count: weights.count)
    let prior = particles.map { covariance($0, even) }
    return willingnessToPay.indices.map { place in
      let fit = fitOf[place]
      return matched(
        place, sampleSize, effective, prior: prior[fit], within: within.map { $0[fit] })
    }
  }

  /// Of the increments, under weights that sum to 1.
  private func covariance(_ fitted: [Double], _ weights: [Double]) -> SymmetricMatrix {
    let width = outcomes.width
    var means = [Double](repeating: 0, count: width)
    for (particle, weight) in weights.enumerated() where weight > 0 {
      for outcome in 0..<width { means[outcome] += weight * fitted[particle * width + outcome] }
    }
    var sum = SymmetricMatrix(size: width)
    var centred = means
    for (particle, weight) in weights.enumerated() where weight > 0 {
      for outcome in 0..<width {
        centred[outcome] = fitted[particle * width + outcome] - means[outcome]
      }
      sum.addProduct(of: centred, at: 0, weight: weight)
    }
    return sum
  }

  private func matched(
    _ place: Int, _ sampleSize: Int, _ effective: Double, prior: SymmetricMatrix,
    within: [SymmetricMatrix]
  ) -> EVSIEstimate {
    let threshold = willingnessToPay[place]
    let information = information[place]
    let sets = Double(within.count)
    let all = benefits(prior, threshold)
    let posteriors = within.map { benefits($0, threshold) }
    let mean = posteriors.reduce(SymmetricMatrix(size: all.size)) { $0 + (1 / sets) * $1 }
    // Relative, of the mean spread within a posterior.
    let whole = mean.trace
    let spread = posteriors.reduce(0) {
      whole > 0 ? $0 + ($1.trace / whole - 1) * ($1.trace / whole - 1) : 0
    }
    let error = sets > 1 ? (spread / (sets - 1) / sets).squareRoot() : 0
    let value = gain(place, all, all + (-1) * mean)
    let moved = gain(place, all, all + (-1 - error) * mean)
    let ratio = information.plugIn > 0 ? information.evppi / information.plugIn : 0
    let share = information.plugIn > 0 ? min(1, value / information.plugIn) : 1
    let fitError = share * information.mcse
    let matchError = ratio * (value - moved)
    return EVSIEstimate(
      method: .momentMatching, sampleSize: sampleSize, willingnessToPay: threshold,
      evsi: value * ratio, mcse: (fitError * fitError + matchError * matchError).squareRoot(),
      effectiveDraws: effective)
  }

  /// Covariances of the NMB of all strategies but the first, whose own is taken as 0.
  private func benefits(_ increments: SymmetricMatrix, _ threshold: Double) -> SymmetricMatrix {
    let whole = outcomes.benefitCovariance(increments, threshold)
    var result = SymmetricMatrix(size: whole.size - 1)
    for i in 0..<result.size {
      for j in 0..<result.size { result[i, j] = whole[i + 1, j + 1] }
    }
    return result
  }

  /// Mean gain of deciding by conditional means of covariance `target` in place of `prior`.
  private func gain(_ place: Int, _ prior: SymmetricMatrix, _ target: SymmetricMatrix) -> Double {
    let threshold = willingnessToPay[place]
    let fitted = particles[fitOf[place]]
    let width = outcomes.width
    var means = [Double](repeating: 0, count: outcomes.strategies)
    outcomes.benefits(outcomes.means[...], threshold, into: &means)
    let best = means.max() ?? 0
    guard let from = RidgedRoot(prior, scale: prior.trace),
      let to = RidgedRoot(target, scale: prior.trace)
    else { return 0 }
    var nmb = means
    var sum = 0.0
    let count = fitted.count / width
    for particle in 0..<count {
      outcomes.benefits(fitted[particle * width..<(particle + 1) * width], threshold, into: &nmb)
      let scores = to.factor.apply(from.factor.forward(Array(nmb.dropFirst())))
      var most = means[0]
      for (d, score) in scores.enumerated() { most = max(most, means[d + 1] + score) }
      sum += most - best
    }
    return max(0, sum / Double(count))
  }
}

/// The Cholesky root of covariances that may lack a direction: those of several strategies that follow from one
/// parameter. A sliver of the trace is added to the diagonal until it is definite.
private struct RidgedRoot {
  let factor: Cholesky

  /// `nil` where nothing varies.
  init?(_ matrix: SymmetricMatrix, scale: Double) {
    guard scale > 0, scale.isFinite else { return nil }
    var ridge = 1e-12
    while ridge < 1e3 {
      var raised = matrix
      for i in 0..<matrix.size { raised[i, i] = max(raised[i, i], 0) + ridge * scale }
      if let factor = Cholesky(raised) {
        self.factor = factor
        return
      }
      ridge *= 10
    }
    return nil
  }
}
