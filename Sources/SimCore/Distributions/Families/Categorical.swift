// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Listed values with weights.
///
/// ```
/// P(X = xᵢ) = wᵢ / Σ w;   mean = Σ wᵢ xᵢ / Σ w
/// ```
/// Values are kept in ascending order; equal ones are joined, and those of weight 0 left out.
public struct Categorical: DiscreteDistribution {
  public let table: ValueTable

  /// The most values.
  public static let mostValues = 1_000_000

  /// - Throws: `DistributionError` unless there are as many finite values as weights, at most
  ///   `mostValues`, and the weights are finite, at or above 0, and not all 0.
  public init(values: [Double], weights: [Double]) throws(DistributionError) {
    if values.count != weights.count {
      throw DistributionError(
        found: "\(values.count) values and \(weights.count) weights",
        expected: "one weight for each value")
    }
    if values.isEmpty || values.count > Self.mostValues {
      throw DistributionError(
        found: "\(values.count) values", expected: "from 1 to \(Self.mostValues) values")
    }
    for value in values { try Check.finite(value, "value") }
    for weight in weights {
      if !(weight >= 0 && weight < .infinity) {
        throw DistributionError(
          found: "weight = \(weight)", expected: "a finite number at or above 0")
      }
    }
    guard let largest = weights.max(), largest > 0 else {
      throw DistributionError(
        found: "weights that are all 0", expected: "at least one weight above 0")
    }
    var joined: [(value: Double, weight: Double)] = []
    let order = values.indices.sorted { values[$0] < values[$1] }
    // Shares of the largest weight, so that no sum overflows.
    for i in order where weights[i] > 0 {
      if let last = joined.last, last.value == values[i] {
        joined[joined.count - 1].weight += weights[i] / largest
      } else {
        joined.append((values[i], weights[i] / largest))
      }
    }
    // −0 and 0 are one value.
    table = ValueTable(values: joined.map { $0.value + 0 }, weights: joined.map(\.weight))
    try Check.finite(variance, "variance of the values")
  }

  public static let family = Family(
    name: "categorical",
    summary: "listed values with weights",
    supportText: "the values listed",
    parametrisations: [],
    source: "Johnson, Kemp and Kotz (2005), section 1.2")

  /// Value and probability in turn, for each value.
  public var parameters: [NamedValue] { table.parameters }
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
