// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CGSL

/// GSL's own random sampler of a distribution on its Mersenne twister: a peer to measure against.
///
/// Never used in a run: its draws depend on the order in which they are made. Locations and bounds that
/// GSL's samplers lack are applied to their standard form.
package final class GSLSampler {
  private typealias Generator = UnsafeMutablePointer<gsl_rng>
  private let generator: Generator
  private let draw: (Generator) -> Double

  /// `nil` where GSL has no sampler of the family.
  package init?(_ distribution: any Distribution, seed: UInt64) {
    let family = type(of: distribution).family.name
    let values = Dictionary(
      distribution.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard GSL.handlerIsOff, let draw = Self.sampler(family, values),
      let generator = gsl_rng_alloc(utfall_gsl_rng_mt19937())
    else { return nil }
    gsl_rng_set(generator, UInt(truncatingIfNeeded: seed))
    self.generator = generator
    self.draw = draw
  }

  deinit { gsl_rng_free(generator) }

  /// Fills the buffer with further draws.
  ///
  /// - Returns: false when one of them is not a finite number.
  package func fill(_ out: UnsafeMutableBufferPointer<Double>) -> Bool {
    var fault = 0.0
    for i in out.indices {
      let value = draw(generator)
      out[i] = value
      fault += value - value
    }
    return fault == 0
  }

  private static func sampler(
    _ family: String, _ v: [String: Double]
  ) -> ((Generator) -> Double)? {
    switch family {
    case "normal":
      guard let mean = v["mean"], let sd = v["sd"] else { return nil }
      return { mean + gsl_ran_gaussian($0, sd) }
    case "lognormal":
      guard let meanLog = v["meanlog"], let sdLog = v["sdlog"] else { return nil }
      return { gsl_ran_lognormal($0, meanLog, sdLog) }
    case "gamma":
      guard let shape = v["shape"], let scale = v["scale"] else { return nil }
      return { gsl_ran_gamma($0, shape, scale) }
    case "beta":
      guard let alpha = v["alpha"], let beta = v["beta"] else { return nil }
      return { gsl_ran_beta($0, alpha, beta) }
    case "scaled-beta":
      guard let alpha = v["alpha"], let beta = v["beta"], let low = v["min"], let high = v["max"]
      else { return nil }
      return { low + (high - low) * gsl_ran_beta($0, alpha, beta) }
    case "uniform":
      guard let low = v["min"], let high = v["max"] else { return nil }
      return { gsl_ran_flat($0, low, high) }
    case "exponential":
      guard let mean = v["mean"] else { return nil }
      return { gsl_ran_exponential($0, mean) }
    case "weibull":
      guard let shape = v["shape"], let scale = v["scale"] else { return nil }
      return { gsl_ran_weibull($0, scale, shape) }
    case "rayleigh":
      guard let scale = v["scale"] else { return nil }
      return { gsl_ran_rayleigh($0, scale) }
    case "pareto":
      guard let low = v["min"], let shape = v["shape"] else { return nil }
      return { gsl_ran_pareto($0, shape, low) }
    case "chi-square":
      guard let df = v["df"] else { return nil }
      return { gsl_ran_chisq($0, df) }
    case "fisher-f":
      guard let df1 = v["df1"], let df2 = v["df2"] else { return nil }
      return { gsl_ran_fdist($0, df1, df2) }
    default:
      return locationScale(family, v)
    }
  }

  /// Families of the form location + scale · X.
  private static func locationScale(
    _ family: String, _ v: [String: Double]
  ) -> ((Generator) -> Double)? {
    guard let location = v["location"], let scale = v["scale"] else { return nil }
    switch family {
    case "logistic": return { location + gsl_ran_logistic($0, scale) }
    case "laplace": return { location + gsl_ran_laplace($0, scale) }
    case "cauchy": return { location + gsl_ran_cauchy($0, scale) }
    case "gumbel-max": return { location + gsl_ran_gumbel1($0, 1 / scale, 1) }
    case "gumbel-min": return { location - gsl_ran_gumbel1($0, 1 / scale, 1) }
    case "student-t":
      guard let df = v["df"] else { return nil }
      return { location + scale * gsl_ran_tdist($0, df) }
    case "exponential-power":
      guard let shape = v["shape"] else { return nil }
      return { location + gsl_ran_exppow($0, scale, shape) }
    default: return nil
    }
  }
}
