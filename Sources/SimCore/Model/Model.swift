// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A model as the engine runs it: what is uncertain, what follows from it, what is reported.
///
/// Parameters and variables share one namespace. Definitions form a directed acyclic graph; their order
/// is free. `Plan.init` checks this and reports every fault.
public struct Model: Sendable {
  public var parameters: [Parameter]
  public var variables: [Variable]
  public var outputs: [Output]
  public var correlations: [CorrelationGroup]

  public init(
    parameters: [Parameter], variables: [Variable], outputs: [Output],
    correlations: [CorrelationGroup] = []
  ) {
    self.parameters = parameters
    self.variables = variables
    self.outputs = outputs
    self.correlations = correlations
  }
}

/// An uncertain quantity: one value per iteration. Its name addresses its random numbers, so renaming
/// it changes its draws and adding another leaves them.
public struct Parameter: Sendable {
  /// In Unicode normalisation form C.
  public var name: String
  public var distribution: any Distribution

  public init(name: String, distribution: any Distribution) {
    self.name = name
    self.distribution = distribution
  }
}

/// A named formula.
public struct Variable: Sendable {
  public var name: String
  public var value: Expression

  public init(name: String, value: Expression) {
    self.name = name
    self.value = value
  }
}

/// A reported quantity.
public struct Output: Sendable {
  public var name: String
  public var value: Expression
  /// Cumulative probabilities in [0, 1], ascending, of the percentiles reported.
  public var probabilities: [Double]
  public var histogram: HistogramRequest?

  public init(
    name: String, value: Expression, probabilities: [Double], histogram: HistogramRequest?
  ) {
    self.name = name
    self.value = value
    self.probabilities = probabilities
    self.histogram = histogram
  }
}

/// What a histogram should look like; ends left out are chosen from the pilot iterations.
public struct HistogramRequest: Sendable, Hashable {
  /// Number of bins between the ends, 1 … 10 000.
  public var bins: Int
  public var from: Double?
  public var to: Double?

  public init(bins: Int, from: Double? = nil, to: Double? = nil) {
    self.bins = bins
    self.from = from
    self.to = to
  }
}
