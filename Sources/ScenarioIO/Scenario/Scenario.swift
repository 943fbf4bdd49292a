// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// A scenario as its file states it, checked, with the model that the engine runs.
public struct Scenario: Sendable {
  /// The file's name without folder and extension.
  public let name: String
  /// The path it was read from.
  public let file: String
  /// The bytes that were read, for a hash of what a result came from.
  public let bytes: [UInt8]

  public let title: String?
  public let source: String?
  public let description: String?
  /// With its price year: `NOK 2018`.
  public let currency: String?
  /// Effects that are reported as text beside the priced result.
  public let notPriced: [String]
  public let run: ScenarioRunSettings

  /// In file order.
  public let parameters: [ScenarioParameter]
  /// In file order.
  public let variables: [ScenarioVariable]
  /// Costs, then benefits, then effects, each in file order.
  public let lines: [ScenarioLine]
  /// In file order.
  public let outputs: [ScenarioOutput]
  /// Every parameter, variable, line and output by name. An output that reports another quantity under
  /// its own name is found as that quantity.
  public let definitions: [String: Definition]

  /// For positions of faults in formulas.
  public let texts: FormulaTexts

  /// In file order; strategies last.
  public let dimensions: [Dimension]
  public let strategies: [String]
  public let strategyDescriptions: [String: String]
  /// What strategies are compared with; the first one when the file names none.
  public let comparator: String?
  /// In file order.
  public let perspectives: [ScenarioPerspective]
  /// In file order.
  public let variants: [ScenarioVariant]
  /// Tables of data whose rows are drawn jointly.
  public let rows: [ScenarioRows]
  /// `nil` when the file says nothing about one-way analyses.
  public let oneWay: ScenarioOneWay?
  public let sensitivity: ScenarioSensitivity
  /// `nil` when the file states no decision.
  public let decision: ScenarioDecision?
  /// What quantities are expected to be, in file order.
  public let expectations: [Expectation]
  /// Of all quantities, stated or inferred.
  public let units: ScenarioUnits
  /// Files that it names, as they were read.
  public let inputs: [InputFile]
  /// The cases of `model`, in its order.
  public let cases: [ScenarioCase]
  /// Makes the model again with numbers in place of distributions.
  let builder: ModelBuilder

  public let model: Model
  /// What is allowed and still likely a slip, in order of position.
  public let warnings: [Diagnostic]
}

/// How a scenario asks to be run.
public struct ScenarioRunSettings: Sendable, Hashable {
  public var seed: UInt64 = 1
  public var iterations = 100_000
  public var method = SamplingMethod.random
  /// In place of `iterations`.
  public var stop: StopRule?

  /// What `iterations` may be.
  public static let iterationsRange = 1...1_000_000_000

  public init() {}
}
