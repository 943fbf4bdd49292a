// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// EVPPI by two-level Monte Carlo: the model drawn again and again around fixed values of the parameters of
/// interest. Needs no regression and so checks one.
///
/// ```
/// full  = mean_k max_d NMB_d(k) − max_d NMB_d          NMB_d(k): mean of the inner draws of outer draw k
/// half  = the same with the mean of max_d over each half of the inner draws
/// bias  = half − full            EVPPI = full − bias = 2 full − half
/// ```
/// The maximum of noisy means is too high by about c/m with m inner draws, by twice that with half
/// of them: the difference of both estimates the bias, and taking it off leaves an error that falls faster
/// than 1/m. Its own estimate is `bias`; it should be small beside the value, or m be raised.
///
/// ```swift
/// var check = TwoLevelEVPPI(strategies: 2, willingnessToPay: [20_000])
/// for k in 0..<outer { check.add(firstHalf, secondHalf) }
/// let estimates = check.estimates()
/// ```
/// Complexity: O(strategies · thresholds) an outer draw; memory does not grow with them.
/// Source: Brennan, Kharroubi, O'Hagan and Chilcott (2007), doi:10.1177/0272989X07302555; the halves:
/// Giles and Goda (2019), doi:10.1007/s11222-018-9835-1.
public struct TwoLevelEVPPI: Sendable {
  /// Sums over some inner draws, one element per strategy.
  public struct InnerSums: Sendable {
    public var count: Int
    public var costs: [Double]
    public var effects: [Double]

    /// Nothing added yet.
    public init(strategies: Int) {
      count = 0
      costs = [Double](repeating: 0, count: strategies)
      effects = costs
    }

    /// Adds one inner draw.
    public mutating func add(costs: [Double], effects: [Double]) {
      count += 1
      for d in self.costs.indices {
        self.costs[d] += costs[d]
        self.effects[d] += effects[d]
      }
    }
  }

  public struct Estimate: Sendable, Hashable {
    public let willingnessToPay: Double
    /// Corrected by the halves; not below 0.
    public let evppi: Double
    public let mcse: Double
    /// What the halves say that too few inner draws add to the plain estimate.
    public let bias: Double
    public let outerDraws: Int
  }

  public let willingnessToPay: [Double]
  private let strategies: Int
  private var outer = 0
  private var thresholds: [Threshold]

  /// Sums for one threshold: of maxima, of halves' maxima, of NMB, and of products for the error.
  struct Threshold: Sendable {
    var full = 0.0
    var half = 0.0
    var nmb: [Double]
    var corrected = 0.0
    var correctedSquares = 0.0
    /// Σ corrected · nmb_d and Σ nmb_d², all less the first outer draw's.
    var products: [Double]
    var squares: [Double]
    var origin: [Double] = []
  }

  /// - Precondition: at least one strategy, finite willingness to pay.
  public init(strategies: Int, willingnessToPay: [Double]) {
    precondition(strategies > 0 && willingnessToPay.allSatisfy(\.isFinite))
    self.strategies = strategies
    self.willingnessToPay = willingnessToPay
    let zeros = [Double](repeating: 0, count: strategies)
    thresholds = willingnessToPay.map { _ in
      Threshold(nmb: zeros, products: zeros, squares: zeros)
    }
  }

  /// Adds one outer draw: the two halves of its inner draws.
  ///
  /// - Precondition: equally many inner draws in both, at least one.
  public mutating func add(_ first: InnerSums, _ second: InnerSums) {
    precondition(first.count == second.count && first.count > 0)
    precondition(first.costs.count == strategies && second.costs.count == strategies)
    outer += 1
    let scale = 1 / Double(first.count)
    for (index, threshold) in willingnessToPay.enumerated() {
      func nmb(_ sums: InnerSums, _ d: Int) -> Double {
        scale * (threshold * sums.effects[d] - sums.costs[d])
      }
      let a = (0..<strategies).map { nmb(first, $0) }
      let b = (0..<strategies).map { nmb(second, $0) }
      let both = (0..<strategies).map { (a[$0] + b[$0]) / 2 }
      thresholds[index].add(
        full: both.max() ?? 0, half: ((a.max() ?? 0) + (b.max() ?? 0)) / 2, nmb: both)
    }
  }

  /// One estimate for each willingness to pay.
  ///
  /// - Precondition: at least two outer draws.
  public func estimates() -> [Estimate] {
    precondition(outer >= 2)
    return zip(willingnessToPay, thresholds).map { $1.estimate($0, Double(outer)) }
  }

  /// Draws `outer` times and returns the estimates.
  ///
  /// - Parameters:
  ///   - inner: inner draws in each half.
  ///   - draw: sums of the inner draws with numbers in a range, for the outer draw with a number;
  ///     inner draws of different numbers are independent given the outer draw.
  public static func estimates(
    strategies: Int, willingnessToPay: [Double], outer: Int, inner: Int,
    draw: (_ outer: Int, _ inner: Range<Int>) throws -> InnerSums
  ) rethrows -> [Estimate] {
    var sums = TwoLevelEVPPI(strategies: strategies, willingnessToPay: willingnessToPay)
    for k in 0..<outer { sums.add(try draw(k, 0..<inner), try draw(k, inner..<2 * inner)) }
    return sums.estimates()
  }
}

extension TwoLevelEVPPI.Threshold {
  mutating func add(full: Double, half: Double, nmb: [Double]) {
    // About the first outer draw, so that large means cost no digits.
    if origin.isEmpty { origin = [full] + nmb }
    let value = 2 * full - half - origin[0]
    self.full += full - origin[0]
    self.half += half - origin[0]
    corrected += value
    correctedSquares += value * value
    for d in nmb.indices {
      let centred = nmb[d] - origin[d + 1]
      self.nmb[d] += centred
      products[d] += value * centred
      squares[d] += centred * centred
    }
  }

  func estimate(_ willingnessToPay: Double, _ n: Double) -> TwoLevelEVPPI.Estimate {
    let means = nmb.indices.map { nmb[$0] / n + origin[$0 + 1] }
    let best = means.indices.max { means[$0] < means[$1] } ?? 0
    let bias = (half - full) / n
    let value = corrected / n + origin[0] - means[best]
    // Variance of corrected − NMB of the best strategy, over outer draws.
    let mean = (corrected - nmb[best]) / n
    let sumOfSquares = correctedSquares - 2 * products[best] + squares[best]
    let variance = max(0, sumOfSquares - n * mean * mean) / (n - 1)
    return TwoLevelEVPPI.Estimate(
      willingnessToPay: willingnessToPay, evppi: max(0, value),
      mcse: (variance / n).squareRoot(), bias: bias, outerDraws: Int(n))
  }
}
