// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rank correlation that two parameters of a group have in the draws of a run, at one label each.
public struct RankCorrelation: Sendable, Hashable {
  /// Names with the label, as `cost[centre = 1]`.
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
  /// Members times combinations of labels for which they are: the first ones.
  static let mostRankedColumns = 64

  /// Achieved rank correlations of the pairs within each correlation group, from the first iterations.
  ///
  /// ```
  /// ρ = Σ (r − m)(s − m) / √(Σ (r − m)² Σ (s − m)²),   r and s ranks, m their mean
  /// ```
  /// Members that vary over labels go together label by label, and a row for each label says how: pooled over
  /// labels, differences between their distributions would count as well.
  ///
  /// Numerics: ties share the mean of their ranks; draws of a gamma with a tiny shape have many at the
  /// least double.
  ///
  /// Complexity: O(n log n) for each member, with n at most 65 536.
  public func achievedRankCorrelations() -> [RankCorrelation] {
    let count = min(Pilot.mostIterations, settings.iterations)
    guard count >= 2 else { return [] }
    return plan.model.correlations.flatMap { group in
      let names = Array(group.names.prefix(Self.mostRankedMembers))
      let all = labels(of: names[0], limit: max(1, Self.mostRankedColumns / names.count))
      let columns = ranks(of: names, all, count)
      var pairs: [RankCorrelation] = []
      for (place, label) in all.enumerated() {
        let own = Array(columns[(place * names.count)..<((place + 1) * names.count)])
        for i in names.indices {
          for j in 0..<i {
            guard let a = own[j], let b = own[i] else { continue }
            pairs.append(
              RankCorrelation(
                first: names[j] + label.text, second: names[i] + label.text,
                spearman: Self.spearman(b, a), iterations: count))
          }
        }
      }
      return pairs
    }
  }

  /// The first combinations of labels that a parameter varies over; an empty one where it doesn't.
  private func labels(of name: String, limit: Int) -> [[LabelChoice]] {
    let parameter = plan.model.parameters.first { $0.name == name }
    var all: [[LabelChoice]] = [[]]
    for own in parameter.map({ $0.dimensions + $0.each }) ?? [] {
      guard let dimension = plan.model.dimensions.first(where: { $0.name == own }) else { continue }
      all = Array(
        all.lazy.flatMap { choices in
          dimension.labels.lazy.map { choices + [LabelChoice(dimension: own, label: $0)] }
        }.prefix(limit))
    }
    return all
  }

  /// Label by label, and in each member by member; `nil` for a known number.
  private func ranks(of names: [String], _ labels: [[LabelChoice]], _ count: Int) -> [[Double]?] {
    var model = plan.model
    model.variables = []
    model.cases = [ModelCase()]
    model.outputs = labels.flatMap { choices in
      names.map { name in
        let selectors = choices.map {
          Selector(
            dimension: DimensionName($0.dimension, offset: 0),
            choice: .label(LabelName($0.label, offset: 0)))
        }
        let value = Expression.name(name, offset: 0)
        return Output(
          name: name, value: selectors.isEmpty ? value : .select(value, selectors, outside: nil),
          probabilities: [], histogram: nil)
      }
    }
    guard let drawn = try? Plan(model, tables: plan.tables),
      drawn.outputs.count == model.outputs.count
    else { return model.outputs.map { _ in nil } }
    let evaluator = BlockEvaluator(drawn, design)
    var draws = drawn.outputs.map { _ in [Double]() }
    for first in stride(from: 0, to: count, by: Plan.blockLength) {
      let length = min(Plan.blockLength, count - first)
      _ = evaluator.evaluate(first: first, count: length)
      for i in draws.indices {
        draws[i] += UnsafeBufferPointer(start: evaluator.output(i), count: length)
      }
    }
    return drawn.outputs.indices.map {
      drawn.constantValue(ofOutput: $0) == nil ? Self.centredRanks(draws[$0]) : nil
    }
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
