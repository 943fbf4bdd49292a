// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import Economics

/// What a decision analysis needs beside its draws.
public struct DecisionSettings: Sendable {
  /// Name of the strategy that the others are compared with; the first one when `nil`.
  public var comparator: String?
  /// Each finite, 0 or above. Units: currency per unit of effect.
  public var willingnessToPay: [Double]
  public var population: Population?
  /// Units for the tables, such as `NOK` and `QALY`; empty when unknown.
  public var currency: String
  public var effectUnit: String
  /// Shown where the two do not tell it.
  public var willingnessToPayUnit: String

  /// Most values of willingness to pay in one analysis.
  public static let mostWillingnessToPay = 1000

  public init(
    comparator: String? = nil, willingnessToPay: [Double], population: Population? = nil,
    currency: String = "", effectUnit: String = "", willingnessToPayUnit: String = ""
  ) {
    self.comparator = comparator
    self.willingnessToPay = willingnessToPay
    self.population = population
    self.currency = currency
    self.effectUnit = effectUnit
    self.willingnessToPayUnit = willingnessToPayUnit
  }
}

/// Draws with the labels that set them apart from others in the same tables.
public struct DecisionGroup: Sendable {
  /// Empty where it does not apply.
  public let variant: String
  public let perspective: String
  public let draws: Draws

  public init(variant: String = "", perspective: String = "", draws: Draws) {
    self.variant = variant
    self.perspective = perspective
    self.draws = draws
  }
}

/// Why draws and settings do not make a decision analysis.
public enum DecisionError: Error, Sendable, Hashable, CustomStringConvertible {
  case noGroup
  case strategies(Int)
  case unknownComparator(String, strategies: [String])
  case willingnessToPay(Double)
  case willingnessToPayCount(Int)
  case tooLarge(column: String, value: Double)

  public var description: String {
    switch self {
    case .noGroup: "no draws; expected at least one set."
    case .strategies(let count):
      "\(count) strategies; expected two or more, of which \"nothing\" may be one."
    case .unknownComparator(let name, let strategies):
      "there is no strategy \(Excerpt.quoted(name)) to compare with; expected one of "
        + strategies.map { Excerpt.quoted($0) }.joined(separator: ", ") + ". "
        + NearestName.question(name, among: strategies)
    case .willingnessToPay(let value):
      "a willingness to pay of \(NumberText.string(value)); expected 0 to 1e15."
    case .willingnessToPayCount(let count):
      "\(count) values of willingness to pay; expected 1 to "
        + "\(DecisionSettings.mostWillingnessToPay)."
    case .tooLarge(let column, let value):
      "\(column) is \(NumberText.string(value)) in some iteration; expected no more than 1e100 "
        + "on either side of 0, so that squares can be summed. Check the unit."
    }
  }
}
