// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics

/// `enbs.csv`: value for the population less the cost of the study, one row for each study, method, size
/// and willingness to pay.
///
/// Size 0 is no study. `optimal` is `yes` at the size with the highest ENBS, `open` at every other size that
/// Monte Carlo error does not rule out (`OptimalSize`), else `no`. The last columns repeat the highest ENBS.
package enum ENBSTable {
  /// - Parameter population: whose decision the studies serve.
  package static func csv(
    _ results: [StudyResult], population: Population, currency: String
  ) throws(ValueOfInformationError) -> [UInt8] {
    var writer = CSVWriter(header: [
      "perspective", "study", "method", "sample_size", "wtp", "effective_population",
      "evsi_population", "study_cost", "enbs", "mcse", "optimal", "optimal_size",
      "optimal_size_low", "optimal_size_high", "unit", "optimal_enbs", "optimal_enbs_mcse",
    ])
    for result in results {
      guard let costs = try result.costs(population) else { continue }
      for (method, wtp) in result.curves {
        let curve = result.netBenefits(costs, method, wtp)
        let optimum = OptimalSize(curve)
        for point in curve {
          row(
            point.evsi.sampleSize, value: point.enbs + point.cost, point.cost, point.enbs,
            point.mcse, isOpen: optimum.leavesOpen(point))
        }
        row(0, value: 0, 0, 0, 0, isOpen: optimum.open.contains(0))

        func row(
          _ size: Int, value: Double, _ cost: Double, _ enbs: Double, _ mcse: Double, isOpen: Bool
        ) {
          writer.text(result.perspective)
          writer.text(result.study.name)
          writer.text(method.rawValue)
          writer.number(size)
          writer.number(wtp)
          writer.number(costs.population)
          writer.number(value)
          writer.number(cost)
          writer.number(enbs)
          writer.number(mcse)
          writer.text(size == optimum.sampleSize ? "yes" : isOpen ? "open" : "no")
          writer.number(optimum.sampleSize)
          writer.number(optimum.open.lowerBound)
          writer.number(optimum.open.upperBound)
          writer.text(currency)
          writer.number(optimum.enbs)
          writer.number(optimum.mcse)
          writer.endLine()
        }
      }
    }
    return writer.bytes
  }
}

extension StudyResult {
  func costs(_ population: Population) throws(ValueOfInformationError) -> StudyCosts? {
    guard let costs = study.costs else { return nil }
    return try StudyCosts(
      fixed: costs.fixed, perParticipant: costs.perParticipant, population: population.effective)
  }

  /// Every method and willingness to pay, in the order of the estimates.
  var curves: [(EVSIEstimate.Method, Double)] {
    var seen: Set<EVSIEstimate.Method> = []
    var curves: [(EVSIEstimate.Method, Double)] = []
    for estimate in estimates where seen.insert(estimate.method).inserted {
      curves += evppi.map { (estimate.method, $0.willingnessToPay) }
    }
    return curves
  }

  func netBenefits(_ costs: StudyCosts, _ method: EVSIEstimate.Method, _ wtp: Double)
    -> [ENBSEstimate]
  {
    estimates.filter { $0.method == method && $0.willingnessToPay == wtp }
      .map(costs.netBenefit)
  }
}
