// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A model as the engine runs it: what is uncertain, what follows from it, what is reported.
///
/// Parameters and variables share one namespace. Definitions form a directed acyclic graph, except
/// through `previous`; their order is free. `Plan.init` checks this and reports every fault.
public struct Model: Sendable {
  public var dimensions: [Dimension]
  public var parameters: [Parameter]
  public var variables: [Variable]
  public var outputs: [Output]
  public var correlations: [CorrelationGroup]
  /// What is run side by side on the same draws; one case without changes when nothing is said.
  public var cases: [ModelCase]
  /// Data whose columns are quantities of the model.
  public var rows: [RowTable]

  public init(
    dimensions: [Dimension] = [], parameters: [Parameter], variables: [Variable],
    outputs: [Output], correlations: [CorrelationGroup] = [], cases: [ModelCase] = [ModelCase()],
    rows: [RowTable] = []
  ) {
    self.dimensions = dimensions
    self.parameters = parameters
    self.variables = variables
    self.outputs = outputs
    self.correlations = correlations
    self.cases = cases
    self.rows = rows
  }
}

/// A changed form of the model: definitions that take the place of those with the same names.
///
/// Reproducibility: a case is not part of any address, so all cases share their draws.
public struct ModelCase: Sendable {
  public var parameters: [Parameter]
  public var variables: [Variable]
  /// Takes the place of the model's correlations; `nil` keeps them.
  public var correlations: [CorrelationGroup]?

  public init(
    parameters: [Parameter] = [], variables: [Variable] = [],
    correlations: [CorrelationGroup]? = nil
  ) {
    self.parameters = parameters
    self.variables = variables
    self.correlations = correlations
  }

  /// Whether it is the model itself.
  public var isUnchanged: Bool {
    parameters.isEmpty && variables.isEmpty && correlations == nil
  }
}

/// An uncertain quantity: one value per iteration, or one per iteration and label. Its name addresses
/// its random numbers, so renaming it changes its draws and adding another leaves them.
public struct Parameter: Sendable {
  /// In Unicode normalisation form C.
  public var name: String
  /// Dimensions it varies over; empty for one value.
  public var dimensions: [String]
  /// One for each combination of labels, the last dimension fastest; drawn independently.
  public var distributions: [any Distribution]
  /// Further dimensions, for each of whose labels it is drawn independently from the same distributions.
  public var each: [String]
  /// What its random numbers are addressed by: its name, unless it stands for another's draws.
  public var stream: String
  /// The quantity whose values are recorded: its name, unless its draws are only part of another's value.
  public var quantity: String

  public init(name: String, distribution: any Distribution) {
    self.init(name: name, dimensions: [], distributions: [distribution])
  }

  public init(
    name: String, dimensions: [String], distributions: [any Distribution], each: [String] = []
  ) {
    self.name = name
    self.dimensions = dimensions
    self.distributions = distributions
    self.each = each
    stream = name
    quantity = name
  }
}

/// A reported quantity. One that varies over dimensions is reported for each combination of labels.
public struct Output: Sendable {
  public var name: String
  public var value: Expression
  /// Cumulative probabilities in [0, 1], ascending, of the percentiles reported.
  public var probabilities: [Double]
  public var histogram: HistogramRequest?
  /// Indices of the cases it is reported for; `nil` for all.
  public var cases: Set<Int>?
  /// In a plan: where this stands in `Model.outputs` and `Model.cases`, and for which labels.
  public internal(set) var index = 0
  public internal(set) var modelCase = 0
  public internal(set) var labels: [LabelChoice] = []

  public init(
    name: String, value: Expression, probabilities: [Double], histogram: HistogramRequest?
  ) {
    self.name = name
    self.value = value
    self.probabilities = probabilities
    self.histogram = histogram
  }

  /// The name with its labels.
  public var fullName: String { name + labels.text }
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
