// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One number that is known about a distribution.
public enum StatedNumber: Sendable, Hashable {
  case mean(Double)
  case standardDeviation(Double)
  /// The value that is reached with this cumulative probability.
  case quantile(probability: Double, value: Double)

  public var value: Double {
    switch self {
    case .mean(let value), .standardDeviation(let value), .quantile(_, let value): value
    }
  }

  /// `mean`, `sd` or `p97.5`.
  public var name: String {
    switch self {
    case .mean: "mean"
    case .standardDeviation: "sd"
    case .quantile(let probability, _): "p" + Self.percent(probability)
    }
  }

  /// What a distribution has in place of it.
  public func implied(by distribution: any Distribution) -> Double {
    switch self {
    case .mean: distribution.mean
    case .standardDeviation: distribution.standardDeviation
    case .quantile(let probability, _): distribution.quantile(cumulative: probability)
    }
  }

  /// 0.975 as `97.5`: a hundredfold without the noise of the product.
  private static func percent(_ probability: Double) -> String {
    let rounded = (probability * 1e12).rounded() / 1e10
    let digits = rounded.description
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }
}

/// A member of a family that was found from stated numbers.
public struct FittedMember: Sendable {
  public let distribution: any Distribution
  /// Root of the mean squared difference between F(x) and the stated probability; `nil` where every
  /// stated number is met.
  public let residual: Double?

  public init(_ distribution: any Distribution, residual: Double? = nil) {
    self.distribution = distribution
    self.residual = residual
  }
}
