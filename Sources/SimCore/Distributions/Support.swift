// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The interval a distribution lives on; ends may be infinite. Finite ends belong to it for discrete
/// distributions only.
public struct Support: Sendable, Hashable {
  public let lower: Double
  public let upper: Double

  /// - Precondition: `lower <= upper`; equal for a constant.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper, "support \(lower) … \(upper)")
    self.lower = lower
    self.upper = upper
  }

  public static let real = Support(lower: -.infinity, upper: .infinity)
  public static let positive = Support(lower: 0, upper: .infinity)
  public static let unit = Support(lower: 0, upper: 1)

  /// The smallest double strictly inside: draws never return a bound, so that `log(x)` stays finite.
  public var innermostLower: Double {
    lower == -.infinity ? -.greatestFiniteMagnitude : lower.nextUp
  }
  /// The largest double strictly inside.
  public var innermostUpper: Double {
    upper == .infinity ? .greatestFiniteMagnitude : upper.nextDown
  }

  /// `x` moved to the nearest double strictly inside.
  public func interior(_ x: Double) -> Double {
    Swift.min(Swift.max(x, innermostLower), innermostUpper)
  }
}
