// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a family of distributions is called, and the ways to give one of its members.
///
/// One value per family, registered in `FamilyRegistry.all`. Scenario files, `simulate distributions`
/// and the documentation table read it from there.
public struct Family: Sendable {
  /// Name in scenario files: lower case.
  public let name: String
  /// One line for economists: what it is used for.
  public let summary: String
  /// The support as text: `x > 0`.
  public let supportText: String
  /// Ways to give a member; the first is the native one.
  public let parametrisations: [Parametrisation]
  /// The member with this mean and standard deviation; `nil` where two moments don't determine one.
  public let fromMoments: MomentFit?
  /// The member on a stated finite interval with a stated centre; `nil` for families without one.
  public let fromBounds: BoundsFit?
  /// Author, year, equation or DOI.
  public let source: String

  public typealias MomentFit =
    @Sendable (_ mean: Double, _ standardDeviation: Double) throws(DistributionError) ->
    any Distribution
  public typealias BoundsFit =
    @Sendable (_ base: Double, _ baseIs: Centre, _ low: Double, _ high: Double)
    throws(DistributionError) -> any Distribution

  public init(
    name: String, summary: String, supportText: String, parametrisations: [Parametrisation],
    fromMoments: MomentFit? = nil, fromBounds: BoundsFit? = nil, source: String
  ) {
    self.name = name
    self.summary = summary
    self.supportText = supportText
    self.parametrisations = parametrisations
    self.fromMoments = fromMoments
    self.fromBounds = fromBounds
    self.source = source
  }
}

/// One way to give a member of a family: named numbers.
public struct Parametrisation: Sendable {
  /// Argument names in order.
  public let arguments: [String]
  /// True when the order alone is unambiguous in the field: `beta(15, 985)`, never `gamma(2, 5)`.
  public let allowsPositional: Bool
  /// Which arguments may be formulas; `nil` when all have to be numbers.
  public let uncertain: UncertainArguments?
  /// - Parameter values: one per argument, in order.
  public let make: @Sendable (_ values: [Double]) throws(DistributionError) -> any Distribution

  public init(
    _ arguments: [String], allowsPositional: Bool = false,
    uncertain: UncertainArguments? = nil,
    make: @escaping @Sendable ([Double]) throws(DistributionError) -> any Distribution
  ) {
    self.arguments = arguments
    self.allowsPositional = allowsPositional
    self.uncertain = uncertain
    self.make = make
  }
}

/// What the base number of an assessment is.
public enum Centre: String, Sendable, CaseIterable {
  case mean, median, mode
}
