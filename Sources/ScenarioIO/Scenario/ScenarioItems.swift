// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// An uncertain or known input as the file states it.
public struct ScenarioParameter: Sendable {
  public let name: String
  /// Where it stands in a table by label: a parameter that varies has one of these for each cell.
  public internal(set) var labels: [LabelChoice] = []
  /// Dimensions for whose labels it is drawn independently from the same distribution.
  public internal(set) var each: [String] = []
  public let unit: String?
  public let source: String?
  public let description: String?
  /// The `value` as written.
  public let statedText: String
  /// The stated number, or the base of a stated range.
  public let statedBase: Double?
  public let statedLow: Double?
  public let statedHigh: Double?
  /// What the range means; `nil` without a range.
  public let reading: RangeReading?
  /// What the base is; `nil` without a range, or where the family makes it irrelevant.
  public let baseIs: Centre?
  /// `nil` without a range.
  public let fit: FitRule?
  /// The numbers that the distribution was found from.
  public let figures: [StatedFigure]
  /// Of least squares, in probability.
  public let residual: Double?
  /// Of a share from counted events.
  public let prior: Prior?
  /// Before `truncate`; `nil` without it.
  public let untruncated: (any Distribution)?
  /// With uncertain arguments: given that everything else is at its base.
  public internal(set) var distribution: any Distribution
  /// `nil` where all arguments of the distribution are numbers.
  var uncertain: UncertainLaw?
  /// Where labels are drawn together; `distribution` is that of this one alone.
  var joint: JointLaw?
  /// The formulas in it with their values at base, as `response = 0.45`; empty without.
  public internal(set) var arguments: [NamedValue] = []
  /// Of the name in the file.
  public let position: SourcePosition

  /// Whether it is a known number.
  public var isConstant: Bool { uncertain == nil && distribution.variance == 0 }

  /// The name with its labels.
  public var fullName: String { name + labels.text }

  /// Name of the distribution's family.
  public var family: String { joint?.name ?? type(of: distribution).family.name }
}

/// A named formula.
public struct ScenarioVariable: Sendable, Hashable {
  public let name: String
  public let unit: String?
  public let source: String?
  public let description: String?
  public let formula: String
  public let position: SourcePosition
}

/// Which total a line belongs to.
public enum LineKind: String, Sendable, CaseIterable {
  case cost, benefit, effect

  /// The section of the file, which is also the name of the total.
  public var section: String { rawValue + "s" }
}

/// A line of costs, benefits or effects.
public struct ScenarioLine: Sendable, Hashable {
  public let kind: LineKind
  public let name: String
  /// Who bears the cost or gets the benefit.
  public let payer: String?
  public let unit: String?
  public let source: String?
  public let description: String?
  public let formula: String
  public let position: SourcePosition
}

/// A reported quantity.
public struct ScenarioOutput: Sendable, Hashable {
  public let name: String
  public let unit: String?
  public let description: String?
  public let formula: String
  /// As written, in percent, ascending.
  public let percentiles: [Double]
  /// `nil` when the file says `none`.
  public let histogram: HistogramRequest?
  public let position: SourcePosition

  public static let defaultPercentiles: [Double] = [2.5, 5, 25, 50, 75, 95, 97.5]
  public static let defaultBins = 60
}

/// Where a name is defined, and by what text.
public struct Definition: Sendable {
  public enum Kind: String, Sendable, Hashable {
    case parameter, variable, cost, benefit, effect, output, dimension, rows
  }

  public let kind: Kind
  /// Of the name.
  public let position: SourcePosition
  /// The assessment of a parameter, the formula of anything else, as written.
  public let text: String
  let scalar: ScalarText?

  /// Where a byte of `text` stands in the file: for offsets in `Expression.name`.
  public func position(ofByte offset: Int) -> SourcePosition {
    scalar?.position(ofByte: offset) ?? position
  }
}
