// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics

/// The value of one study at all its sizes, by every method.
package struct StudyResult: Sendable {
  package let perspective: String
  package let study: DecisionStudy
  package let estimates: [EVSIEstimate]
  /// Of the same parameters, by willingness to pay: what no study of them is worth more than.
  package let evppi: [EVPPIEstimate]
  /// By willingness to pay.
  package let evpi: [Double: Estimate]

  package init(
    perspective: String, study: DecisionStudy, estimates: [EVSIEstimate],
    evppi: [EVPPIEstimate], evpi: [Double: Estimate]
  ) {
    self.perspective = perspective
    self.study = study
    self.estimates = estimates
    self.evppi = evppi
    self.evpi = evpi
  }
}

/// `evsi.csv`: one row for each study, method, sample size and willingness to pay, beside what perfect
/// information on the same parameters, and on all, is worth.
package enum EVSITable {
  package static func csv(_ results: [StudyResult], currency: String = "") -> [UInt8] {
    var writer = CSVWriter(header: [
      "perspective", "study", "parameters", "method", "sample_size", "wtp", "evsi", "mcse",
      "effective_draws", "evppi", "evppi_mcse", "evpi", "evpi_mcse", "unit",
    ])
    for result in results {
      for estimate in result.estimates {
        let wtp = estimate.willingnessToPay
        let evppi = result.evppi.first { $0.willingnessToPay == wtp }
        let evpi = result.evpi[wtp]
        writer.text(result.perspective)
        writer.text(result.study.name)
        writer.text(result.study.design.parameters.joined(separator: "; "))
        writer.text(estimate.method.rawValue)
        writer.number(estimate.sampleSize)
        writer.number(wtp)
        writer.number(estimate.evsi)
        writer.number(estimate.mcse)
        writer.number(estimate.effectiveDraws)
        writer.number(evppi?.evppi)
        writer.number(evppi?.mcse)
        writer.number(evpi?.value)
        writer.number(evpi?.monteCarloStandardError)
        writer.text(currency.isEmpty ? "" : currency + "/person")
        writer.endLine()
      }
    }
    return writer.bytes
  }
}
