// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The units of a scenario's quantities, as stated or as they follow from the formulas.
public struct ScenarioUnits: Sendable {
  /// A quantity's unit.
  public struct Entry: Sendable, Hashable {
    /// As the file writes it, else in the same form.
    public let text: String
    public let isStated: Bool
  }

  /// What amounts of a decision are in, where that follows from its formulas or is stated; empty where not.
  public struct Decision: Sendable, Hashable {
    public var willingnessToPay = ""
    public var effect = ""
  }

  private let entries: [String: Entry]
  public let decision: Decision

  init(_ entries: [String: Entry] = [:], decision: Decision = Decision()) {
    self.entries = entries
    self.decision = decision
  }

  /// Of a parameter, column, variable, line, output or total; `nil` where it is not known.
  public subscript(name: String) -> Entry? { entries[name] }

  /// Of an output, for tables; outputs that report another quantity may state its unit.
  public func text(of output: ScenarioOutput) -> String? {
    output.unit ?? entries[output.name]?.text
  }
}

extension Scenario {
  /// Of the output at a place in `outputs`.
  func unit(ofOutput index: Int) -> String? { units.text(of: outputs[index]) }
}
