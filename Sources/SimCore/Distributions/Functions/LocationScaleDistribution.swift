// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution given by its standard form, moved and stretched.
///
/// ```
/// X = location + scale · Z
/// ```
/// A conforming type states its standard form in Z; what `Distribution` asks for follows, and one
/// quantile table serves all members with the same shapes.
public protocol LocationScaleDistribution: Distribution {
  var location: Double { get }
  var scale: Double { get }
  /// The parameters beside location and scale: the identity of the standard form.
  var shapes: [NamedValue] { get }

  /// Support of Z; its lower end is 0 or −∞.
  var standardSupport: Support { get }
  /// Infinite where it is infinite, and where it does not exist.
  var standardMean: Double { get }
  /// Infinite where it is infinite, and where it does not exist.
  var standardVariance: Double { get }
  var standardMode: Double? { get }
  /// `breaks` of Z; none by default.
  var standardBreaks: [Double] { get }
  /// - Parameter z: finite, in the closed support.
  func standardDensity(_ z: Double) -> Double
  /// P(Z <= z) or P(Z > z), each with relative accuracy.
  /// - Parameter z: finite, inside the support.
  func standardTail(_ z: Double, _ side: TailProbability.Side) -> Double
  /// May be infinite or at an end of the support; `quantile` then returns the nearest double inside.
  func standardQuantile(_ tail: TailProbability) -> Double
}

extension LocationScaleDistribution {
  public var support: Support {
    let standard = standardSupport
    return Support(
      lower: location + scale * standard.lower, upper: location + scale * standard.upper)
  }
  public var mean: Double { location + scale * standardMean }
  public var variance: Double { scale * scale * standardVariance }
  public var mode: Double? { standardMode.map { location + scale * $0 } }
  public var standardBreaks: [Double] { [] }
  public var breaks: [Double] { standardBreaks.map { location + scale * $0 } }

  public func density(_ x: Double) -> Double {
    let support = support
    if !(x >= support.lower && x <= support.upper && x.isFinite) { return 0 }
    let standard = standardSupport
    let largest = Double.greatestFiniteMagnitude
    let low = max(standard.lower, -largest)
    let high = min(standard.upper, largest)
    return standardDensity(min(max((x - location) / scale, low), high)) / scale
  }

  public func cumulative(_ x: Double) -> Double {
    let support = support
    if x <= support.lower { return 0 }
    if x >= support.upper { return 1 }
    return standardTail(standardSupport.interior((x - location) / scale), .lower)
  }

  public func survival(_ x: Double) -> Double {
    let support = support
    if x <= support.lower { return 1 }
    if x >= support.upper { return 0 }
    return standardTail(standardSupport.interior((x - location) / scale), .upper)
  }

  public func standardQuantile(_ tail: TailProbability) -> Double {
    QuantileSolver.solve(StandardForm(self), tail)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    support.interior(location + scale * standardQuantile(tail))
  }

  public var sampling: SamplingForm {
    .table(standard: StandardForm(self), location: location, scale: scale)
  }
}

/// The member of a location-scale family with location 0 and scale 1.
struct StandardForm<Base: LocationScaleDistribution>: Distribution {
  private let base: Base

  init(_ base: Base) { self.base = base }

  static var family: Family { Base.family }
  var parameters: [NamedValue] { base.shapes }
  var support: Support { base.standardSupport }
  var mean: Double { base.standardMean }
  var variance: Double { base.standardVariance }
  var mode: Double? { base.standardMode }
  var breaks: [Double] { base.standardBreaks }

  func density(_ x: Double) -> Double {
    let support = support
    return x >= support.lower && x <= support.upper && x.isFinite ? base.standardDensity(x) : 0
  }
  func cumulative(_ x: Double) -> Double {
    let support = support
    return x <= support.lower ? 0 : x >= support.upper ? 1 : base.standardTail(x, .lower)
  }
  func survival(_ x: Double) -> Double {
    let support = support
    return x <= support.lower ? 1 : x >= support.upper ? 0 : base.standardTail(x, .upper)
  }
  func quantile(_ tail: TailProbability) -> Double {
    support.interior(base.standardQuantile(tail))
  }
  var sampling: SamplingForm { .table(standard: self, location: 0, scale: 1) }
}

extension Check {
  /// Refuses members whose outermost draws, or whose variance where it exists, are not doubles.
  static func reach(_ distribution: some LocationScaleDistribution) throws(DistributionError) {
    let least = TailProbability(0x1p-53, side: .lower)
    let most = TailProbability(0x1p-53, side: .upper)
    let (location, scale) = (distribution.location, distribution.scale)
    for tail in [least, most] {
      let draw = location + scale * distribution.standardQuantile(tail)
      if !(draw * 10).isFinite {
        throw DistributionError(
          found: Self.list(distribution.parameters), expected: "draws that fit in a double")
      }
    }
    if distribution.standardVariance.isFinite && !distribution.variance.isFinite {
      throw DistributionError(
        found: Self.list(distribution.parameters), expected: "a variance that fits in a double")
    }
  }

  private static func list(_ values: [NamedValue]) -> PlainText {
    values.dropFirst().reduce(values.first.map { "\($0.name) = \($0.value)" } ?? "") {
      $0 + ", \($1.name) = \($1.value)"
    }
  }
}
