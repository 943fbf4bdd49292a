// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// The expected value of partial perfect information at one willingness to pay: of knowing some parameters
/// before deciding, a person.
///
/// ```
/// EVPPI = E[max_d E(NMB_d | parameters)] − max_d E(NMB_d)
/// ```
/// Units: money, as the costs.
public struct EVPPIEstimate: Sendable, Hashable {
  /// The parameters that would be known.
  public let parameters: [String]
  public let willingnessToPay: Double
  /// Corrected for `bias`; not below 0.
  public let evppi: Double
  /// Its Monte Carlo standard error.
  public let mcse: Double
  /// What the fit's own noise adds to the plug-in estimate, taken off in `evppi`.
  public let bias: Double
  /// Before the correction: what a regression estimate without one reports.
  public let plugIn: Double
  /// Effective degrees of freedom of the regression; 0 for a constant column.
  public let degreesOfFreedom: Double
  /// Draws that were used.
  public let iterations: Int
}

/// EVPPI by regression on the draws of one analysis.
///
/// ```swift
/// let information = EVPPI(draws)
/// let estimates = information.parameter(0, willingnessToPay: [10_000, 20_000])
/// ```
/// One parameter: penalised splines on finely binned draws, smoothness by restricted maximum likelihood for
/// each willingness to pay. Smoothing is linear, so costs and effects are smoothed once.
///
/// Complexity: O(n) a parameter, for sorting and binning; the rest does not grow with n.
/// Source: Strong, Oakley and Brennan (2014), doi:10.1177/0272989X13505910.
public struct EVPPI: Sendable {
  public let draws: Draws
  let outcomes: IncrementalOutcomes

  /// What a degree of freedom must earn in 2 log likelihood before an effect is believed: docs/decisions/0014.
  static let charge = 3.0

  public init(_ draws: Draws) {
    self.draws = draws
    outcomes = IncrementalOutcomes(draws)
  }

  /// EVPPI of every single parameter, parameter by parameter, at each willingness to pay.
  public func singles(willingnessToPay: [Double], workers: Int = 1) -> [EVPPIEstimate] {
    Parallel.map(draws.parameters.count, workers: workers) {
      parameter($0, willingnessToPay: willingnessToPay)
    }.flatMap(\.self)
  }

  /// EVPPI of the parameter at a place in `draws.parameters`.
  ///
  /// - Precondition: every willingness to pay is finite.
  public func parameter(_ index: Int, willingnessToPay: [Double]) -> [EVPPIEstimate] {
    let column = draws.parameters[index]
    return single(
      column.values, order: DrawOrder(column.values), names: [column.name],
      willingnessToPay: willingnessToPay)
  }

  /// EVPPI of a column that need not be a parameter: a summary of data, say.
  func single(
    _ column: [Double], order: DrawOrder, names: [String], willingnessToPay: [Double]
  ) -> [EVPPIEstimate] {
    precondition(willingnessToPay.allSatisfy(\.isFinite))
    guard outcomes.strategies > 1, let smoother = SingleSmoother(column, order, outcomes) else {
      return worthless(names, willingnessToPay)
    }
    return estimates(
      smoother.regression, outcomes, names, willingnessToPay, fit: smoother.conditionalValues)
  }
}

extension EVPPIEstimate {
  init(
    _ parameters: [String], _ willingnessToPay: Double, _ figures: ConditionalValue.Figures,
    evidence: Double, _ degreesOfFreedom: Double, _ iterations: Int
  ) {
    let weight = 1 / (1 + Double.exp(-0.5 * evidence))
    let value = weight * (figures.plugIn - figures.bias)
    self.init(
      parameters: parameters, willingnessToPay: willingnessToPay,
      evppi: max(0, value), mcse: figures.mcse, bias: figures.plugIn - value,
      plugIn: figures.plugIn, degreesOfFreedom: degreesOfFreedom, iterations: iterations)
  }
}
