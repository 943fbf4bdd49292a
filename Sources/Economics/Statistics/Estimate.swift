// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure computed from draws, with its Monte Carlo standard error.
///
/// The error says how far the figure may be from that of infinitely many draws. It shrinks with the number
/// of draws and is not the uncertainty of the quantity.
public struct Estimate: Sendable, Hashable {
  public let value: Double
  /// `nil` below two draws.
  public let monteCarloStandardError: Double?

  public init(_ value: Double, monteCarloStandardError: Double?) {
    self.value = value
    self.monteCarloStandardError = monteCarloStandardError
  }

  func times(_ factor: Double) -> Estimate {
    Estimate(
      value * factor, monteCarloStandardError: monteCarloStandardError.map { $0 * abs(factor) })
  }
}

/// A share of draws; a draw may count in part, as ties do.
///
/// ```
/// p = Σ s / n        MCSE = √((Σ s² / n − p²) / n)        s: what a draw counts, 0 … 1
/// ```
/// Where draws count 0 or 1 the error is √(p (1 − p) / n).
public struct Share: Sendable, Hashable {
  public let value: Double
  public let monteCarloStandardError: Double

  init(_ value: Double, meanSquare: Double, count: Int) {
    self.value = value
    monteCarloStandardError = (max(0, meanSquare - value * value) / Double(count)).squareRoot()
  }

  init(_ counted: Int, of count: Int) {
    let p = Double(counted) / Double(count)
    value = p
    let rest = Double(count - counted) / Double(count)
    monteCarloStandardError = (p * rest / Double(count)).squareRoot()
  }
}
