// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// EVSI and ENBS of studies, for the scenario itself from every perspective.
struct StudyValues {
  let results: [StudyResult]
  private let settings: DecisionSettings

  /// - Parameter draws: with parameters, in the order of the tables' groups.
  init(
    _ tables: DecisionTables, _ draws: [DecisionGroup], studies: [DecisionStudy], seed: UInt64
  ) throws {
    settings = tables.settings
    results = try zip(tables.groups, draws).filter { $0.0.variant.isEmpty }.flatMap { group in
      try studies.map { try Self.result($0, group.0, group.1.draws, seed) }
    }
  }

  private static func result(
    _ study: DecisionStudy, _ group: DecisionTables.Group, _ draws: Draws, _ seed: UInt64
  ) throws(ValueOfInformationError) -> StudyResult {
    let analysis = group.analysis
    let wtp = analysis.willingnessToPay
    let evsi = try EVSI(draws, study: study.design, seed: seed)
    var estimates: [EVSIEstimate] = []
    for size in study.sizes {
      estimates += try evsi.regression(sampleSize: size, willingnessToPay: wtp)
    }
    estimates += try evsi.importanceSampling(sampleSizes: study.sizes, willingnessToPay: wtp)
    estimates += try evsi.momentMatching(sampleSizes: study.sizes, willingnessToPay: wtp)
    return StudyResult(
      perspective: group.perspective, study: study, estimates: estimates,
      evppi: try EVPPI(draws).group(study.design.parameters, willingnessToPay: wtp),
      evpi: Dictionary(
        analysis.perfectInformation.map { ($0.willingnessToPay, $0.value) },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The best size of one study by one method at one willingness to pay.
  struct Optimum {
    let result: StudyResult
    let method: EVSIEstimate.Method
    let willingnessToPay: Double
    let size: OptimalSize
  }

  /// Of every study with a cost, where a population is stated.
  func optima() throws(ValueOfInformationError) -> [Optimum] {
    guard let population = settings.population else { return [] }
    var optima: [Optimum] = []
    for result in results {
      guard let costs = try result.costs(population) else { continue }
      for (method, wtp) in result.curves {
        optima.append(
          Optimum(
            result: result, method: method, willingnessToPay: wtp,
            size: OptimalSize(result.netBenefits(costs, method, wtp))))
      }
    }
    return optima
  }

  /// `evsi.csv`, and `enbs.csv` where a population and the cost of a study are stated.
  func write(to folder: ResultFolder) throws {
    if results.isEmpty { return }
    try folder.write(EVSITable.csv(results, currency: settings.currency), to: "evsi.csv")
    guard let population = settings.population, results.contains(where: { $0.study.costs != nil })
    else { return }
    try folder.write(
      ENBSTable.csv(results, population: population, currency: settings.currency), to: "enbs.csv")
  }
}
