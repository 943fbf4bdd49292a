// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a strategy stands among all by mean cost and mean effect.
public enum Standing: Sendable, Hashable {
  /// The cheapest of the frontier, with which the others' ratios begin.
  case reference
  /// On the frontier; `next` below it is the one to compare with.
  case efficient(previous: Int)
  /// `by` costs no more and gives no less, one of them strictly.
  case dominated(by: Int)
  /// A mix of `lower` and `upper` costs less for the same effect.
  case extendedlyDominated(lower: Int, upper: Int)
  /// Not dominated; mean cost and effect equal those of a strategy listed before.
  case duplicate(of: Int)
}

/// The efficiency frontier of strategies by their means.
///
/// Sorted by effect, then by cost. What another strategy dominates is left out, then what lies above a line
/// between two others, until the ratios along the frontier rise.
///
/// Numerics: compares doubles as they are. A standing is as sure as the means: see their Monte Carlo errors.
///
/// Source: Drummond et al. (2015), Methods for the Economic Evaluation of Health Care Programmes, 4th
/// edition, chapter 4; Cantor (1994), doi:10.1177/0272989X9401400309.
public struct EfficiencyFrontier: Sendable, Hashable {
  /// Places of the strategies by rising effect, then rising cost.
  public let order: [Int]
  /// By place of the strategy.
  public let standings: [Standing]

  /// - Precondition: as many costs as effects, at least one, none of them NaN.
  public init(costs: [Double], effects: [Double]) {
    precondition(costs.count == effects.count && !costs.isEmpty)
    order = costs.indices.sorted {
      (effects[$0], costs[$0], $0) < (effects[$1], costs[$1], $1)
    }
    var standings = [Standing](repeating: .reference, count: costs.count)
    // From the most effective down: whatever costs as much as something better is dominated.
    var candidates: [Int] = []
    for s in Self.byEffectFalling(costs, effects) {
      guard let best = candidates.last else {
        candidates.append(s)
        continue
      }
      if costs[s] < costs[best] {
        candidates.append(s)
      } else if costs[s] == costs[best] && effects[s] == effects[best] {
        standings[s] = .duplicate(of: best)
      } else {
        standings[s] = .dominated(by: best)
      }
    }
    var frontier: [Int] = []
    for s in candidates.reversed() {
      while let last = frontier.last, frontier.count > 1 {
        let before = frontier[frontier.count - 2]
        // A ratio above that of the step after it: the last lies above the line.
        let step = (costs[last] - costs[before]) * (effects[s] - effects[last])
        let next = (costs[s] - costs[last]) * (effects[last] - effects[before])
        // Equal ratios, a point on the line, stay.
        guard step > next else { break }
        frontier.removeLast()
        standings[last] = .extendedlyDominated(lower: before, upper: s)
      }
      frontier.append(s)
    }
    for (previous, s) in zip(frontier, frontier.dropFirst()) {
      standings[s] = .efficient(previous: previous)
    }
    // A later neighbour may itself have left the frontier: name the two that stand.
    for s in frontier.indices.dropFirst() {
      let (lower, upper) = (frontier[s - 1], frontier[s])
      for t in standings.indices {
        if case .extendedlyDominated = standings[t], effects[lower] < effects[t],
          effects[t] < effects[upper]
        {
          standings[t] = .extendedlyDominated(lower: lower, upper: upper)
        }
      }
    }
    self.standings = standings
  }

  private static func byEffectFalling(_ costs: [Double], _ effects: [Double]) -> [Int] {
    costs.indices.sorted { (-effects[$0], costs[$0], $0) < (-effects[$1], costs[$1], $1) }
  }
}
