// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A mixture: with these chances, a value of one of several distributions.
///
/// ```
/// P(X <= x) = Σ wᵢ Pᵢ(X <= x),   wᵢ the weights divided by their sum
/// mean = Σ wᵢ meanᵢ,   variance = Σ wᵢ (varianceᵢ + (meanᵢ − mean)²)
/// ```
/// A `PointMass` among the components gives zero-inflated costs, or any other value that is taken with a
/// probability of its own. The density is infinite there, and elsewhere that of the other components.
///
/// Weights: finite, not negative, at least one above 0; components of weight 0 are left out. Components that
/// are mixtures themselves are taken apart.
///
/// Numerics: both tails are sums of positive terms. Quantiles are enclosed by those of the components, then
/// found by Newton steps on the logarithm of the tail.
///
/// Reproducibility: a draw takes its component from draw number 1 of the parameter's address and its value
/// from draw number 0, by the component's own quantile function; correlated and stratified draws use draw
/// number 0 alone and the quantile function of the mixture.
///
/// Source: McLachlan and Peel (2000), Finite Mixture Models, chapter 1.
public struct Mixture: Distribution {
  /// A distribution and its share.
  public struct Component: Sendable {
    /// Above 0; all weights of a mixture sum to 1.
    public let weight: Double
    public let distribution: any Distribution
  }

  public let components: [Component]
  public let support: Support
  public let mean: Double
  public let variance: Double
  public let atoms: [Atom]

  /// - Throws: `DistributionError` for weights that are negative, not finite or all 0, without components, and
  ///   for discrete components.
  public init(components: [(weight: Double, distribution: any Distribution)])
    throws(DistributionError)
  {
    for (index, component) in components.enumerated()
    where !(component.weight >= 0 && component.weight.isFinite) {
      throw DistributionError(
        found: "weight \(index + 1) = \(component.weight)",
        expected: "finite weights that are not negative")
    }
    for component in components { try Check.continuous(component.distribution, "mixed") }
    // Scaled by the largest first, so that the sum is a double.
    let largest = components.map(\.weight).max() ?? 0
    let total = components.reduce(0) { $0 + $1.weight / largest }
    guard largest > 0 else {
      throw DistributionError(
        found: components.isEmpty ? "a mixture of nothing" : "weights that are all 0",
        expected: "at least one component with a weight above 0")
    }
    var parts: [Component] = []
    for (weight, distribution) in components {
      let share = weight / largest / total
      if let mixture = distribution as? Mixture {
        parts += mixture.components.map {
          Component(weight: share * $0.weight, distribution: $0.distribution)
        }
      } else {
        parts.append(Component(weight: share, distribution: distribution))
      }
    }
    // Also those whose share is below the least double.
    self.init(parts: parts.filter { $0.weight > 0 })
  }

  /// - Precondition: weights above 0 that sum to 1; no component is a mixture.
  private init(parts: [Component]) {
    components = parts
    let supports = parts.map(\.distribution.support)
    let lower = supports.map(\.lower).min() ?? 0
    let upper = supports.map(\.upper).max() ?? 0
    support = Support(
      lower: lower, upper: upper,
      attainsLower: supports.contains { $0.lower == lower && $0.attainsLower },
      attainsUpper: supports.contains { $0.upper == upper && $0.attainsUpper })
    let mean = parts.reduce(0) { $0 + $1.weight * $1.distribution.mean }
    self.mean = mean
    variance =
      mean.isFinite
      ? parts.reduce(0) { sum, part in
        let distance = part.distribution.mean - mean
        return sum + part.weight * (part.distribution.variance + distance * distance)
      } : .infinity
    var masses: [Double: Double] = [:]
    for part in parts {
      for atom in part.distribution.atoms {
        masses[atom.value, default: 0] += part.weight * atom.probability
      }
    }
    atoms = masses.sorted { $0.key < $1.key }.map { Atom(value: $0.key, probability: $0.value) }
  }

  public static let family = Family(
    name: "mixture",
    summary: "one of several distributions, with given chances; zero-inflated costs",
    supportText: "that of the components together",
    parametrisations: [],
    source: "McLachlan and Peel (2000), chapter 1")

  public var parameters: [NamedValue] { named(\.parameters) }
  public var identity: [NamedValue] { named(\.identity) }

  /// Numbered, and with the family's name at the weight, so that different mixtures never look alike.
  private func named(_ values: (any Distribution) -> [NamedValue]) -> [NamedValue] {
    components.enumerated().flatMap { index, part in
      let name = type(of: part.distribution).family.name
      return [NamedValue("\(index + 1) \(name) weight", part.weight)]
        + values(part.distribution).map { NamedValue("\(index + 1) \($0.name)", $0.value) }
    }
  }

  /// Also ends of components inside, where the density may jump.
  public var breaks: [Double] {
    let all = components.flatMap { part in
      let support = part.distribution.support
      return part.distribution.breaks + [support.lower, support.upper]
    }
    return Set(all.filter { $0 > support.lower && $0 < support.upper }).sorted()
  }

  public func density(_ x: Double) -> Double {
    components.reduce(0) { $0 + $1.weight * $1.distribution.density(x) }
  }
  public func cumulative(_ x: Double) -> Double { sum { $0.cumulative(x) } }
  public func survival(_ x: Double) -> Double { sum { $0.survival(x) } }

  /// At most 1, which the weights may miss by rounding.
  private func sum(_ tail: (any Distribution) -> Double) -> Double {
    min(components.reduce(0) { $0 + $1.weight * tail($1.distribution) }, 1)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    let isLower = tail.side == .lower
    var low = Double.infinity
    var high = -Double.infinity
    for part in components {
      let x = part.distribution.quantile(tail)
      low = min(low, x)
      high = max(high, x)
    }
    // The mixture's tail is at least the part of each component.
    for part in components where p / part.weight < 1 {
      let x = part.distribution.quantile(TailProbability(p / part.weight, side: tail.side))
      if isLower { high = min(high, x) } else { low = max(low, x) }
    }
    if !(low < high) { return support.interior(low) }
    // Quantiles of components may be off by rounding.
    low = support.interior(low - 4 * low.ulp)
    high = support.interior(high + 4 * high.ulp)
    for atom in atoms where atom.value >= low && atom.value <= high {
      let (before, after) = (atom.value.nextDown, atom.value)
      let isAbove = isLower ? cumulative(after) < p : survival(after) > p
      let isBelow = isLower ? cumulative(before) >= p : survival(before) <= p
      if isAbove { low = after } else if isBelow { high = min(high, before) } else { return after }
    }
    if !(low < high) { return support.interior(low) }
    return support.interior(BracketedQuantile.solve(self, tail, low: low, high: high))
  }

  public var sampling: SamplingForm { .mixture(self) }
}
