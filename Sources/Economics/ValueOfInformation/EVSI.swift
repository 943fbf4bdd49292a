// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The expected value of sample information at one sample size and willingness to pay, a person.
///
/// ```
/// EVSI = E[max_d E(NMB_d | data)] − max_d E(NMB_d)
/// ```
public struct EVSIEstimate: Sendable, Hashable {
  public enum Method: String, Sendable, Hashable {
    case regression
    case importanceSampling = "importance sampling"
    case momentMatching = "moment matching"
  }

  public let method: Method
  public let sampleSize: Int
  public let willingnessToPay: Double
  /// Corrected for small-sample bias as the EVPPI; not below 0.
  public let evsi: Double
  public let mcse: Double
  /// Importance sampling and moment matching: mean effective number of the draws that stand for a posterior. Below about 50 the
  /// estimate is not to be trusted: the study is too large for so few draws.
  public let effectiveDraws: Double?

  package init(
    method: Method, sampleSize: Int, willingnessToPay: Double, evsi: Double, mcse: Double,
    effectiveDraws: Double?
  ) {
    self.method = method
    self.sampleSize = sampleSize
    self.willingnessToPay = willingnessToPay
    self.evsi = evsi
    self.mcse = mcse
    self.effectiveDraws = effectiveDraws
  }
}

/// EVSI of a study by three methods that share the draws and little else.
///
/// - `regression`: one data set is simulated for each draw, and the net benefit regressed on its
///   summary, as for EVPPI.
/// - `importanceSampling`: the conditional mean of the net benefit given the parameters, smoothed once,
///   is averaged with the likelihood of a data set as weights: its mean after that data set.
/// - `momentMatching`: that conditional mean, scaled to the variance that means after data have.
///
/// Reproducibility: data sets hang on the seed, the names of the parameters and the number of the draw.
/// Source: Strong, Oakley, Brennan and Breeze (2015), doi:10.1177/0272989X15575286; Menzies (2016),
/// doi:10.1177/0272989X15583495; Heath, Manolopoulou and Baio (2018), doi:10.1177/0272989X17738515.
public struct EVSI: Sendable {
  public let study: StudyDesign
  let information: EVPPI
  let columns: [[Double]]
  let seed: UInt64

  /// - Throws: `ValueOfInformationError` for parameters that the draws lack or values that the design can't
  ///   mean.
  public init(
    _ draws: Draws, study: StudyDesign, seed: UInt64
  ) throws(ValueOfInformationError) {
    self.study = study
    self.seed = seed
    information = EVPPI(draws)
    var columns: [[Double]] = []
    for name in study.parameters {
      guard let column = draws.parameters.first(where: { $0.name == name }) else {
        throw .unknownParameter(name, known: draws.parameters.map(\.name))
      }
      columns.append(column.values)
    }
    self.columns = columns
    switch study {
    case .normalMean(_, let sd):
      guard StudyDesign.sizes.contains(sd) else {
        throw .argument(name: "standard deviation", value: sd, expected: "1e-100 to 1e100")
      }
    case .proportion(let name), .twoArms(let name, _):
      try Self.check(columns[0], name, "a probability, 0 to 1") { $0 >= 0 && $0 <= 1 }
    case .rate(let name, let followUp):
      guard StudyDesign.sizes.contains(followUp) else {
        throw .argument(name: "follow-up", value: followUp, expected: "1e-100 to 1e100")
      }
      try Self.check(columns[0], name, "a rate of 0 or more") { $0 >= 0 }
    }
  }

  private static func check(
    _ values: [Double], _ name: String, _ expected: String, _ isValid: (Double) -> Bool
  ) throws(ValueOfInformationError) {
    if let row = values.firstIndex(where: { !isValid($0) }) {
      throw .outsideRange(parameter: name, row: row, value: values[row], expected: expected)
    }
  }

  /// Two arms need two people; every study one.
  private func check(_ sampleSize: Int) throws(ValueOfInformationError) {
    let least = study.parameters.count
    guard sampleSize >= least, sampleSize <= 1_000_000_000 else {
      throw .argument(
        name: "sample size", value: Double(sampleSize), expected: "\(least) to 1 000 000 000")
    }
    guard case .rate(_, let followUp) = study, let most = columns[0].max() else { return }
    let events = Double(sampleSize) * followUp * most
    guard events <= 1e15 else {
      throw .argument(
        name: "number of events", value: events,
        expected: "at most 1e15 in every iteration: a smaller study, or a rate in another unit")
    }
  }

  /// By regression on summaries of simulated data.
  public func regression(
    sampleSize: Int, willingnessToPay: [Double]
  ) throws(ValueOfInformationError) -> [EVSIEstimate] {
    try check(sampleSize)
    let data = StudyData(
      study, sampleSize: sampleSize, columns: columns,
      rows: Array(0..<information.draws.count), seed: seed)
    return information.several(
      data.summaries, names: study.parameters, willingnessToPay: willingnessToPay
    ).map {
      EVSIEstimate(
        method: .regression, sampleSize: sampleSize, willingnessToPay: $0.willingnessToPay,
        evsi: $0.evppi, mcse: $0.mcse, effectiveDraws: nil)
    }
  }

  /// By weighing draws with the likelihood of simulated data.
  public func importanceSampling(
    sampleSizes: [Int], willingnessToPay: [Double]
  ) throws(ValueOfInformationError) -> [EVSIEstimate] {
    try weighed(.importanceSampling, sampleSizes, willingnessToPay) { $0.estimates(sampleSize: $1) }
  }

  /// By matching the variance of means after simulated data.
  public func momentMatching(
    sampleSizes: [Int], willingnessToPay: [Double]
  ) throws(ValueOfInformationError) -> [EVSIEstimate] {
    try weighed(.momentMatching, sampleSizes, willingnessToPay) { $0.matched(sampleSize: $1) }
  }

  private func weighed(
    _ method: EVSIEstimate.Method, _ sampleSizes: [Int], _ willingnessToPay: [Double],
    _ estimates: (PosteriorWeights, Int) -> [EVSIEstimate]
  ) throws(ValueOfInformationError) -> [EVSIEstimate] {
    for size in sampleSizes { try check(size) }
    guard let sampler = PosteriorWeights(self, willingnessToPay) else {
      return sampleSizes.flatMap { size in
        willingnessToPay.map {
          EVSIEstimate(
            method: method, sampleSize: size, willingnessToPay: $0, evsi: 0, mcse: 0,
            effectiveDraws: nil)
        }
      }
    }
    return sampleSizes.flatMap { estimates(sampler, $0) }
  }
}
