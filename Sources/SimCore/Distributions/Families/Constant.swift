// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A known number: all of the probability at one value.
public struct Constant: Distribution, Hashable {
  public let value: Double

  /// - Throws: `DistributionError` unless `value` is finite.
  public init(_ value: Double) throws(DistributionError) {
    try Check.finite(value, "value")
    self.value = value
  }

  public static let family = Family(
    name: "constant",
    summary: "a known number",
    supportText: "one value",
    parametrisations: [
      Parametrisation(["value"], allowsPositional: true) { (v) throws(DistributionError) in
        try Constant(v[0])
      }
    ],
    source: "point mass")

  public var parameters: [NamedValue] { [NamedValue("value", value)] }
  public var support: Support {
    Support(lower: value, upper: value, attainsLower: true, attainsUpper: true)
  }
  public var mean: Double { value }
  public var variance: Double { 0 }
  public var mode: Double? { value }

  public func density(_ x: Double) -> Double { x == value ? .infinity : 0 }
  public func cumulative(_ x: Double) -> Double { x >= value ? 1 : 0 }
  public func survival(_ x: Double) -> Double { x >= value ? 0 : 1 }
  public func quantile(_ tail: TailProbability) -> Double { value }
  public var atoms: [Atom] { [Atom(value: value, probability: 1)] }

  public func restriction(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> Restriction
  {
    try Check.limits(lower, upper)
    if value < lower ?? value || value > upper ?? value {
      throw Check.nothingLeft("the number \(value)", lower, upper)
    }
    return Restriction(law: self, probability: 1)
  }

  public var sampling: SamplingForm { .constant(value) }
}

/// All of the probability at one value, as a component of mixtures: the zeros of zero-inflated costs.
public typealias PointMass = Constant
