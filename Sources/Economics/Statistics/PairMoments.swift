// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Means, variances and covariance of the differences in cost and effect between two strategies.
///
/// ```
/// Δc = c_strategy − c_comparator        Δe = e_strategy − e_comparator, draw by draw
/// ```
/// Numerics: blocks in two passes, merged one after the other.
struct PairMoments: Sendable, Hashable {
  private(set) var cost = Moments.empty
  private(set) var effect = Moments.empty
  /// Σ (Δc − mean Δc)(Δe − mean Δe).
  private var products = 0.0

  init(_ draws: Draws, strategy: Int, comparator: Int) {
    Differences.forEachBlock(draws, strategy: strategy, comparator: comparator) { costs, effects in
      add(UnsafeBufferPointer(costs), UnsafeBufferPointer(effects))
    }
  }

  private mutating func add(
    _ costs: UnsafeBufferPointer<Double>, _ effects: UnsafeBufferPointer<Double>
  ) {
    let c = Moments(block: costs)
    let e = Moments(block: effects)
    var sum = 0.0
    for i in costs.indices { sum += (costs[i] - c.mean) * (effects[i] - e.mean) }
    let weight = Double(cost.count) * (Double(c.count) / Double(cost.count + c.count))
    products += sum + (c.mean - cost.mean) * (e.mean - effect.mean) * weight
    cost = Moments.merge(cost, c)
    effect = Moments.merge(effect, e)
  }

  var count: Int { cost.count }

  /// Covariance of Δc and Δe; `nil` below two draws.
  var covariance: Double? { count < 2 ? nil : products / Double(count - 1) }

  /// Variance of the incremental net monetary benefit λ Δe − Δc; `nil` below two draws.
  func netBenefitVariance(_ willingnessToPay: Double) -> Double? {
    guard let c = cost.variance, let e = effect.variance, let covariance else { return nil }
    return max(
      0, willingnessToPay * willingnessToPay * e + c - 2 * willingnessToPay * covariance)
  }
}

/// Differences between two strategies, block by block, without an array as long as the draws.
enum Differences {
  static let blockLength = 1024

  static func forEachBlock(
    _ draws: Draws, strategy: Int, comparator: Int,
    _ body: (UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * blockLength) { scratch in
      var first = 0
      while first < draws.count {
        let count = min(blockLength, draws.count - first)
        let costs = UnsafeMutableBufferPointer(rebasing: scratch[0..<count])
        let effects = UnsafeMutableBufferPointer(
          rebasing: scratch[blockLength..<blockLength + count])
        subtract(draws.costs[strategy], draws.costs[comparator], first, into: costs)
        subtract(draws.effects[strategy], draws.effects[comparator], first, into: effects)
        body(costs, effects)
        first += count
      }
    }
  }

  private static func subtract(
    _ a: [Double], _ b: [Double], _ first: Int, into out: UnsafeMutableBufferPointer<Double>
  ) {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        for i in out.indices { out[i] = a[first + i] - b[first + i] }
      }
    }
  }
}
