// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// All families, in the order in which they are listed. A new family is one line here.
public enum FamilyRegistry {
  public static let all: [Family] = [
    Constant.family,
    Normal.family,
    LogNormal.family,
    Gamma.family,
    InverseGamma.family,
    Beta.family,
    ScaledBeta.family,
    LogitNormal.family,
    Uniform.family,
    LogUniform.family,
    Triangular.family,
    PERT.family,
    Exponential.family,
    Weibull.family,
    GeneralisedGamma.family,
    Gompertz.family,
    LogLogistic.family,
    Rayleigh.family,
    Pareto.family,
    HalfNormal.family,
    ChiSquare.family,
    FisherF.family,
    StudentT.family,
    Logistic.family,
    SkewNormal.family,
    Laplace.family,
    ExponentialPower.family,
    Cauchy.family,
    GumbelMax.family,
    GumbelMin.family,
    Bernoulli.family,
    Binomial.family,
    Poisson.family,
    NegativeBinomial.family,
    Geometric.family,
    Hypergeometric.family,
    DiscreteUniform.family,
  ]

  /// Families made of other distributions or of lists, which have forms of their own in scenario files.
  public static let composed: [Family] = [
    Truncated.family,
    Mixture.family,
    Scaled.family,
    Folded.family,
    Metalog.family,
    PiecewiseLinear.family,
    Empirical.family,
    SmoothedEmpirical.family,
  ]

  public static func family(named name: String) -> Family? {
    all.first { $0.name == name }
  }
}
