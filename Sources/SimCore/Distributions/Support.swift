// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The interval a distribution lives on; ends may be infinite.
///
/// Finite ends belong to it for discrete distributions. For others an end is attained when there is a point
/// mass on it; otherwise the interval is open there.
public struct Support: Sendable, Hashable {
  public let lower: Double
  public let upper: Double
  public let attainsLower: Bool
  public let attainsUpper: Bool

  /// - Precondition: `lower <= upper`; equal for a constant. Ends that are attained are finite.
  public init(
    lower: Double, upper: Double, attainsLower: Bool = false, attainsUpper: Bool = false
  ) {
    precondition(lower <= upper, "support \(lower) … \(upper)")
    precondition(!attainsLower || lower.isFinite)
    precondition(!attainsUpper || upper.isFinite)
    self.lower = lower
    self.upper = upper
    self.attainsLower = attainsLower
    self.attainsUpper = attainsUpper
  }

  public static let real = Support(lower: -.infinity, upper: .infinity)
  public static let positive = Support(lower: 0, upper: .infinity)
  public static let unit = Support(lower: 0, upper: 1)

  /// The smallest value: draws never return an open end, so that `log(x)` stays finite.
  public var innermostLower: Double {
    lower == -.infinity ? -.greatestFiniteMagnitude : attainsLower ? lower : lower.nextUp
  }
  /// The largest value.
  public var innermostUpper: Double {
    upper == .infinity ? .greatestFiniteMagnitude : attainsUpper ? upper : upper.nextDown
  }

  /// `x` moved to the nearest double inside.
  public func interior(_ x: Double) -> Double {
    Swift.min(Swift.max(x, innermostLower), innermostUpper)
  }
}
