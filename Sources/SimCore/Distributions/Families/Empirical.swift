// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of a sample, each as likely as any other: resampling.
///
/// ```
/// P(X <= x) = (number of values <= x) / n
/// mean = Σ xᵢ / n,   variance = Σ (xᵢ − mean)² / n
/// quantile of p = the ⌈n p⌉-th smallest value
/// ```
/// Values that occur more than once count as often. The density is infinite at the values and 0 elsewhere.
///
/// Complexity: a draw is one look-up; tails are found by bisection.
///
/// Source: Efron (1979), doi:10.1214/aos/1176344552.
public struct Empirical: Distribution {
  /// Ascending.
  public let values: [Double]
  public let mean: Double
  public let variance: Double

  /// - Throws: `DistributionError` without values, or with one that is not finite.
  public init(values: [Double]) throws(DistributionError) {
    try Check.sample(values, atLeast: 1)
    self.init(sorted: values.sorted())
  }

  private init(sorted: [Double]) {
    values = sorted
    (mean, variance) = SampleMoments.of(sorted)
  }

  public static let family = Family(
    name: "empirical",
    summary: "observed values, drawn again with replacement",
    supportText: "the values",
    parametrisations: [],
    source: "Efron (1979), doi:10.1214/aos/1176344552")

  public var parameters: [NamedValue] {
    [
      NamedValue("n", Double(values.count)), NamedValue("min", values[0]),
      NamedValue("max", values[values.count - 1]),
    ]
  }
  public var identity: [NamedValue] { values.map { NamedValue("value", $0) } }
  public var support: Support {
    Support(
      lower: values[0], upper: values[values.count - 1], attainsLower: true, attainsUpper: true)
  }

  /// The value that occurs most often.
  public var mode: Double? {
    let atoms = atoms
    guard let top = atoms.max(by: { $0.probability < $1.probability }) else { return nil }
    return atoms.count { $0.probability == top.probability } == 1 ? top.value : nil
  }

  public var atoms: [Atom] {
    var atoms: [Atom] = []
    var start = 0
    for i in values.indices where i + 1 == values.count || values[i + 1] != values[i] {
      atoms.append(
        Atom(value: values[i], probability: Double(i + 1 - start) / Double(values.count)))
      start = i + 1
    }
    return atoms
  }

  /// Number of values that are at most `x`.
  private func count(upTo x: Double) -> Int { SortedSearch.count(in: values) { $0 <= x } }

  public func density(_ x: Double) -> Double {
    let reached = count(upTo: x)
    return reached > 0 && values[reached - 1] == x ? .infinity : 0
  }
  public func cumulative(_ x: Double) -> Double { Double(count(upTo: x)) / Double(values.count) }
  public func survival(_ x: Double) -> Double {
    Double(values.count - count(upTo: x)) / Double(values.count)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    Self.value(values, p: tail.probability, isUpper: tail.side == .upper)
  }

  /// The value for a tail probability: the first that has at least p up to it, or at most p above it.
  @inline(__always)
  static func value(_ sorted: [Double], p: Double, isUpper: Bool) -> Double {
    let n = Double(sorted.count)
    let product = n * p
    var rank = isUpper ? sorted.count - 1 - Int(product) : Int(product.rounded(.up)) - 1
    // A product that was rounded to a whole number counts on the side that it came from.
    if product == product.rounded(.down) {
      let rest = (-product).addingProduct(n, p)
      if isUpper ? rest < 0 : rest > 0 { rank += 1 }
    }
    return sorted[min(max(rank, 0), sorted.count - 1)]
  }

  /// Resampling of the values within the limits, limits included.
  public func restriction(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> Restriction
  {
    try Check.limits(lower, upper)
    let kept = values.filter { $0 >= lower ?? $0 && $0 <= upper ?? $0 }
    if kept.isEmpty { throw Check.nothingLeft("values", lower, upper) }
    return Restriction(
      law: Empirical(sorted: kept), probability: Double(kept.count) / Double(values.count))
  }

  public var sampling: SamplingForm { .resampled(values) }
}
