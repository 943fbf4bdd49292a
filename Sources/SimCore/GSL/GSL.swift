// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CGSL

/// The only door to the GNU Scientific Library. The error handler is switched off before the first
/// call, so that GSL never aborts the process, and every value that comes back is checked.
///
/// Ranges in which a function may be trusted: docs/accuracy.md. The inverses are not offered: they fail
/// on ordinary inputs.
public enum GSL {
  /// Version of the library the process runs with.
  public static var version: String { String(cString: utfall_gsl_version()) }

  static let handlerIsOff: Bool = {
    _ = gsl_set_error_handler_off()
    return true
  }()

  /// `value` when it is a probability, else `nil`.
  @inline(__always)
  private static func probability(_ value: Double) -> Double? {
    handlerIsOff && value >= 0 && value <= 1 ? value : nil
  }

  /// `value` when it is a density, possibly infinite, else `nil`.
  @inline(__always)
  private static func density(_ value: Double) -> Double? {
    handlerIsOff && value >= 0 ? value : nil
  }

  /// One of GSL's cumulative functions; `upper` picks the survival function.
  static func normal(_ x: Double, upper: Bool) -> Double? {
    guard handlerIsOff else { return nil }
    return probability(upper ? gsl_cdf_ugaussian_Q(x) : gsl_cdf_ugaussian_P(x))
  }

  static func normalDensity(_ x: Double) -> Double? {
    guard handlerIsOff else { return nil }
    return density(gsl_ran_ugaussian_pdf(x))
  }

  static func gamma(_ x: Double, shape: Double, upper: Bool) -> Double? {
    guard handlerIsOff else { return nil }
    return probability(upper ? gsl_cdf_gamma_Q(x, shape, 1) : gsl_cdf_gamma_P(x, shape, 1))
  }

  static func gammaDensity(_ x: Double, shape: Double) -> Double? {
    guard handlerIsOff else { return nil }
    return density(gsl_ran_gamma_pdf(x, shape, 1))
  }

  static func beta(_ x: Double, alpha: Double, beta: Double, upper: Bool) -> Double? {
    guard handlerIsOff else { return nil }
    return probability(upper ? gsl_cdf_beta_Q(x, alpha, beta) : gsl_cdf_beta_P(x, alpha, beta))
  }

  static func betaDensity(_ x: Double, alpha: Double, beta: Double) -> Double? {
    guard handlerIsOff else { return nil }
    return density(gsl_ran_beta_pdf(x, alpha, beta))
  }
}
