// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// A sample smoothed by a normal kernel: a value of the sample plus a normal deviation.
///
/// ```
/// f(x) = Σ φ((x − xᵢ)/h) / (n h),   h the bandwidth
/// mean = sample mean,   variance = Σ (xᵢ − mean)² / n + h²
/// h    = 0.9 min(s, IQR/1.34) n^(−1/5) when none is stated (Silverman's rule; s with divisor n − 1,
///        IQR from type-7 quantiles; s alone when the IQR is 0)
/// ```
/// The kernel reaches below 0 also when no value does: restrict the law for quantities that can't be
/// negative.
///
/// Complexity: a draw costs a normal and a look-up. Tails sum over the values within 39 bandwidths, so that
/// correlated or restricted draws of large samples are slow.
///
/// Reproducibility: a draw takes its value from draw number 1 of the parameter's address and its deviation
/// from draw number 0; correlated draws use draw number 0 alone and the quantile function.
///
/// Source: Silverman (1986), Density Estimation for Statistics and Data Analysis, equation 3.31 and
/// section 6.4.1.
public struct SmoothedEmpirical: Distribution {
  /// Ascending.
  public let values: [Double]
  public let bandwidth: Double
  public let mean: Double
  public let variance: Double

  /// - Parameter bandwidth: the sd of the kernel; `nil` for Silverman's rule.
  /// - Throws: `DistributionError` without values, with one that is not finite, for a bandwidth that is not
  ///   above 0, and without a bandwidth unless there are two different values.
  public init(values: [Double], bandwidth: Double? = nil) throws(DistributionError) {
    try Check.sample(values, atLeast: 1)
    let sorted = values.sorted()
    let (mean, variance) = SampleMoments.of(sorted)
    if let bandwidth {
      try Check.positive(bandwidth, "bandwidth")
      self.bandwidth = bandwidth
    } else {
      guard variance > 0 else {
        throw DistributionError(
          found: "values that are all \(sorted[0])",
          expected: "at least two different values, or a stated bandwidth",
          advice: "State the bandwidth, or write a single number.")
      }
      self.bandwidth = Self.silverman(sorted, variance)
    }
    self.values = sorted
    self.mean = mean
    self.variance = variance + self.bandwidth * self.bandwidth
    try Check.finite(self.variance, "variance")
  }

  private static func silverman(_ sorted: [Double], _ variance: Double) -> Double {
    let n = Double(sorted.count)
    let sd = (variance * (n / (n - 1))).squareRoot()
    func quantile(_ p: Double) -> Double {
      let position = (n - 1) * p
      let k = min(Int(position), sorted.count - 2)
      return sorted[k] + (position - Double(k)) * (sorted[k + 1] - sorted[k])
    }
    let spread = (quantile(0.75) - quantile(0.25)) / 1.34
    return 0.9 * (spread > 0 ? min(sd, spread) : sd) * Double.pow(n, -0.2)
  }

  public static let family = Family(
    name: "smoothed-empirical",
    summary: "observed values with a normal kernel around each",
    supportText: "any number",
    parametrisations: [],
    source: "Silverman (1986), equation 3.31 and section 6.4.1")

  public var parameters: [NamedValue] {
    [
      NamedValue("n", Double(values.count)), NamedValue("min", values[0]),
      NamedValue("max", values[values.count - 1]), NamedValue("bandwidth", bandwidth),
    ]
  }
  public var identity: [NamedValue] {
    [NamedValue("bandwidth", bandwidth)] + values.map { NamedValue("value", $0) }
  }
  public var support: Support { .real }

  /// The highest point of a grid of 400 points and all values, refined; `nil` when another is as high.
  public var mode: Double? {
    let (low, high) = (values[0], values[values.count - 1])
    if low == high { return low }
    let grid = (0...400).map { low + (high - low) * (Double($0) / 400) }
    let points = Set(grid + (values.count <= 2000 ? values : [])).sorted()
    let heights = points.map(density)
    guard let best = points.indices.max(by: { heights[$0] < heights[$1] }) else { return nil }
    let (before, after) = (max(best - 1, 0), min(best + 1, points.count - 1))
    let found = GoldenSection.maximum(from: points[before], to: points[after], density)
    let top = max(density(found), heights[best])
    let isShared = points.indices.contains {
      ($0 < before || $0 > after) && heights[$0] >= top * (1 - 1e-9)
    }
    return isShared ? nil : density(found) > heights[best] ? found : points[best]
  }

  /// Beyond this many bandwidths a normal tail is below the least double.
  private static let reach = 39.0

  /// The values near enough to count, and the number of values below them.
  private func near(_ x: Double) -> Range<Int> {
    let distance = Self.reach * bandwidth
    return SortedSearch.count(in: values) {
      $0 < x - distance
    }..<SortedSearch.count(in: values) { $0 <= x + distance }
  }

  public func density(_ x: Double) -> Double {
    let sum = near(x).reduce(0) { $0 + (GSL.normalDensity((x - values[$1]) / bandwidth) ?? 0) }
    return sum / bandwidth / Double(values.count)
  }
  public func cumulative(_ x: Double) -> Double {
    let near = near(x)
    let sum = near.reduce(Double(near.lowerBound)) {
      $0 + Normal.tail((x - values[$1]) / bandwidth, upper: false)
    }
    return min(sum / Double(values.count), 1)
  }
  public func survival(_ x: Double) -> Double {
    let near = near(x)
    let sum = near.reduce(Double(values.count - near.upperBound)) {
      $0 + Normal.tail((x - values[$1]) / bandwidth, upper: true)
    }
    return min(sum / Double(values.count), 1)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    // The kernel of the least value is below all others, that of the largest above.
    let z = Normal.standard.quantile(tail)
    let low = values[0] + bandwidth * z
    let high = values[values.count - 1] + bandwidth * z
    if !(low < high) { return low }
    return BracketedQuantile.solve(
      self, tail, low: low - 4 * low.ulp, high: high + 4 * high.ulp)
  }

  public var sampling: SamplingForm { .smoothed(self) }
}
