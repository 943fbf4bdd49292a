// Utfall: benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import SimCore

/// A law to draw from, and GSL's sampler of the same law where it has one.
struct BenchmarkCase: Sendable {
  typealias Sampler = @Sendable (UnsafeMutablePointer<gsl_rng>) -> Double

  let name: String
  let distribution: any Distribution
  let gsl: Sampler?

  init(_ name: String, _ distribution: any Distribution, _ gsl: Sampler? = nil) {
    self.name = name
    self.distribution = distribution
    self.gsl = gsl
  }

  /// Every registered continuous family, and the composed ones.
  static let all: [BenchmarkCase] = {
    do { return try families() + composed() } catch { fatalError("\(error)") }
  }()

  private static func families() throws -> [BenchmarkCase] {
    [
      BenchmarkCase("constant", try Constant(2)),
      BenchmarkCase("normal(0, 1)", try Normal(mean: 0, standardDeviation: 1)) {
        gsl_ran_gaussian($0, 1)
      },
      BenchmarkCase("lognormal(0, 0.5)", try LogNormal(meanLog: 0, sdLog: 0.5)) {
        gsl_ran_lognormal($0, 0, 0.5)
      },
      BenchmarkCase("gamma(0.01)", try Gamma(shape: 0.01, scale: 2)) {
        gsl_ran_gamma($0, 0.01, 2)
      },
      BenchmarkCase("gamma(0.05)", try Gamma(shape: 0.05, scale: 2)) {
        gsl_ran_gamma($0, 0.05, 2)
      },
      BenchmarkCase("gamma(0.5)", try Gamma(shape: 0.5, scale: 2)) {
        gsl_ran_gamma($0, 0.5, 2)
      },
      BenchmarkCase("gamma(42.7)", try Gamma(shape: 42.7, scale: 2)) {
        gsl_ran_gamma($0, 42.7, 2)
      },
      BenchmarkCase("gamma(1e5)", try Gamma(shape: 1e5, scale: 2)) {
        gsl_ran_gamma($0, 1e5, 2)
      },
      BenchmarkCase("inverse-gamma, shape 3", try InverseGamma(shape: 3, scale: 2)) {
        2 / gsl_ran_gamma($0, 3, 1)
      },
      BenchmarkCase("beta(8.35, 270)", try Beta(alpha: 8.35, beta: 270)) {
        gsl_ran_beta($0, 8.35, 270)
      },
      BenchmarkCase("beta(0.5, 0.5)", try Beta(alpha: 0.5, beta: 0.5)) {
        gsl_ran_beta($0, 0.5, 0.5)
      },
      BenchmarkCase(
        "scaled-beta(2, 5) on -1 to 1", try ScaledBeta(alpha: 2, beta: 5, low: -1, high: 1)
      ) { 2 * gsl_ran_beta($0, 2, 5) - 1 },
      BenchmarkCase("logit-normal(-1, 0.8)", try LogitNormal(meanLogit: -1, sdLogit: 0.8)),
      BenchmarkCase("uniform(0, 1)", try Uniform(low: 0, high: 1)) { gsl_ran_flat($0, 0, 1) },
      BenchmarkCase("log-uniform(1, 100)", try LogUniform(low: 1, high: 100)),
      // GSL has no triangular: its inverse on one uniform.
      BenchmarkCase("triangular(0, 1, 3)", try Triangular(low: 0, mode: 1, high: 3)) {
        let u = gsl_rng_uniform_pos($0)
        return u < 1.0 / 3 ? (3 * u).squareRoot() : 3 - (6 * (1 - u)).squareRoot()
      },
      BenchmarkCase("pert(0, 1, 3)", try PERT(low: 0, mode: 1, high: 3)) {
        3 * gsl_ran_beta($0, 1 + 4.0 / 3, 1 + 8.0 / 3)
      },
      BenchmarkCase("exponential", try Exponential(mean: 2)) { gsl_ran_exponential($0, 2) },
      BenchmarkCase("weibull, shape 1.5", try Weibull(shape: 1.5, scale: 2)) {
        gsl_ran_weibull($0, 2, 1.5)
      },
      BenchmarkCase(
        "generalised-gamma(2, 0.5)", try GeneralisedGamma(shape: 2, power: 0.5, scale: 1)),
      BenchmarkCase("gompertz(0.1, 0.01)", try Gompertz(shape: 0.1, rate: 0.01)),
      BenchmarkCase("log-logistic, shape 3", try LogLogistic(shape: 3, scale: 2)),
      BenchmarkCase("rayleigh", try Rayleigh(scale: 2)) { gsl_ran_rayleigh($0, 2) },
      BenchmarkCase("pareto, shape 3", try Pareto(low: 1, shape: 3)) { gsl_ran_pareto($0, 3, 1) },
      BenchmarkCase("half-normal", try HalfNormal(scale: 2)),
      BenchmarkCase("chi-square, 5 df", try ChiSquare(degreesOfFreedom: 5)) {
        gsl_ran_chisq($0, 5)
      },
      BenchmarkCase("fisher-f, 5 and 12 df", try FisherF(df1: 5, df2: 12)) {
        gsl_ran_fdist($0, 5, 12)
      },
      BenchmarkCase("student-t, 3 df", try StudentT(degreesOfFreedom: 3)) { gsl_ran_tdist($0, 3) },
      BenchmarkCase("logistic", try Logistic(location: 0, scale: 1)) { gsl_ran_logistic($0, 1) },
      BenchmarkCase("skew-normal, shape 3", try SkewNormal(location: 0, scale: 1, shape: 3)),
      BenchmarkCase("laplace", try Laplace(location: 0, scale: 1)) { gsl_ran_laplace($0, 1) },
      BenchmarkCase(
        "exponential-power, shape 1.5", try ExponentialPower(location: 0, scale: 1, shape: 1.5)
      ) { gsl_ran_exppow($0, 1, 1.5) },
      BenchmarkCase("cauchy", try Cauchy(location: 0, scale: 1)) { gsl_ran_cauchy($0, 1) },
      BenchmarkCase("gumbel-max", try GumbelMax(location: 0, scale: 1)) {
        gsl_ran_gumbel1($0, 1, 1)
      },
      BenchmarkCase("gumbel-min", try GumbelMin(location: 0, scale: 1)),
    ]
  }

