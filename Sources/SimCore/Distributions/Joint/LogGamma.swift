// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The logarithm of a gamma variate with scale 1: what components of a Dirichlet are formed from.
///
/// ```
/// f(x) = exp(a x − e^x) / Γ(a),   mean ψ(a),   variance ψ′(a)
/// ```
/// Not a family of scenario files. Numerics: below e^−600 the distribution function is the leading term of
/// its series, e^(a x) / Γ(a + 1).
///
/// Source: Johnson, Kotz and Balakrishnan (1995), section 22.2.
public struct LogGamma: Distribution, Hashable {
  public let shape: Double
  private let gamma: Gamma

  /// - Throws: `DistributionError` for a shape that a gamma can't have.
  public init(shape: Double) throws(DistributionError) {
    gamma = try Gamma(shape: shape, scale: 1)
    self.shape = shape
  }

  public static let family = Family(
    name: "log-gamma",
    summary: "the logarithm of a gamma",
    supportText: "any number",
    parametrisations: [],
    source: "Johnson, Kotz and Balakrishnan (1995), section 22.2")

  public var parameters: [NamedValue] { [NamedValue("shape", shape)] }
  public var support: Support { .real }
  public var mean: Double { Polygamma.digamma(shape) }
  public var variance: Double { Polygamma.trigamma(shape) }
  public var mode: Double? { Double.log(shape) }

  /// Where a gamma value is tiny, the first term of its series is all of it.
  private static let tiny = -600.0

  public func density(_ x: Double) -> Double {
    x.isFinite ? Double.exp(shape * x - Double.exp(x) - Double.logGamma(shape)) : 0
  }
  public func cumulative(_ x: Double) -> Double {
    if x < Self.tiny { return Double.exp(shape * x - Double.logGamma(shape + 1)) }
    return x > 700 ? 1 : gamma.cumulative(Double.exp(x))
  }
  public func survival(_ x: Double) -> Double {
    if x < Self.tiny { return 1 - cumulative(x) }
    return x > 700 ? 0 : gamma.survival(Double.exp(x))
  }
  public func quantile(_ tail: TailProbability) -> Double {
    if tail.side == .lower {
      let power = (Double.log(tail.probability) + Double.logGamma(shape + 1)) / shape
      if power < Self.tiny { return power }
    }
    return Double.log(gamma.quantile(tail))
  }

  public var sampling: SamplingForm { .logGamma(shape: shape) }
}

/// Derivatives of log Γ, for arguments above 0: upwards by recurrence, then the asymptotic series.
///
/// Numerics: to 1e-14, relative where the value is not near 0.
/// Source: Abramowitz and Stegun (1964), 6.3.5, 6.3.18, 6.4.6, 6.4.12.
enum Polygamma {
  static func digamma(_ x: Double) -> Double {
    var (x, sum) = (x, 0.0)
    while x < 20 {
      sum -= 1 / x
      x += 1
    }
    let r = 1 / (x * x)
    let series = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))))
    return sum + (Double.log(x) - 0.5 / x - series)
  }

  static func trigamma(_ x: Double) -> Double {
    var (x, sum) = (x, 0.0)
    while x < 20 {
      sum += 1 / (x * x)
      x += 1
    }
    let r = 1 / (x * x)
    let series = r * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * 5.0 / 66))))
    return sum + (1 + 0.5 / x + series) / x
  }
}
