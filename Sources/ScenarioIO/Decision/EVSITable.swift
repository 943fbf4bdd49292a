// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics

/// `evsi.csv`: one row for each study, method, sample size and willingness to pay.
package enum EVSITable {
  /// - Parameter costs: of the study; without them the columns of its net benefit stay empty.
  package static func csv(
    _ studies: [(name: String, estimates: [EVSIEstimate], costs: StudyCosts?)]
  ) -> [UInt8] {
    var writer = CSVWriter(header: [
      "study", "method", "sample_size", "wtp", "evsi", "mcse", "effective_draws", "study_cost",
      "enbs", "enbs_mcse",
    ])
    for study in studies {
      for estimate in study.estimates {
        let benefit = study.costs?.netBenefit(estimate)
        writer.text(study.name)
        writer.text(estimate.method.rawValue)
        writer.number(estimate.sampleSize)
        writer.number(estimate.willingnessToPay)
        writer.number(estimate.evsi)
        writer.number(estimate.mcse)
        writer.number(estimate.effectiveDraws)
        writer.number(benefit?.cost)
        writer.number(benefit?.enbs)
        writer.number(benefit?.mcse)
        writer.endLine()
      }
    }
    return writer.bytes
  }
}
