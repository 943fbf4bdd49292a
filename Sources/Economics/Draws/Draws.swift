// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Draws of a probabilistic analysis, ours or anyone's: one row per iteration, columns stored whole.
///
/// Shapes: every column has `count` values; `costs` and `effects` have one column per strategy. A plain
/// cost–benefit model is two strategies, one of them with zeros.
/// Units: costs in one currency and price year; effects in one unit for all strategies.
/// Numerics: all values are finite, checked here once.
public struct Draws: Sendable {
  public let strategies: [String]
  public let costs: [[Double]]
  public let effects: [[Double]]
  public let parameters: [DrawColumn]
  /// Number of iterations.
  public let count: Int

  /// - Throws: `DrawsError` for missing, unequal or non-finite columns and repeated names.
  public init(
    strategies: [String], costs: [[Double]], effects: [[Double]], parameters: [DrawColumn] = []
  ) throws(DrawsError) {
    guard let count = costs.first?.count, count > 0 else { throw .empty }
    guard costs.count == strategies.count, effects.count == strategies.count else {
      throw .columns(strategies: strategies.count, costs: costs.count, effects: effects.count)
    }
    self.strategies = strategies
    self.costs = costs
    self.effects = effects
    self.parameters = parameters
    self.count = count
    for (index, strategy) in strategies.enumerated() {
      try check(costs[index], "cost of \(strategy)")
      try check(effects[index], "effect of \(strategy)")
    }
    for parameter in parameters { try check(parameter.values, parameter.name) }
    for names in [strategies, parameters.map(\.name)] {
      var seen: Set<String> = []
      for name in names where !seen.insert(name).inserted { throw .repeatedName(name) }
    }
  }

  private func check(_ values: [Double], _ name: String) throws(DrawsError) {
    guard values.count == count else {
      throw .length(column: name, count: values.count, expected: count)
    }
    if let row = values.withUnsafeBufferPointer({ FiniteCheck.firstNonFinite($0) }) {
      throw .notFinite(column: name, row: row, value: values[row])
    }
  }
}

/// A named column of draws.
public struct DrawColumn: Sendable, Hashable {
  public let name: String
  public let values: [Double]

  public init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }
}

/// Why columns are not draws.
public enum DrawsError: Error, Sendable, Hashable {
  case empty
  case columns(strategies: Int, costs: Int, effects: Int)
  case length(column: String, count: Int, expected: Int)
  /// `row` counts from 0.
  case notFinite(column: String, row: Int, value: Double)
  case repeatedName(String)
}
