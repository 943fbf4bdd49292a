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
  /// ρ = 1 − 6 Σ d² / (n (n² − 1)),   d the difference of ranks
  /// ```
  /// Numerics: exact in integers; draws of continuous parameters have no ties worth the name.
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

  private func ranks(of names: [String], _ count: Int) -> [[Int]] {
    var model = plan.model
    model.variables = []
    model.outputs = names.map {
      Output(name: $0, value: .name($0, offset: 0), probabilities: [], histogram: nil)
    }
    guard let drawn = try? Plan(model, tables: plan.tables) else { return [] }
    let evaluator = BlockEvaluator(drawn, seed: settings.seed)
    var draws = names.map { _ in [Double]() }
    for first in stride(from: 0, to: count, by: Plan.blockLength) {
      let length = min(Plan.blockLength, count - first)
      evaluator.evaluate(first: first, count: length)
      for i in names.indices {
        draws[i] += UnsafeBufferPointer(start: evaluator.output(i), count: length)
      }
    }
    return draws.map { values in
      var ranks = [Int](repeating: 0, count: count)
      for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[index] = rank
      }
      return ranks
    }
  }

  private static func spearman(_ a: [Int], _ b: [Int]) -> Double {
    let squares = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let n = a.count
    return 1 - 6 * Double(squares) / (Double(n) * Double(n * n - 1))
  }
}
