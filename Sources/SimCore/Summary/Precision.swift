// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a figure of a run may be from that of infinitely many iterations: half the width of a 95 %
/// interval of Monte Carlo error, and the iterations at which it would be as small as wanted.
///
/// ```
/// mean          h = q MCSE              q = 1.96; Student's t where errors come from replicates
/// percentile    h = (upper − lower)/2   of its interval
/// P(> 0)        h = 1.96 √(p (1 − p)/n + 1.96²/(4n²)) / (1 + 1.96²/n)     independent iterations
///               h = max(q MCSE, 1.96²/(2 (n + 1.96²)))                      other methods
/// needed        N = ⌈n (h / wanted)²⌉
/// ```
/// The score interval of P(> 0) is not 0 where all iterations fall on one side. N takes errors to fall with
/// √n: exact for independent iterations up to the error of h itself, too many for Sobol' points.
///
/// Source: Wilson (1927), doi:10.1080/01621459.1927.10502953 (score interval).
public struct Precision: Sendable, Hashable {
  public let iterations: Int
  /// `nil` where the run can't tell: one iteration, or a percentile too far out.
  public let halfWidth: Double?

  static let normalQuantile = 1.959963984540054

  public static func ofMean(
    standardError: Double?, iterations: Int, method: SamplingMethod
  ) -> Precision {
    ofMean(standardError: standardError, iterations: iterations, quantile: method.errorQuantile)
  }

  /// - Parameter quantile: `RunSettings.errorQuantile`.
  public static func ofMean(standardError: Double?, iterations: Int, quantile: Double)
    -> Precision
  {
    Precision(iterations: iterations, halfWidth: standardError.map { $0 * quantile })
  }

  public static func ofPercentile(_ percentile: OutputSummary.Percentile?, iterations: Int)
    -> Precision
  {
    guard let lower = percentile?.lower, let upper = percentile?.upper else {
      return Precision(iterations: iterations, halfWidth: nil)
    }
    return Precision(iterations: iterations, halfWidth: upper / 2 - lower / 2)
  }

  /// - Parameters:
  ///   - share: in 0 … 1.
  ///   - quantile: `RunSettings.errorQuantile`; the method's with 16 replicates when left out.
  public static func ofShare(
    _ share: Double, standardError: Double?, iterations: Int, method: SamplingMethod,
    quantile: Double? = nil
  ) -> Precision {
    let n = Double(iterations)
    let z = normalQuantile
    guard let standardError else { return Precision(iterations: iterations, halfWidth: nil) }
    if method == .random {
      let spread = share * (1 - share) / n + z * z / (4 * n * n)
      return Precision(
        iterations: iterations, halfWidth: z * spread.squareRoot() / (1 + z * z / n))
    }
    return Precision(
      iterations: iterations,
      halfWidth: max(standardError * (quantile ?? method.errorQuantile), z * z / (2 * (n + z * z))))
  }

  /// Iterations at which the half-width would be `wanted`; `nil` without a half-width, where it is 0, and
  /// beyond 10¹⁵.
  public func iterationsNeeded(for wanted: Double) -> Int? {
    guard let halfWidth, halfWidth > 0, wanted > 0 else { return nil }
    let ratio = halfWidth / wanted
    let needed = (Double(iterations) * ratio * ratio).rounded(.up)
    return needed <= 1e15 ? max(1, Int(needed)) : nil
  }
}

extension SamplingMethod {
  /// Standard errors in half a 95 % interval of a mean: the normal's, or Student's t with 15 degrees of
  /// freedom where 16 replicates tell the error.
  public var errorQuantile: Double {
    switch self {
    case .random, .antithetic: Precision.normalQuantile
    case .latinHypercube, .sobol: Replication.studentQuantile
    }
  }

  /// The most iterations not above `count` that the method can do; the fewest it can do if there are none.
  public func iterations(atMost count: Int) -> Int {
    switch self {
    case .random, .latinHypercube: return max(count, 1)
    case .antithetic: return max(count & ~1, 2)
    case .sobol:
      var size = Replication.standardCount
      while size <= count / 2 { size *= 2 }
      return size
    }
  }
}
