// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Ranks of draws less their mean, ties sharing the mean of theirs: sorted once for all correlations.
public struct CentredRanks: Sendable {
  let values: [Double]

  public init(_ draws: [Double]) { self.init(draws, DrawOrder(draws)) }

  init(_ draws: [Double], _ order: DrawOrder) {
    var ranks = [Double](repeating: 0, count: draws.count)
    let middle = Double(draws.count - 1) / 2
    var start = 0
    while start < draws.count {
      let value = draws[Int(order.rows[start])]
      var end = start + 1
      while end < draws.count, draws[Int(order.rows[end])] == value { end += 1 }
      let rank = Double(start + end - 1) / 2 - middle
      for place in start..<end { ranks[Int(order.rows[place])] = rank }
      start = end
    }
    values = ranks
  }
}
