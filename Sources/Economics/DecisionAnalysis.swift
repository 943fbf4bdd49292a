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
    means = StrategyMeans.all(draws)
    frontier = EfficiencyFrontier(
      costs: means.map(\.cost.value), effects: means.map(\.effect.value))
    let others = draws.strategies.indices.filter { $0 != comparator }
    comparisons = Parallel.map(others.count, workers: workers) {
      Comparison(draws, strategy: others[$0], comparator: comparator)
    }
    var steps: [Comparison] = []
    for s in frontier.order {
      guard case .efficient(let previous) = frontier.standings[s] else { continue }
      let known = comparisons.first { $0.strategy == s && $0.comparator == previous }
      steps.append(known ?? Comparison(draws, strategy: s, comparator: previous))
    }
    self.steps = steps
    let pairs = StrategyPairs(draws)
    let passes = Parallel.map(willingnessToPay.count, workers: workers) {
      RunningChoice.pass(draws, willingnessToPay: willingnessToPay[$0])
    }
    running = passes.map(\.points)
    netBenefits = NetBenefit.all(draws, passes.map(\.whole), workers: workers)
    acceptability = passes.map { Acceptability($0.whole) }
    expectedLosses = passes.map { ExpectedLoss($0.whole) }
    perfectInformation = passes.map { PerfectInformation($0.whole, pairs) }
  }
}
