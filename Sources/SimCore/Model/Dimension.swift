// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A named set of labels over which quantities may vary: years, strategies, states, centres.
public struct Dimension: Sendable, Hashable {
  public let name: String
  /// Distinct, at least one.
  public let labels: [String]
  /// The labels as numbers, where all of them are (`2018..2034`); formulas may use them as values.
  public let numbers: [Double]?
  /// Whether labels have an order, so that `previous`, lags and discounting make sense.
  public let isOrdered: Bool
  /// Years between neighbouring labels of an ordered dimension: 1 for years, 1/52 for weeks.
  public let step: Double

  /// - Precondition: `labels` is not empty, `step` above 0 and finite.
  public init(
    name: String, labels: [String], numbers: [Double]? = nil, isOrdered: Bool = false,
    step: Double = 1
  ) {
    precondition(!labels.isEmpty && step > 0 && step.isFinite)
    precondition(numbers.map { $0.count == labels.count } ?? true)
    self.name = name
    self.labels = labels
    self.numbers = numbers
    self.isOrdered = isOrdered
    self.step = step
  }

  public func position(of label: String) -> Int? { labels.firstIndex(of: label) }
}

/// A label of a dimension, by name.
public struct LabelChoice: Sendable, Hashable {
  public let dimension: String
  public let label: String

  public init(dimension: String, label: String) {
    self.dimension = dimension
    self.label = label
  }
}

extension [LabelChoice] {
  /// `[year = 2018, state = home]`; empty without labels.
  public var text: String {
    isEmpty ? "" : "[" + map { "\($0.dimension) = \($0.label)" }.joined(separator: ", ") + "]"
  }
}
