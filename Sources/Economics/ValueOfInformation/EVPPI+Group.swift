// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a value of information can't be had.
public enum ValueOfInformationError: Error, Sendable, Hashable {
  case noParameters
  case unknownParameter(String, known: [String])
  case repeatedParameter(String)
  /// A column that the study's data model can't mean: a proportion outside 0 to 1, a rate below 0.
  case outsideRange(parameter: String, row: Int, value: Double, expected: String)
  case argument(name: String, value: Double, expected: String)
}

extension EVPPI {
  /// Most multiplications that the regression of a group may take for its sums of products; of longer
  /// runs evenly spaced draws are used.
  static let groupWork = 1_500_000_000

  /// EVPPI of several parameters known together, at each willingness to pay.
  ///
  /// Additive splines with products of two and three parameters (`GroupBasis`), held by a penalty that
  /// restricted maximum likelihood chooses for each willingness to pay.
  ///
  /// - Throws: `ValueOfInformationError` for an empty group, repeated or unknown names.
  /// Complexity: O(m q²) for q functions, at most 150, and m draws: 66 000 at q = 150. `iterations`
  /// says how many were used.
  public func group(
    _ names: [String], willingnessToPay: [Double], workers: Int = 1
  ) throws(ValueOfInformationError) -> [EVPPIEstimate] {
    guard !names.isEmpty else { throw .noParameters }
    var indices: [Int] = []
    for name in names {
      guard let index = draws.parameters.firstIndex(where: { $0.name == name }) else {
        throw .unknownParameter(name, known: draws.parameters.map(\.name))
      }
      guard !indices.contains(index) else { throw .repeatedParameter(name) }
      indices.append(index)
    }
    if indices.count == 1 { return parameter(indices[0], willingnessToPay: willingnessToPay) }
    return several(
      indices.map { draws.parameters[$0].values }, names: names,
      willingnessToPay: willingnessToPay, workers: workers)
  }

  /// EVPPI of columns that need not be parameters: summaries of data, say.
  func several(
    _ columns: [[Double]], names: [String], willingnessToPay: [Double], workers: Int = 1
  ) -> [EVPPIEstimate] {
    if columns.count == 1 {
      return single(
        columns[0], order: DrawOrder(columns[0]), names: names, willingnessToPay: willingnessToPay)
    }
    precondition(willingnessToPay.allSatisfy(\.isFinite))
    let most = Self.groupWork / (GroupBasis.most * GroupBasis.most)
    let stride = (draws.count + most - 1) / most
    let thinned = stride == 1 ? outcomes : IncrementalOutcomes(draws, stride: stride)
    let used = columns.map { column in
      stride == 1 ? column : Swift.stride(from: 0, to: column.count, by: stride).map { column[$0] }
    }
    guard outcomes.strategies > 1, let smoother = GroupSmoother(used, thinned, workers: workers)
    else {
      return worthless(names, willingnessToPay)
    }
    return estimates(
      smoother.regression, thinned, names, willingnessToPay, fit: smoother.conditionalValues)
  }

  /// What is known already has no value.
  func worthless(_ names: [String], _ willingnessToPay: [Double]) -> [EVPPIEstimate] {
    willingnessToPay.map {
      EVPPIEstimate(
        parameters: names, willingnessToPay: $0, evppi: 0, mcse: 0, bias: 0, plugIn: 0,
        degreesOfFreedom: 0, iterations: draws.count)
    }
  }

  typealias Conditional = (value: ConditionalValue, noise: PenalisedRegression.Noise)

  /// The value at each willingness to pay; fits are made once, together, for each smoothing parameter chosen.
  func estimates(
    _ regression: PenalisedRegression, _ outcomes: IncrementalOutcomes, _ names: [String],
    _ willingnessToPay: [Double], fit: ([Int], IncrementalOutcomes) -> [Conditional]
  ) -> [EVPPIEstimate] {
    let chosen = willingnessToPay.map { regression.choose(outcomes.contrasts($0)) }
    let distinct = Array(Set(chosen)).sorted()
    let found = Dictionary(uniqueKeysWithValues: zip(distinct, fit(distinct, outcomes)))
    return zip(willingnessToPay, chosen).compactMap { threshold, index in
      guard let conditional = found[index] else { return nil }
      let contrasts = outcomes.contrasts(threshold)
      return EVPPIEstimate(
        names, threshold, conditional.value.value(outcomes, threshold),
        evidence: regression.evidence(conditional.noise, contrasts, charge: Self.charge),
        conditional.noise.effectiveDegreesOfFreedom, outcomes.count)
    }
  }
}
