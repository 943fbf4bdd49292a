// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// One pass over the draws at one willingness to pay: who is best in each draw, and what each strategy
/// falls short of the best.
///
/// ```
/// best_i = max_s NMB_si        loss_si = best_i − NMB_si
/// ```
struct ChoicePass {
  let willingnessToPay: Double
  /// Draws seen.
  private(set) var count: Int
  /// Mean net benefit of each strategy.
  private(set) var means: [Double]
  /// Net benefits of each strategy.
  private(set) var netBenefits: [Moments]
  /// Loss of each strategy over the draws.
  private(set) var losses: [Moments]
  /// `wins[s][k]`: draws in which strategy s is best together with k others.
  private(set) var wins: [[Int]]
  /// Of the net benefits of each strategy; empty where none are asked for.
  private(set) var percentiles: [StreamedPercentiles]

  init(_ draws: Draws, willingnessToPay: Double) {
    self.init(draws, willingnessToPay: willingnessToPay, reporting: [], to: { _ in })
  }

  /// - Parameters:
  ///   - sizes: ascending multiples of 1 024; one that is not below the number of draws is left out.
  ///   - plan: percentiles of the net benefits that are wanted.
  ///   - report: called with the pass after so many draws.
  init(
    _ draws: Draws, willingnessToPay: Double, reporting sizes: [Int],
    percentiles plan: PercentilePlan? = nil, to report: (ChoicePass) -> Void
  ) {
    let strategies = draws.strategies.count
    self.willingnessToPay = willingnessToPay
    count = 0
    means = []
    losses = Array(repeating: .empty, count: strategies)
    wins = Array(repeating: Array(repeating: 0, count: strategies), count: strategies)
    netBenefits = Array(repeating: .empty, count: strategies)
    percentiles = plan.map { Array(repeating: StreamedPercentiles($0), count: strategies) } ?? []
    var sizes = sizes[...]
    let length = Differences.blockLength
    withUnsafeTemporaryAllocation(of: Double.self, capacity: (strategies + 1) * length) { scratch in
      var first = 0
      while first < draws.count {
        let size = min(length, draws.count - first)
        let best = UnsafeMutableBufferPointer(rebasing: scratch[..<size])
        let rows = (1...strategies).map { place in
          UnsafeMutableBufferPointer(rebasing: scratch[place * length..<place * length + size])
        }
        for (s, row) in rows.enumerated() {
          NetBenefits.fill(row, draws, s, willingnessToPay, first: first)
          let block = UnsafeBufferPointer(row)
          netBenefits[s] = .merge(netBenefits[s], Moments(block: block))
          if !percentiles.isEmpty { percentiles[s].add(block: block) }
        }
        BestOfDraws.find(rows, into: best)
        BestOfDraws.count(rows, best, into: &wins)
        for (s, row) in rows.enumerated() {
          for i in 0..<size { row[i] = best[i] - row[i] }
          losses[s] = .merge(losses[s], Moments(block: UnsafeBufferPointer(row)))
        }
        first += size
        if sizes.first == first, first < draws.count {
          sizes.removeFirst()
          count = first
          means = netBenefits.map(\.mean)
          report(self)
        }
      }
    }
    count = draws.count
    means = netBenefits.map(\.mean)
  }

  /// Place of the strategy with the highest mean net benefit; the first of equals.
  var optimal: Int {
    means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
  }
}
