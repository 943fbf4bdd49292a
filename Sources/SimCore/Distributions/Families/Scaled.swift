// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution stretched and moved: shift + scale · X. A negative scale turns it round.
///
/// ```
/// mean = shift + scale meanX,   variance = scale² varianceX
/// ```
/// Reproducibility: draws rise with their uniform also when the scale is negative, so that a rank
/// correlation of 1 always means together.
public struct Scaled: Distribution {
  public let base: any Distribution
  public let scale: Double
  public let shift: Double

  /// - Throws: `DistributionError` for a scale that is 0, numbers that are not finite, or draws that don't
  ///   fit in a double.
  public init(_ base: any Distribution, by scale: Double, plus shift: Double = 0)
    throws(DistributionError)
  {
    try Check.finite(scale, "scale")
    try Check.finite(shift, "shift")
    if scale == 0 {
      throw DistributionError(
        found: "scale = 0", expected: "a scale that is not 0", advice: "Write a single number.")
    }
    try Check.continuous(base, "scaled")
    for side in [TailProbability.Side.lower, .upper] {
      let draw = shift + scale * base.quantile(TailProbability(0x1p-53, side: side))
      if !(10 * draw).isFinite {
        throw DistributionError(
          found: "scale = \(scale), shift = \(shift)", expected: "draws that fit in a double")
      }
    }
    if let inner = base as? Scaled {
      self.base = inner.base
      self.scale = scale * inner.scale
      self.shift = shift + scale * inner.shift
    } else {
      self.base = base
      self.scale = scale
      self.shift = shift
    }
  }

  public static let family = Family(
    name: "scaled",
    summary: "a distribution stretched and moved",
    supportText: "that of the distribution, stretched and moved",
    parametrisations: [],
    source: "shift + scale X")

  public var parameters: [NamedValue] { named(base.parameters) }
  public var identity: [NamedValue] { named(base.identity) }

  private func named(_ values: [NamedValue]) -> [NamedValue] {
    let name = type(of: base).family.name
    return values.map { NamedValue("\(name) \($0.name)", $0.value) }
      + [NamedValue("\(name) scaled by", scale), NamedValue("\(name) shifted by", shift)]
  }

  private func moved(_ x: Double) -> Double { shift + scale * x }

  /// The base's value. A value that the shift moved comes back rounded; ends come back as themselves.
  private func back(_ x: Double) -> Double {
    let ends = base.support
    if x == moved(ends.lower) { return ends.lower }
    if x == moved(ends.upper) { return ends.upper }
    if let atom = base.atoms.first(where: { moved($0.value) == x }) { return atom.value }
    return (x - shift) / scale
  }

  public var support: Support {
    let ends = base.support
    return scale > 0
      ? Support(
        lower: moved(ends.lower), upper: moved(ends.upper), attainsLower: ends.attainsLower,
        attainsUpper: ends.attainsUpper)
      : Support(
        lower: moved(ends.upper), upper: moved(ends.lower), attainsLower: ends.attainsUpper,
        attainsUpper: ends.attainsLower)
  }
  public var mean: Double { base.mean.isFinite ? moved(base.mean) : .infinity }
  public var variance: Double { scale * scale * base.variance }
  public var mode: Double? { base.mode.map(moved) }
  public var breaks: [Double] { base.breaks.map(moved).sorted() }
  public var atoms: [Atom] {
    base.atoms.map { Atom(value: moved($0.value), probability: $0.probability) }
      .sorted { $0.value < $1.value }
  }

  public func density(_ x: Double) -> Double {
    let support = support
    return x >= support.lower && x <= support.upper ? base.density(back(x)) / abs(scale) : 0
  }
  public func cumulative(_ x: Double) -> Double {
    scale > 0 ? base.cumulative(back(x)) : upTo(x) { base.survival($0) }
  }
  public func survival(_ x: Double) -> Double {
    scale > 0 ? base.survival(back(x)) : above(x) { base.cumulative($0) }
  }

  /// P(base >= y) at the value that x comes from: a point mass there counts.
  private func upTo(_ x: Double, _ survival: (Double) -> Double) -> Double {
    let y = back(x)
    return base.atoms.isEmpty ? survival(y) : survival(y.nextDown)
  }
  /// P(base < y).
  private func above(_ x: Double, _ cumulative: (Double) -> Double) -> Double {
    let y = back(x)
    return base.atoms.isEmpty ? cumulative(y) : cumulative(y.nextDown)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    if scale > 0 { return support.interior(moved(base.quantile(tail))) }
    let mirror = TailProbability(tail.probability, side: tail.side == .lower ? .upper : .lower)
    return support.interior(moved(base.quantile(mirror)))
  }

  public func restriction(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> Restriction
  {
    try Check.limits(lower, upper)
    let (a, b) = scale > 0 ? (lower, upper) : (upper, lower)
    let inner = try base.restriction(from: a.map(back), to: b.map(back))
    return Restriction(
      law: try Scaled(inner.law, by: scale, plus: shift), probability: inner.probability)
  }

  public var sampling: SamplingForm {
    .scaled(base, location: shift, scale: scale)
  }
}
