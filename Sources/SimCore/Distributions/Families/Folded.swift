// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The distance of a variate from a point: |X − centre|.
///
/// ```
/// f(x) = g(centre + x) + g(centre − x),   x > 0
/// P(|X − c| > x) = P(X > c + x) + P(X < c − x)
/// ```
/// Half-normal and half-Cauchy are the folded forms about the centre of symmetry.
///
/// Numerics: the upper tail is a sum; the lower one a difference of tails, or the integral of the density
/// where that would cancel. Moments are integrals of the quantile function.
///
/// Source: Leone, Nelson and Nottingham (1961), doi:10.1080/00401706.1961.10489974.
public struct Folded: Distribution {
  public let base: any Distribution
  public let centre: Double
  public let support: Support
  public let mean: Double
  public let variance: Double

  /// - Throws: `DistributionError` for a base with point masses, or a centre outside of its support, where
  ///   nothing would be folded.
  public init(_ base: any Distribution, about centre: Double) throws(DistributionError) {
    try Check.finite(centre, "centre")
    try Check.continuous(base, "folded")
    let name = type(of: base).family.name
    guard base.atoms.isEmpty else {
      throw DistributionError(
        found: "a folded \(name) with point masses", expected: "a continuous distribution")
    }
    let ends = base.support
    guard centre > ends.lower, centre < ends.upper else {
      throw DistributionError(
        found: "\(name) folded about \(centre)",
        expected: "a centre between \(ends.lower) and \(ends.upper)",
        advice: "Nothing lies on the other side: shift the distribution instead.")
    }
    self.base = base
    self.centre = centre
    support = Support(lower: 0, upper: max(ends.upper - centre, centre - ends.lower))
    // Over the base's quantiles: they have no kink but where the fold is.
    let moments = QuantileMoments(splitAt: base.cumulative(centre)) {
      abs(base.quantile($0) - centre)
    }
    mean = moments.mean
    variance = moments.variance
  }

  public static let family = Family(
    name: "folded",
    summary: "the distance from a point, whichever side",
    supportText: "x > 0",
    parametrisations: [],
    source: "Leone, Nelson and Nottingham (1961), doi:10.1080/00401706.1961.10489974")

  public var parameters: [NamedValue] { named(base.parameters) }
  public var identity: [NamedValue] { named(base.identity) }

  private func named(_ values: [NamedValue]) -> [NamedValue] {
    let name = type(of: base).family.name
    return values.map { NamedValue("\(name) \($0.name)", $0.value) }
      + [NamedValue("\(name) centre", centre)]
  }

  public var breaks: [Double] {
    let ends = base.support
    let inner = min(ends.upper - centre, centre - ends.lower)
    let all = base.breaks.map { abs($0 - centre) } + (inner < support.upper ? [inner] : [])
    return Set(all.filter { $0 > 0 && $0 < support.upper }).sorted()
  }

  public func density(_ x: Double) -> Double {
    if !(x >= 0 && x <= support.upper) { return 0 }
    return base.density(centre + x) + base.density(centre - x)
  }

  public func cumulative(_ x: Double) -> Double {
    if !(x > 0) { return 0 }
    if x >= support.upper { return 1 }
    let (low, high) = (centre - x, centre + x)
    let part = Truncated.probability(
      base, Truncated.end(base, low), Truncated.end(base, high), from: low, length: 2 * x)
    return min(part, 1)
  }

  public func survival(_ x: Double) -> Double {
    if !(x > 0) { return 1 }
    if x >= support.upper { return 0 }
    return min(base.survival(centre + x) + base.cumulative(centre - x), 1)
  }

  /// Half of the tail or more lies on one side, which encloses the quantile.
  public func quantile(_ tail: TailProbability) -> Double {
    guard tail.side == .upper else { return QuantileSolver.solve(self, tail) }
    let half = tail.probability / 2
    let above = base.quantile(TailProbability(half, side: .upper)) - centre
    let below = centre - base.quantile(TailProbability(half, side: .lower))
    let low = max(min(above, below), 0)
    let high = support.interior(max(above, below))
    if !(low < high) { return support.interior(high) }
    return support.interior(
      BracketedQuantile.solve(
        self, tail, low: low * (1 - 1e-15), high: support.interior(high * (1 + 1e-15))))
  }

  public var mode: Double? {
    // The top of the base, moved; or the fold itself. Sums of two slopes may have others: none is named.
    guard let peak = base.mode else { return nil }
    return peak == centre ? 0 : nil
  }

  public var sampling: SamplingForm { .table(standard: self, location: 0, scale: 1) }
}
