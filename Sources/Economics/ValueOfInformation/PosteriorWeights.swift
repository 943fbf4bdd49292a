// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Preposterior means by importance sampling: draws weighed with the likelihood of data sets.
///
/// ```
/// E(NMB | data) ≈ Σ_i L(data | θ_i) ĝ(θ_i) / Σ_i L(data | θ_i)
/// ```
/// For one parameter θ_i and the true values of the data sets are spread evenly over the ranks of its
/// draws, for more they are evenly spaced draws.
struct PosteriorWeights {
  let study: EVSI
  let willingnessToPay: [Double]
  let information: [EVPPIEstimate]
  /// Which of the fits belongs to each willingness to pay.
  let fitOf: [Int]
  let outcomes: IncrementalOutcomes
  /// For each fit, `width` numbers a particle: ĝ of the increments less their means.
  let particles: [[Double]]
  let features: [[Double]]
  let truths: [Int]

  private static let mostParticles = 4096
  private static let mostSets = 2048

  /// `nil` when nothing is to be decided or learned.
  init?(_ study: EVSI, _ willingnessToPay: [Double]) {
    let columns = study.columns
    let draws = study.information.draws
    let isSingle = columns.count == 1
    let outcomes =
      isSingle
      ? study.information.outcomes
      : IncrementalOutcomes(draws, stride: (draws.count + 65535) / 65536)
    let stride = (draws.count + outcomes.count - 1) / outcomes.count
    guard outcomes.strategies > 1 else { return nil }
    let used = columns.map { column in
      Swift.stride(from: 0, to: column.count, by: stride).map { column[$0] }
    }
    let rows: [Int]
    let truths: [Int]
    let regression: PenalisedRegression
    let rowOfDraw: (Int) -> Int
    let conditionals: ([Int], IncrementalOutcomes) -> [EVPPI.Conditional]
    if isSingle {
      let order = DrawOrder(used[0])
      guard let smoother = SingleSmoother(used[0], order, outcomes) else { return nil }
      regression = smoother.regression
      conditionals = smoother.conditionalValues
      rows = Self.spread(Self.mostParticles, outcomes.count).map { Int(order.rows[$0]) }
      truths = Self.spread(Self.mostSets, outcomes.count).map { Int(order.rows[$0]) }
      let bins = smoother.places
      rowOfDraw = { Int(bins[$0]) }
    } else {
      guard let smoother = GroupSmoother(used, outcomes) else { return nil }
      regression = smoother.regression
      conditionals = smoother.conditionalValues
      rows = Self.spread(Self.mostParticles, outcomes.count)
      truths = Self.spread(Self.mostSets, outcomes.count)
      rowOfDraw = { $0 }
    }
    self.truths = truths.map { $0 * stride }
    self.study = study
    self.willingnessToPay = willingnessToPay
    self.outcomes = outcomes
    information = study.information.estimates(
      regression, outcomes, study.study.parameters, willingnessToPay, fit: conditionals)
    let chosen = willingnessToPay.map { regression.choose(outcomes.contrasts($0)) }
    let distinct = Array(Set(chosen)).sorted()
    fitOf = chosen.map { distinct.firstIndex(of: $0) ?? 0 }
    let width = outcomes.width
    particles = regression.fitted(distinct).map { fitted in
      rows.flatMap { draw in
        let row = rowOfDraw(draw)
        return fitted[row * width..<(row + 1) * width]
      }
    }
    features = StudyData.features(
      study.study, used.map { column in rows.map { column[$0] } })
  }

  /// Places spread evenly over 0 ..< count, at most `most`.
  static func spread(_ most: Int, _ count: Int) -> [Int] {
    let wanted = min(most, count)
    return (0..<wanted).map { (2 * $0 + 1) * count / (2 * wanted) }
  }

  func estimates(sampleSize: Int) -> [EVSIEstimate] {
    let data = StudyData(
      study.study, sampleSize: sampleSize,
      columns: study.columns.map { column in truths.map { column[$0] } }, rows: truths,
      seed: study.seed)
    let width = outcomes.width
    var weights = [Double](repeating: 0, count: features[0].count)
    var sums = [Double](repeating: 0, count: width)
    var means = [Double](repeating: 0, count: outcomes.strategies)
    var payoffs = [[Double]](repeating: [], count: willingnessToPay.count)
    var effective = 0.0
    for set in truths.indices {
      effective += weigh(data.coefficients(set), into: &weights) / Double(truths.count)
      var posterior: [[Double]] = []
      for fitted in particles {
        for outcome in 0..<width { sums[outcome] = 0 }
        for (particle, weight) in weights.enumerated() where weight > 0 {
          for outcome in 0..<width { sums[outcome] += weight * fitted[particle * width + outcome] }
        }
        posterior.append(sums)
      }
      for (index, threshold) in willingnessToPay.enumerated() {
        outcomes.benefits(outcomes.means[...], threshold, into: &means)
        let best = means.indices.max { means[$0] < means[$1] } ?? 0
        var nmb = means
        outcomes.benefits(posterior[fitOf[index]][...], threshold, into: &nmb)
        for d in nmb.indices { nmb[d] += means[d] }
        payoffs[index].append((nmb.max() ?? 0) - nmb[best])
      }
    }
    return willingnessToPay.indices.map {
      estimate(payoffs[$0], sampleSize, information[$0], effective)
    }
  }

  /// Posterior weights, sum 1; returns their effective number (Σw)²/Σw².
  func weigh(_ coefficients: [Double], into weights: inout [Double]) -> Double {
    var top = -Double.infinity
    for particle in weights.indices {
      var log = 0.0
      for f in features.indices { log += coefficients[f] * features[f][particle] }
      weights[particle] = log
      top = max(top, log)
    }
    var (sum, squares) = (0.0, 0.0)
    for particle in weights.indices {
      let distance = weights[particle] - top
      let weight = distance > -40 ? Double.exp(distance) : 0
      weights[particle] = weight
      sum += weight
      squares += weight * weight
    }
    for particle in weights.indices { weights[particle] /= sum }
    return sum * sum / squares
  }

  /// The fit's own bias enters in proportion; so does its error, beside that of the data sets.
  private func estimate(
    _ payoffs: [Double], _ sampleSize: Int, _ information: EVPPIEstimate, _ effective: Double
  ) -> EVSIEstimate {
    let count = Double(payoffs.count)
    let mean = payoffs.reduce(0, +) / count
    let squares = payoffs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let ratio = information.plugIn > 0 ? information.evppi / information.plugIn : 0
    let share = information.plugIn > 0 ? min(1, mean / information.plugIn) : 1
    let fitError = share * information.mcse
    let variance = squares / max(1, count - 1) / count * ratio * ratio + fitError * fitError
    return EVSIEstimate(
      method: .importanceSampling, sampleSize: sampleSize,
      willingnessToPay: information.willingnessToPay, evsi: mean * ratio,
      mcse: variance.squareRoot(), effectiveDraws: effective)
  }
}