  private static func composed() throws -> [BenchmarkCase] {
    let costs = try Mixture(components: [
      (0.35, PointMass(0)), (0.65, Gamma(shape: 0.5, scale: 2000)),
    ])
    let sample = (0..<1000).map { Double($0 * $0 % 9973) }
    return [
      BenchmarkCase(
        "normal in -1 to 2", try Truncated(Normal(mean: 0, standardDeviation: 1), from: -1, to: 2)),
      BenchmarkCase(
        "laplace in -1 to 2", try Truncated(Laplace(location: 0, scale: 1), from: -1, to: 2)),
      BenchmarkCase("mixture of 0 and a gamma", costs),
      BenchmarkCase("metalog, 5 terms", try Metalog(coefficients: [10, 2, 1, 0.5, 0.3])),
      BenchmarkCase(
        "metalog, 4 terms, above 0", try Metalog(coefficients: [1, 0.3, 0.1, 0.2], lower: 0)),
      BenchmarkCase(
        "piecewise-linear, 4 knots",
        try PiecewiseLinear(probabilities: [0, 0.25, 0.9, 1], values: [0, 10, 30, 100])),
      BenchmarkCase("empirical, 1000 values", try Empirical(values: sample)),
      BenchmarkCase("smoothed, 1000 values", try SmoothedEmpirical(values: sample)),
      BenchmarkCase(
        "folded normal", try Folded(Normal(mean: 0.3, standardDeviation: 1), about: 0)),
      BenchmarkCase("scaled gamma, negative", try Scaled(Gamma(shape: 2.5, scale: 2), by: -1)),
    ]
  }
}
