// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A new study on parameters of the model: what it would measure, given their true values.
///
/// Each case names the columns of the draws that it learns about.
public enum StudyDesign: Sendable, Hashable {
  /// The mean of n observations with a known standard deviation.
  ///
  /// ```
  /// mean ~ N(parameter, sd²/n)
  /// ```
  case normalMean(parameter: String, standardDeviation: Double)
  /// Events among n people.
  ///
  /// ```
  /// events ~ binomial(n, parameter)
  /// ```
  case proportion(parameter: String)
  /// Events among n people, each followed for the same time, in the unit of the rate.
  ///
  /// ```
  /// events ~ Poisson(n · follow-up · parameter)
  /// ```
  case rate(parameter: String, followUp: Double = 1)
  /// A trial of two equal arms, n people in all: events under the baseline probability and under the odds that
  /// the log odds ratio gives.
  ///
  /// ```
  /// events₀ ~ binomial(n/2, p)     events₁ ~ binomial(n/2, logit⁻¹(logit p + logOR))
  /// ```
  case twoArms(baseline: String, logOddsRatio: String)

  /// Standard deviations and follow-up times that squares and products can be taken of.
  public static let sizes = 1e-100...1e100

  public var parameters: [String] {
    switch self {
    case .normalMean(let parameter, _), .proportion(let parameter), .rate(let parameter, _):
      [parameter]
    case .twoArms(let baseline, let logOddsRatio): [baseline, logOddsRatio]
    }
  }
}
