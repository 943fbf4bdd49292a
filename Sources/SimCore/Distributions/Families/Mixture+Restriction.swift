// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Mixture {
  /// The mixture of the restricted components, weighted by what each has between the limits. Point masses at
  /// a limit stay.
  public func restriction(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> Restriction
  {
    try Check.limits(lower, upper)
    var parts: [(weight: Double, distribution: any Distribution)] = []
    for part in components {
      let support = part.distribution.support
      if (lower ?? -.infinity) <= support.lower && (upper ?? .infinity) >= support.upper {
        parts.append((part.weight, part.distribution))
        continue
      }
      // A component without probability there has no restriction.
      guard let rest = try? part.distribution.restriction(from: lower, to: upper) else { continue }
      parts.append((part.weight * rest.probability, rest.law))
    }
    let whole = parts.reduce(0) { $0 + $1.weight }
    guard whole >= Truncated.leastProbability else {
      throw Check.nothingLeft("a mixture", lower, upper)
    }
    let law = try Mixture(components: parts)
    return Restriction(
      law: law.components.count == 1 ? law.components[0].distribution : law,
      probability: min(whole, 1))
  }
}
