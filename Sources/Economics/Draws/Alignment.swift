// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// Whether parameters and outcomes of draws seem to belong to the same iterations.
///
/// When the rows of one file have been sorted or shuffled against those of another, no parameter explains any
/// outcome. The strongest rank correlation between a parameter and an outcome is held against what noise
/// would show:
///
/// ```
/// |ρ| > z(1 − 0.05 / (2 m)) / √(n − 1)        m: pairs of a parameter and an outcome
/// ```
/// Outcomes are costs and effects of each strategy and their differences from the first strategy. Over the
/// first 65 536 draws. Unrelated columns stay below in at least 95 % of data sets; a parameter that acts
/// in both directions alike, or explains next to nothing, stays below too: a sign, not a proof.
///
/// Source: Spearman's ρ under independence: variance 1 / (n − 1), Kendall and Gibbons (1990), Rank
/// Correlation Methods, section 4.14; Bonferroni's inequality over the pairs.
public struct Alignment: Sendable, Hashable {
  /// The largest |ρ| between a parameter and an outcome.
  public let strongest: Double
  /// What m pairs of unrelated columns would exceed in 5 % of data sets at most.
  public let noise: Double
  public let iterations: Int

  public var isSuspect: Bool { !(strongest > noise) }

  private static let mostIterations = 65_536

  /// `nil` where nothing can be said: no parameter varies, no outcome varies, or fewer than 10 draws.
  public init?(_ draws: Draws) {
    let n = min(draws.count, Self.mostIterations)
    guard n >= 10 else { return nil }
    let parameters = draws.parameters.compactMap { Self.ranks(Array($0.values.prefix(n))) }
    var outcomes: [[Double]] = []
    for columns in [draws.costs, draws.effects] {
      for s in columns.indices {
        let column = Array(columns[s].prefix(n))
        if let ranks = Self.ranks(column) { outcomes.append(ranks) }
        guard s > 0 else { continue }
        let difference = column.indices.map { column[$0] - columns[0][$0] }
        if let ranks = Self.ranks(difference) { outcomes.append(ranks) }
      }
    }
    guard !parameters.isEmpty, !outcomes.isEmpty,
      let normal = try? Normal(mean: 0, standardDeviation: 1)
    else { return nil }
    var strongest = 0.0
    for p in parameters {
      for y in outcomes {
        var product = 0.0
        for i in 0..<n { product += p[i] * y[i] }
        strongest = max(strongest, abs(product))
      }
    }
    self.strongest = strongest
    let pairs = Double(parameters.count * outcomes.count)
    let tail = normal.quantile(TailProbability(0.05 / (2 * pairs), side: .upper))
    noise = tail / Double(n - 1).squareRoot()
    iterations = n
  }

  /// Mean ranks, centred and scaled to length 1; `nil` for a constant.
  private static func ranks(_ values: [Double]) -> [Double]? {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    let centre = Double(values.count - 1) / 2
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for i in first...last { ranks[order[i]] = Double(first + last) / 2 - centre }
      first = last + 1
    }
    let length = ranks.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? ranks.map { $0 / length } : nil
  }
}
