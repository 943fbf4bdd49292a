// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

extension Metalog {
  /// The metalog that comes nearest to stated quantiles.
  ///
  /// ```
  /// minimises Σ (M(pᵢ) − zᵢ)²,   z = x, log(x − lower), −log(upper − x) or log((x − lower)/(upper − x))
  /// ```
  /// With as many terms as quantiles all are met exactly.
  ///
  /// - Parameters:
  ///   - probabilities: cumulative, different, inside (0, 1); in any order.
  ///   - values: one for each probability, inside the limits, not falling with the probability.
  ///   - terms: 3 to 10, at most as many as there are quantiles; `nil` for as many as there are, up to 10.
  /// - Throws: `DistributionError` for quantiles that break the rules, and for those that no metalog of so
  ///   many terms comes near to; the advice then has the nearest values that can be met, and the largest
  ///   number of terms with which these can.
  ///
  /// Source: Keelin (2016), equations 7 and 8; the nearest feasible values by quadratic programming.
  public init(
    probabilities: [Double], values: [Double], terms: Int? = nil, lower: Double? = nil,
    upper: Double? = nil
  ) throws(DistributionError) {
    try Check.limits(lower, upper)
    let pairs = try Self.checked(probabilities, values, lower, upper)
    let count = terms ?? min(pairs.count, MetalogSeries.terms.upperBound)
    guard MetalogSeries.terms.contains(count), count <= pairs.count else {
      throw DistributionError(
        found: "\(count) terms for \(pairs.count) quantiles",
        expected: "3 to 10 terms and at least as many quantiles",
        advice: pairs.count < 3
          ? "With two quantiles, fit a family of two parameters." : "")
    }
    let problem = MetalogFit(pairs.map(\.p), pairs.map { Self.position($0.x, lower, upper) })
    guard let series = problem.leastSquares(terms: count) else {
      throw DistributionError(
        found: "quantiles too close to each other for \(count) terms",
        expected: "probabilities further apart, or fewer terms")
    }
    if let fault = MetalogFeasibility.fault(series) {
      throw Self.infeasible(fault, problem, pairs, terms: count, lower, upper)
    }
    try self.init(coefficients: series.coefficients, lower: lower, upper: upper)
  }

  private static func checked(
    _ probabilities: [Double], _ values: [Double], _ lower: Double?, _ upper: Double?
  ) throws(DistributionError) -> [(p: Double, x: Double)] {
    guard probabilities.count == values.count else {
      throw DistributionError(
        found: "\(probabilities.count) probabilities and \(values.count) values",
        expected: "one value for each probability")
    }
    for (p, x) in zip(probabilities, values) {
      if !(p > 0 && p < 1) {
        throw DistributionError(
          found: "the quantile of probability \(p)", expected: "probabilities between 0 and 1",
          advice: "Give the smallest and largest possible value as limits.")
      }
      if !(x.isFinite && x > lower ?? -.infinity && x < upper ?? .infinity) {
        throw DistributionError(
          found: "value \(x) at probability \(p)", expected: "finite values inside the limits")
      }
    }
    let pairs = zip(probabilities, values).map { (p: $0, x: $1) }.sorted { $0.p < $1.p }
    for (last, next) in zip(pairs, pairs.dropFirst()) {
      if !(next.p > last.p && next.x >= last.x) {
        throw DistributionError(
          found: "value \(next.x) at probability \(next.p) after \(last.x) at \(last.p)",
          expected: "different probabilities, and values that don't fall")
      }
    }
    if let first = pairs.first, let last = pairs.last, !(last.x > first.x) {
      throw DistributionError(
        found: "quantiles that are all \(first.x)", expected: "different values")
    }
    return pairs
  }

  private static func infeasible(
    _ fault: PlainText, _ problem: MetalogFit, _ pairs: [(p: Double, x: Double)], terms: Int,
    _ lower: Double?, _ upper: Double?
  ) -> DistributionError {
    var advice: [String] = []
    if let nearest = problem.nearestFeasible(terms: terms) {
      let list = pairs.map { pair in
        let x = value(nearest.value(at: TailProbability(cumulative: pair.p)), lower, upper)
        return PlainText("\(rounded(x, near: pairs)) at \(pair.p)").text
      }
      advice.append("The nearest values that can be met: \(list.joined(separator: ", ")).")
    }
    let fewer = stride(from: terms - 1, through: 3, by: -1).first { count in
      problem.leastSquares(terms: count).map { MetalogFeasibility.fault($0) == nil } ?? false
    }
    if let fewer { advice.append("With \(fewer) terms the stated values can be approached.") }
    return DistributionError(
      found: "quantiles for which a metalog of \(terms) terms would fall \(fault.text)",
      expected: "quantiles that a metalog can have",
      advice: "\(advice.joined(separator: " "))")
  }

  /// Rounded to a ten-thousandth of the range, as a person would write it.
  private static func rounded(_ x: Double, near pairs: [(p: Double, x: Double)]) -> Double {
    let range = pairs[pairs.count - 1].x - pairs[0].x
    let places = Int((4 - Double.log10(range)).rounded(.up))
    // Powers of ten up to 22 are exact.
    guard abs(places) <= 22 else { return x }
    let power = (0..<abs(places)).reduce(1.0) { product, _ in product * 10 }
    return places >= 0 ? (x * power).rounded() / power : (x / power).rounded() * power
  }
}
