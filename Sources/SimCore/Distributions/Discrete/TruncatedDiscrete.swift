// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A discrete distribution restricted to an interval: the law of X given a ≤ X ≤ b. Never clipped.
///
/// ```
/// P(X = k | a ≤ X ≤ b) = P(X = k) / P(a ≤ X ≤ b)
/// ```
/// Numerics: the masses of all values between the limits are listed and summed from both ends, so that
/// nothing cancels. Values with a tail of the base below 1e-300 are left out.
public struct TruncatedDiscrete: DiscreteDistribution {
  public let base: any DiscreteDistribution
  /// The probability that the base gives to the interval.
  public let probability: Double
  private let limits: Support
  private let table: ValueTable

  init(_ base: any DiscreteDistribution, from lower: Double?, to upper: Double?)
    throws(DistributionError)
  {
    // Restricting twice is restricting once to the common part.
    let inner = (base as? TruncatedDiscrete)?.base ?? base
    let outer = (base as? TruncatedDiscrete)?.limits
    let low = [lower, outer?.lower].compactMap(\.self).max()
    let high = [upper, outer?.upper].compactMap(\.self).min()
    let limits = try Self.limits(inner, low, high)
    let (values, masses) = try Self.list(inner, limits)
    var sum = CompensatedSum()
    for mass in masses { sum.add(mass) }
    if !(sum.value >= Truncated.leastProbability) {
      throw Self.empty(inner, limits.lower, limits.upper)
    }
    self.base = inner
    self.limits = limits
    probability = min(sum.value, 1)
    table = ValueTable(values: values, weights: masses.map { $0 / sum.value })
  }

  /// The limits as an interval inside the support, after all checks.
  static func limits(_ base: any DiscreteDistribution, _ lower: Double?, _ upper: Double?)
    throws(DistributionError) -> Support
  {
    if let lower { try Check.finite(lower, "lower limit") }
    if let upper { try Check.finite(upper, "upper limit") }
    if let lower, let upper, !(lower <= upper) {
      throw DistributionError(
        found: "limits \(lower) and \(upper)", expected: "a lower limit up to the upper")
    }
    let low = max(lower ?? -.infinity, base.support.lower)
    let high = min(upper ?? .infinity, base.support.upper)
    let isWhole = base is any WholeNumberDistribution
    if !(low <= high && (!isWhole || low.rounded(.up) <= high)) {
      throw empty(base, lower ?? low, upper ?? high)
    }
    return Support(lower: low, upper: high)
  }

  private static func empty(_ base: any DiscreteDistribution, _ low: Double, _ high: Double)
    -> DistributionError
  {
    DistributionError(
      found: "limits \(low) and \(high), between which \(type(of: base).family.name) has no value",
      expected: "limits with a probability of at least \(Truncated.leastProbability)",
      advice: "Check the limits against the distribution; a value at a limit is kept.")
  }

  private static func list(_ base: any DiscreteDistribution, _ limits: Support)
    throws(DistributionError) -> ([Double], [Double])
  {
    if case .listed(let table) = base.discreteForm {
      let kept = table.values.indices.filter {
        table.values[$0] >= limits.lower && table.values[$0] <= limits.upper
      }
      return (kept.map { table.values[$0] }, kept.map { table.masses[$0] })
    }
    // From below and above only what has a tail that a double can tell from 0.
    let least = 1e-300
    let first = max(
      limits.lower.rounded(.up), base.quantile(TailProbability(least, side: .lower)))
    let last = min(
      limits.upper.rounded(.down), base.quantile(TailProbability(least, side: .upper)))
    if !(first <= last) { throw empty(base, limits.lower, limits.upper) }
    let count = last - first + 1
    if !(count <= 2 * WholeNumbers.mostPoints) {
      throw DistributionError(
        found: "\(count) whole numbers between the limits",
        expected: "at most \(2 * WholeNumbers.mostPoints) for a discrete distribution with limits",
        advice: "Use a continuous distribution of the same mean and sd, or leave the limits out.")
    }
    let values = (0..<Int(count)).map { first + Double($0) }
    return (values, values.map { base.density($0) })
  }

  public static let family = Family(
    name: "truncated",
    summary: "any discrete distribution between limits",
    supportText: "lower ≤ x ≤ upper",
    parametrisations: [],
    source: "Johnson, Kemp and Kotz (2005), section 1.2")

  public var parameters: [NamedValue] {
    let name = type(of: base).family.name
    return base.parameters.map { NamedValue("\(name) \($0.name)", $0.value) }
      + [NamedValue("lower", limits.lower), NamedValue("upper", limits.upper)]
  }
  public var support: Support { table.support }
  public var mean: Double { table.mean }
  public var variance: Double { table.variance }
  public var mode: Double? { table.mode }
  public func density(_ x: Double) -> Double { table.mass(x) }
  public func cumulative(_ x: Double) -> Double { table.cumulative(x) }
  public func survival(_ x: Double) -> Double { table.survival(x) }
  public func quantile(_ tail: TailProbability) -> Double { table.quantile(tail) }
  public var discreteForm: DiscreteForm { .listed(table) }
}

extension Distribution {
  /// The law of X between limits: for discrete distributions limits included, by true truncation.
  ///
  /// - Throws: `DistributionError` for limits out of order or with no probability between them.
  public func truncated(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> any Distribution
  {
    if let discrete = self as? any DiscreteDistribution {
      return try discrete.restricted(from: lower, to: upper)
    }
    return try restriction(from: lower, to: upper).law
  }
}
