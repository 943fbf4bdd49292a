// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A draw that a plan makes: one parameter at one combination of labels in one or more cases.
struct DrawSpecification: Sendable {
  let name: String
  /// Position of the combination of labels; the third counter word.
  let label: UInt32
  let distribution: any Distribution
}

/// The independent standard normal score of a correlated parameter at one combination of labels.
struct ScoreSpecification: Sendable, Hashable {
  let name: String
  /// As of a draw.
  let label: UInt32
}

/// All draws of a plan; equal ones are one.
struct DrawList: Sendable {
  private struct Key: Hashable {
    let name: String
    let label: UInt32
    let family: String
    let identity: [NamedValue]
  }

  private(set) var all: [DrawSpecification] = []
  private var index: [Key: Int] = [:]
  /// Of correlated parameters.
  private(set) var scores: [ScoreSpecification] = []
  private var scoreIndex: [ScoreSpecification: Int] = [:]

  mutating func add(_ draw: DrawSpecification) -> Int {
    let key = Key(
      name: draw.name, label: draw.label, family: type(of: draw.distribution).family.name,
      identity: draw.distribution.identity)
    if let known = index[key] { return known }
    index[key] = all.count
    all.append(draw)
    return all.count - 1
  }

  mutating func add(_ score: ScoreSpecification) -> Int {
    if let known = scoreIndex[score] { return known }
    scoreIndex[score] = scores.count
    scores.append(score)
    return scores.count - 1
  }
}

/// What must not be below zero while a model runs.
public struct ModelCheck: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A transition probability of a row is below 0, or `rest` is.
    case negativeProbability
    /// The probabilities of a row do not add up to 1.
    case rowSum
  }

  public let kind: Kind
  /// The table of transitions.
  public let table: String
  /// The label left.
  public let row: String
}
