// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the columns of a wide table of draws are called.
///
/// `cost:NAME` and `effect:NAME`, or `costs[strategy = NAME]` and `effects[strategy = NAME]` as a run writes them,
/// belong to strategy NAME; `iteration` counts rows; other columns with a strategy in brackets are left out;
/// the outputs of a run, by its manifest, are left out too; every other column is a parameter. What a user
/// names goes first.
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
  /// Columns that a run's manifest calls outputs: no parameters unless they are named.
  var outputs: Set<String> = []

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
      if let name = Self.between(prefix, column) { return .cost(name) }
    }
    for prefix in ["effect:", "effects:"] {
      if let name = Self.between(prefix, column) { return .effect(name) }
    }
    if let labels = Self.labels(column), let name = labels.of["strategy"] {
      // A variant's or perspective's series, or another output by strategy, has to be named to be used.
      guard labels.of.count == 1 else { return .none }
      switch labels.output {
      case "cost", "costs": return .cost(name)
      case "effect", "effects": return .effect(name)
      default: return .none
      }
    }
    return parameters.isEmpty && !outputs.contains(column) ? .parameter : .none
  }

  /// Whether a column would be a parameter if it were no output of a run.
  func leavesOut(_ column: String) -> Bool {
    guard outputs.contains(column), role(of: column) == .none else { return false }
    var others = self
    others.outputs = []
    return others.role(of: column) == .parameter
  }

  static func isIteration(_ column: String) -> Bool { column.lowercased() == "iteration" }

  private static func between(_ prefix: String, _ text: String) -> String? {
    guard text.hasPrefix(prefix) else { return nil }
    let name = text.dropFirst(prefix.count).drop { $0.isWhitespace }
    return name.isEmpty ? nil : String(name)
  }

  /// The output and the labels of `costs[strategy = A, variant = low]`; `nil` for other names.
  private static func labels(_ text: String) -> (output: String, of: [String: String])? {
    guard text.hasSuffix("]"), let bracket = text.firstIndex(of: "[") else { return nil }
    var labels: [String: String] = [:]
    for part in text[text.index(after: bracket)...].dropLast().split(separator: ",") {
      guard let mark = part.firstIndex(of: "=") else { return nil }
      let key = trimmed(part[..<mark])
      let value = trimmed(part[part.index(after: mark)...])
      if key.isEmpty || value.isEmpty || labels.updateValue(value, forKey: key) != nil {
        return nil
      }
    }
    return (trimmed(text[..<bracket]), labels)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
