// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Conditional means of the increments given something known, with their noise: all that the value of
/// knowing it needs.
///
/// ```
/// plug-in  = Σ w max_d ĝ_d / n − max_d mean_d
/// bias     = Σ w (E max_d(ĝ_d + noise) − max_d ĝ_d) / n − (the same for the means)
/// value    = max(0, plug-in − bias)
/// ```
/// ĝ is a fit with an error of its own, and the maximum turns the error into value: a fit that is
/// right on average has a plug-in that is too high. The bias is computed with noise of the variance that
/// the regression gives to the fit, in closed form (`NormalMaximum`).
///
/// Standard error: from the influence of single draws,
///
/// ```
/// v(x)  = P(d is the best at x) − P(d has the best mean)      weights over strategies, sum 0
/// mcse² = Σ (v·NMB − mean)² / n²
/// ```
/// with the probabilities of the same normal noise, so that a decision that the fit leaves open keeps
/// its error.
struct ConditionalValue {
  /// Increments less their means, `width` numbers a row.
  let fitted: [Double]
  /// Draws that each row stands for.
  let weights: [Double]
  /// Variance of the fit at each row, in units of the residual variance. Rows without are not asked
  /// for the bias.
  let leverages: [Double]
  /// Every such row has a leverage: 1 for all.
  let leverageStride: Int
  /// Covariances of what is left of the increments; one for each cell of neighbouring rows.
  let residuals: [SymmetricMatrix]
  /// Cell of each row.
  let cells: [Int]

  struct Figures {
    let plugIn: Double
    let bias: Double
    let mcse: Double
  }

  func value(_ outcomes: IncrementalOutcomes, _ willingnessToPay: Double) -> Figures {
    let strategies = outcomes.strategies
    let count = Double(outcomes.count)
    var means = [Double](repeating: 0, count: strategies)
    outcomes.benefits(outcomes.means[...], willingnessToPay, into: &means)
    let bestMean = means.max() ?? 0
    var maximum = NormalMaximum(count: strategies)
    maximum.update(
      means, outcomes.benefitCovariance(outcomes.products, willingnessToPay),
      scale: 1 / (count * count))
    let overall = maximum.probabilities
    let overallBias = maximum.expectation - bestMean
    let covariances = residuals.map { outcomes.benefitCovariance($0, willingnessToPay) }
    var nmb = means
    var payoffs = [Double](repeating: 0, count: weights.count / leverageStride + 1)
    var shares = payoffs
    var (value, bias, biasWeight, payoff, noise) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var sampled = 0
    var difference = means
    for row in weights.indices {
      outcomes.benefits(
        fitted[row * outcomes.width..<(row + 1) * outcomes.width], willingnessToPay, into: &nmb)
      var best = -Double.infinity
      for d in 0..<strategies {
        nmb[d] += means[d]
        best = max(best, nmb[d])
      }
      value += weights[row] * (best - bestMean)
      guard row % leverageStride == 0 else { continue }
      let covariance = covariances[cells[row]]
      maximum.update(nmb, covariance, scale: leverages[row / leverageStride])
      bias += weights[row] * (maximum.expectation - best)
      biasWeight += weights[row]
      var gain = 0.0
      for d in 0..<strategies {
        difference[d] = maximum.probabilities[d] - overall[d]
        gain += difference[d] * nmb[d]
      }
      payoffs[sampled] = gain
      shares[sampled] = weights[row]
      sampled += 1
      payoff += weights[row] * gain
      noise += weights[row] * covariance.form(difference)
    }
    let mean = payoff / biasWeight
    var squares = noise
    for row in 0..<sampled {
      squares += shares[row] * (payoffs[row] - mean) * (payoffs[row] - mean)
    }
    return Figures(
      plugIn: value / count, bias: bias / biasWeight - overallBias,
      mcse: (max(0, squares) / biasWeight / count).squareRoot())
  }
}
