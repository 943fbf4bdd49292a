// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Every figure of a decision analysis on one set of draws.
public struct DecisionAnalysis: Sendable {
  public let draws: Draws
  /// Place of the comparator among the strategies.
  public let comparator: Int
  public let willingnessToPay: [Double]
  public let means: [StrategyMeans]
  public let frontier: EfficiencyFrontier
  /// Each efficient strategy against the one before it on the frontier.
  public let steps: [Comparison]
  /// Each other strategy against the comparator.
  public let comparisons: [Comparison]
  public let netBenefits: [NetBenefit]
  public let acceptability: [Acceptability]
  public let expectedLosses: [ExpectedLoss]
  public let perfectInformation: [PerfectInformation]
  /// Mean incremental net benefits of each of `comparisons`, one for each willingness to pay.
  public let incrementalNetBenefits: [[Estimate]]
  /// After ever more draws, by willingness to pay.
  public let running: [[RunningChoice]]

  /// - Parameters:
  ///   - comparator: a place in `draws.strategies`.
  ///   - willingnessToPay: finite, 0 or above.
  ///   - workers: threads; the result doesn't depend on them.
  ///
  /// Complexity: O(n) for each strategy and willingness to pay; memory for some n doubles.
  public init(_ draws: Draws, comparator: Int, willingnessToPay: [Double], workers: Int = 1) {
    precondition(draws.strategies.indices.contains(comparator), "no strategy \(comparator)")
    precondition(willingnessToPay.allSatisfy { $0 >= 0 && $0.isFinite })
    self.draws = draws
    self.comparator = comparator
    self.willingnessToPay = willingnessToPay
    means = StrategyMeans.all(draws, workers: workers)
    frontier = EfficiencyFrontier(
      costs: means.map(\.cost.value), effects: means.map(\.effect.value))
    let others = draws.strategies.indices.filter { $0 != comparator }
    let plan = PercentilePlan(NetBenefit.usualProbabilities, count: draws.count)
    // One list, the longest pieces first, so that all workers are busy to the end.
    let count = others.count
    let pieces = Parallel.map(2 * count + willingnessToPay.count, workers: workers) {
      piece -> Piece in
      switch piece {
      case ..<count:
        .comparison(Comparison(draws, strategy: others[piece], comparator: comparator))
      case ..<(2 * count):
        .increments(
          IncrementalNetBenefit.all(
            draws, strategy: others[piece - count], comparator: comparator,
            willingnessToPay: willingnessToPay))
      default: .threshold(Threshold(draws, willingnessToPay[piece - 2 * count], plan))
      }
    }
    let comparisons = pieces.compactMap {
      if case .comparison(let value) = $0 { value } else { nil }
    }
    let thresholds = pieces.compactMap { if case .threshold(let value) = $0 { value } else { nil } }
    incrementalNetBenefits = pieces.compactMap {
      if case .increments(let value) = $0 { value } else { nil }
    }
    self.comparisons = comparisons
    var steps: [Comparison] = []
    for s in frontier.order {
      guard case .efficient(let previous) = frontier.standings[s] else { continue }
      let known = comparisons.first { $0.strategy == s && $0.comparator == previous }
      steps.append(known ?? Comparison(draws, strategy: s, comparator: previous))
    }
    self.steps = steps
    let pairs = StrategyPairs(draws, known: comparisons, workers: workers)
    running = thresholds.map(\.points)
    netBenefits = thresholds.flatMap(\.netBenefits)
    acceptability = thresholds.map { Acceptability($0.pass) }
    expectedLosses = thresholds.map { ExpectedLoss($0.pass) }
    perfectInformation = thresholds.map { PerfectInformation($0.pass, pairs) }
  }

  private enum Piece: Sendable {
    case comparison(Comparison)
    case increments([Estimate])
    case threshold(Threshold)
  }

  /// All that is found at one willingness to pay.
  private struct Threshold: Sendable {
    let pass: ChoicePass
    let points: [RunningChoice]
    let netBenefits: [NetBenefit]

    init(_ draws: Draws, _ willingnessToPay: Double, _ plan: PercentilePlan) {
      (pass, points) = RunningChoice.pass(
        draws, willingnessToPay: willingnessToPay, percentiles: plan)
      netBenefits = NetBenefit.all(draws, pass, plan)
    }
  }
}
