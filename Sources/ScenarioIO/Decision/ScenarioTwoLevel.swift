// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A check of EVPPI by simulating the model again around fixed values of parameters.
public struct ScenarioTwoLevel: Sendable, Hashable {
  /// Names of parameters, tables of rows and groups of the decision; `nil` for every one.
  public let names: [String]?
  /// Outer draws of the known parameters.
  public let outer: Int
  /// Inner draws of all else for each of them; even.
  public let inner: Int

  public static let outerRange = 2...1_000_000
  public static let innerRange = 2...1_000_000
  /// Most inner draws in all for one parameter or group.
  public static let mostDraws = 1_000_000_000

  public init(names: [String]? = nil, outer: Int = 2000, inner: Int = 500) {
    self.names = names
    self.outer = outer
    self.inner = inner
  }

  /// One parameter or table of rows, or the members of a group.
  struct Item: Hashable {
    let name: String
    let parameters: [String]
  }

  func items(_ scenario: Scenario, _ decision: ScenarioDecision) -> [Item] {
    var singles: [Item] = []
    for parameter in scenario.parameters
    where !parameter.isConstant && !singles.contains(where: { $0.name == parameter.name }) {
      singles.append(Item(name: parameter.name, parameters: [parameter.name]))
    }
    for rows in scenario.rows where rows.rowCount > 1 {
      singles.append(Item(name: rows.name, parameters: [rows.name]))
    }
    let groups = decision.groups.map { Item(name: $0.name, parameters: $0.parameters) }
    guard let names else { return singles + groups }
    return names.compactMap { name in
      groups.first { $0.name == name } ?? singles.first { $0.name == name }
    }
  }
}
