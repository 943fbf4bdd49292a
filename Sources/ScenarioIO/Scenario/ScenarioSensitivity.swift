// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sensitivity analyses that a scenario asks for, beside the one-way analysis.
public struct ScenarioSensitivity: Sendable, Hashable {
  public var twoWay: [TwoWay] = []
  /// `nil` where none are asked for.
  public var thresholds: Thresholds?
  public var sobolIndices: SobolRequest?

  public init() {}

  /// Two parameters at every pair of some values, all others at base.
  public struct TwoWay: Sendable, Hashable {
    public let name: String
    public let first: Axis
    public let second: Axis

    /// Most points of one grid.
    public static let mostPoints = 10_000
  }

  public struct Axis: Sendable, Hashable {
    public let parameter: String
    public let values: [Double]

    /// Most values on one axis.
    public static let mostValues = 1000
  }

  /// Values of single parameters at which a decision changes or an output passes 0.
  public struct Thresholds: Sendable, Hashable {
    /// `nil` for every uncertain parameter without labels.
    public let vary: [String]?
    /// `nil` for every output.
    public let outputs: [String]?

    /// Most searches: parameters times outputs and values of the willingness to pay from every perspective.
    public static let mostSearches = 100_000
  }

  /// Variance-based indices from a design of their own.
  public struct SobolRequest: Sendable, Hashable {
    /// `nil` for every uncertain parameter.
    public let vary: [String]?
    /// Of each of the two matrices.
    public let rows: Int

    public static let rowsRange = 100...10_000_000
    public static let standardRows = 8192
  }
}
