// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// When a run has enough iterations: at the first size at which all conditions hold, and at `maximum` at the
/// latest.
///
/// ```
/// sizes: minimum, 2 minimum, 4 minimum, …, maximum
/// ```
/// With `latin-hypercube` and `sobol` the points m of a randomisation stay and the randomisations double:
///
/// ```
/// sizes: 16 m, 32 m, 64 m, …, as many sets of 16 m as the maximum holds
/// m: minimum / 16, the next number that is a multiple of 64, for sobol a power of two
/// ```
/// A minimum is rounded up to what the method can do, even where that passes the maximum.
///
/// so that each check has the iterations of the one before and as many new ones.
public struct StopRule: Sendable, Hashable {
  public var conditions: [StopCondition]
  public var minimum = Self.defaultMinimum
  public var maximum = Self.defaultMaximum

  public static let defaultMinimum = 16_384
  public static let defaultMaximum = 10_000_000
  /// Below that errors are too uncertain themselves.
  public static let leastMinimum = 1024
  public static let mostConditions = 100

  public init(conditions: [StopCondition]) { self.conditions = conditions }

  /// The sizes at which conditions are checked, ascending: numbers that the method can do from `minimum` on,
  /// none above `maximum` but the first.
  public func sizes(_ method: SamplingMethod) -> [Int] {
    if let points = points(method) {
      let set = points * StopRule.randomisations
      var sizes = [set]
      while let size = sizes.last, 2 * size <= maximum { sizes.append(2 * size) }
      let last = maximum / set * set
      return last > sizes[sizes.count - 1] ? sizes + [last] : sizes
    }
    let last = max(method.iterations(atMost: maximum), method.iterations(atLeast: minimum))
    var sizes: [Int] = []
    var size = minimum
    while size < last {
      let possible = method.iterations(atLeast: size)
      if possible < last, possible > sizes.last ?? 0 { sizes.append(possible) }
      size *= 2
    }
    return sizes + [last]
  }

  /// Randomisations of the smallest size.
  static let randomisations = 16

  /// Points of each randomisation; `nil` for methods without.
  public func points(_ method: SamplingMethod) -> Int? {
    let block = Plan.blockLength
    switch method {
    case .random, .antithetic: return nil
    case .latinHypercube:
      return (minimum + block - 1) / block * block / Self.randomisations
    case .sobol: return method.iterations(atLeast: minimum) / Self.randomisations
    }
  }
}

/// One thing that has to be known well enough.
public struct StopCondition: Sendable, Hashable {
  public enum Figure: Sendable, Hashable {
    case mean(output: String)
    /// In percent.
    case percentile(Double, output: String)
    /// P(output > 0).
    case positive(output: String)
    /// The probability of each strategy to be the best at a willingness to pay.
    case acceptability(willingnessToPay: Double)
  }

  /// What must not be above the limit.
  public enum Measure: String, Sendable, Hashable {
    /// Half the 95 % interval of Monte Carlo error.
    case within
    /// The Monte Carlo standard error.
    case mcse
  }

  /// What the limit is a multiple of.
  public enum Scale: Sendable, Hashable {
    case absolute, standardDeviation, mean
  }

  public let figure: Figure
  public let measure: Measure
  public let limit: Double
  public let scale: Scale
  /// As written.
  public let text: String

  /// The output that it is about; `nil` for acceptability.
  public var output: String? {
    switch figure {
    case .mean(let output), .percentile(_, let output), .positive(let output): output
    case .acceptability: nil
    }
  }
}
