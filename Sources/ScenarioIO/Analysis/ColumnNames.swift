// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the columns of a wide table of draws are called.
///
/// `cost:NAME` and `effect:NAME`, or `costs[strategy=NAME]` and `effects[strategy=NAME]`, belong to strategy
/// NAME; `iteration` counts rows; every other column is a parameter. What a user names goes first.
public struct ColumnNames: Sendable, Hashable {
  /// Strategy and column, as the user paired them.
  public struct Pair: Sendable, Hashable {
    public let strategy: String
    public let column: String

    /// `NAME=COLUMN`; `nil` when a side is missing.
    public init?(_ text: String) {
      guard let mark = text.firstIndex(of: "="), mark != text.startIndex else { return nil }
      strategy = String(text[..<mark])
      column = String(text[text.index(after: mark)...])
      if column.isEmpty { return nil }
    }
  }

  public var costs: [Pair]
  public var effects: [Pair]
  /// Only these are parameters, when there are any.
  public var parameters: [String]
  public var ignored: Set<String>

  public init(
    costs: [Pair] = [], effects: [Pair] = [], parameters: [String] = [], ignored: Set<String> = []
  ) {
    self.costs = costs
    self.effects = effects
    self.parameters = parameters
    self.ignored = ignored
  }

  enum Role: Hashable {
    case cost(String)
    case effect(String)
    case parameter
    case iteration
    case none
  }

  /// The role of a column, by the user's words first, then by its name.
  func role(of column: String) -> Role {
    if ignored.contains(column) { return .none }
    if let pair = costs.first(where: { $0.column == column }) { return .cost(pair.strategy) }
    if let pair = effects.first(where: { $0.column == column }) { return .effect(pair.strategy) }
    if parameters.contains(column) { return .parameter }
    if Self.isIteration(column) { return .iteration }
    for prefix in ["cost:", "costs:"] {
      if let name = Self.between(prefix, "", column) { return .cost(name) }
    }
    for prefix in ["effect:", "effects:"] {
      if let name = Self.between(prefix, "", column) { return .effect(name) }
    }
    if let name = Self.between("costs[strategy=", "]", column) { return .cost(name) }
    if let name = Self.between("effects[strategy=", "]", column) { return .effect(name) }
    return parameters.isEmpty ? .parameter : .none
  }

  static func isIteration(_ column: String) -> Bool { column.lowercased() == "iteration" }

  private static func between(_ prefix: String, _ suffix: String, _ text: String) -> String? {
    guard text.hasPrefix(prefix), text.hasSuffix(suffix) else { return nil }
    let name = text.dropFirst(prefix.count).dropLast(suffix.count)
      .drop { $0.isWhitespace }
    return name.isEmpty ? nil : String(name)
  }
}
