// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rank correlation that two parameters of a group have in the draws of a run.
public struct RankCorrelation: Sendable, Hashable {
  public let first: String
  public let second: String
  /// Spearman's ρ of the draws.
  public let spearman: Double
  /// Number of iterations it was taken over: the first ones of the run.
  public let iterations: Int
}

extension Simulation {
  /// Members of a group whose pairs are reported: the first ones.
  static let mostRankedMembers = 20

  /// Achieved rank correlations of the pairs within each correlation group, from the first iterations.
  ///
  /// ```
  /// ρ = Σ (r − m)(s − m) / √(Σ (r − m)² Σ (s − m)²),   r and s ranks, m their mean
  /// ```
  /// Numerics: ties share the mean of their ranks; draws of a gamma with a tiny shape have many at the
  /// least double.
  ///
  /// Complexity: O(n log n) for each member, with n at most 65 536.
  public func achievedRankCorrelations() -> [RankCorrelation] {
    let count = min(Pilot.mostIterations, settings.iterations)
    guard count >= 2 else { return [] }
    return plan.model.correlations.flatMap { group in
      let names = Array(group.names.prefix(Self.mostRankedMembers))
      let ranks = ranks(of: names, count)
      return names.indices.flatMap { i in
        (0..<i).map { j in
          RankCorrelation(
            first: names[j], second: names[i],
            spearman: Self.spearman(ranks[i], ranks[j]), iterations: count)
        }
      }
    }
  }

  private func ranks(of names: [String], _ count: Int) -> [[Double]] {
    var model = plan.model
    model.variables = []
    model.cases = [ModelCase()]
    model.outputs = names.map {
      Output(name: $0, value: .name($0, offset: 0), probabilities: [], histogram: nil)
    }
    guard let drawn = try? Plan(model, tables: plan.tables) else { return [] }
    let evaluator = BlockEvaluator(drawn, design)
    var draws = names.map { _ in [Double]() }
    for first in stride(from: 0, to: count, by: Plan.blockLength) {
      let length = min(Plan.blockLength, count - first)
      _ = evaluator.evaluate(first: first, count: length)
      for i in names.indices {
        draws[i] += UnsafeBufferPointer(start: evaluator.output(i), count: length)
      }
    }
    return draws.map { Self.centredRanks($0) }
  }

  /// Ranks less their mean, ties sharing theirs.
  private static func centredRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    let middle = Double(values.count - 1) / 2
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 - middle }
      start = end
    }
    return ranks
  }

  private static func spearman(_ a: [Double], _ b: [Double]) -> Double {
    func product(_ x: [Double], _ y: [Double]) -> Double {
      zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
  }
}
