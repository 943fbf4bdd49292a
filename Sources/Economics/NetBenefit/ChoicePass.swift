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

  init(_ draws: Draws, willingnessToPay: Double) {
    self.init(draws, willingnessToPay: willingnessToPay, reporting: [], to: { _ in })
  }

  /// - Parameters:
  ///   - sizes: ascending multiples of 1 024; one that is not below the number of draws is left out.
  ///   - report: called with the pass after so many draws.
  init(
    _ draws: Draws, willingnessToPay: Double, reporting sizes: [Int],
    to report: (ChoicePass) -> Void
  ) {
    let strategies = draws.strategies.count
    self.willingnessToPay = willingnessToPay
    count = 0
    means = []
    losses = Array(repeating: .empty, count: strategies)
    wins = Array(repeating: Array(repeating: 0, count: strategies), count: strategies)
    netBenefits = Array(repeating: .empty, count: strategies)
    var sizes = sizes[...]
    let length = Differences.blockLength
    withUnsafeTemporaryAllocation(of: Double.self, capacity: (strategies + 1) * length) { scratch in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: length) { ties in
        var first = 0
        while first < draws.count {
          let size = min(length, draws.count - first)
          let best = UnsafeMutableBufferPointer(rebasing: scratch[..<size])
          let rows = (0..<strategies).map { s in
            UnsafeMutableBufferPointer(
              rebasing: scratch[(s + 1) * length..<(s + 1) * length + size])
          }
          for s in 0..<strategies {
            NetBenefits.fill(rows[s], draws, s, willingnessToPay, first: first)
            let block = Moments(block: UnsafeBufferPointer(rows[s]))
            netBenefits[s] = .merge(netBenefits[s], block)
          }
          Self.findBest(rows, best, ties)
          for s in 0..<strategies {
            Self.count(rows[s], best, ties, into: &wins[s])
            let row = rows[s]
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
    }
    count = draws.count
    means = netBenefits.map(\.mean)
  }

  /// Place of the strategy with the highest mean net benefit; the first of equals.
  var optimal: Int {
    means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
  }

  /// The largest net benefit of each draw, and how many strategies but one have it.
  @inline(__always)
  private static func findBest(
    _ rows: [UnsafeMutableBufferPointer<Double>], _ best: UnsafeMutableBufferPointer<Double>,
    _ ties: UnsafeMutableBufferPointer<Int>
  ) {
    for i in best.indices {
      best[i] = rows[0][i]
      ties[i] = -1
    }
    for row in rows.dropFirst() {
      for i in best.indices { best[i] = row[i] > best[i] ? row[i] : best[i] }
    }
    for row in rows {
      for i in best.indices { ties[i] &+= row[i] == best[i] ? 1 : 0 }
    }
  }

  @inline(__always)
  private static func count(
    _ row: UnsafeMutableBufferPointer<Double>, _ best: UnsafeMutableBufferPointer<Double>,
    _ ties: UnsafeMutableBufferPointer<Int>, into wins: inout [Int]
  ) {
    var alone = 0
    var shared = 0
    for i in row.indices {
      let isBest = row[i] == best[i]
      alone &+= isBest && ties[i] == 0 ? 1 : 0
      shared &+= isBest && ties[i] != 0 ? 1 : 0
    }
    wins[0] += alone
    if shared == 0 { return }
    for i in row.indices where row[i] == best[i] && ties[i] > 0 { wins[ties[i]] += 1 }
  }
}
