// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `evppi-check.csv`: EVPPI by regression beside EVPPI by two levels, one row for each parameter or group and
/// willingness to pay.
///
/// `agrees` is `yes` when they are no further apart than 3 joint errors, the bias that the halves show and
/// EVPI / outer draws, which is what a single outer draw can gain and all that the check can see; else `no`;
/// `not covered` with its reason where the conditional draws are not known.
enum EVPPICheckTable {
  static func csv(_ run: TwoLevelRun, currency: String) -> [UInt8] {
    var writer = CSVWriter(header: [
      "perspective", "name", "parameters", "wtp", "evppi", "mcse", "two_level", "two_level_mcse",
      "inner_bias_removed", "difference", "difference_mcse", "agrees", "outer", "inner", "unit",
      "reason",
    ])
    for check in run.checks {
      for regression in check.regression {
        let wtp = regression.willingnessToPay
        let estimate = check.estimates.first { $0.willingnessToPay == wtp }
        let difference = estimate.map { regression.evppi - $0.evppi }
        let error = estimate.map {
          ($0.mcse * $0.mcse + regression.mcse * regression.mcse).squareRoot()
        }
        writer.text(check.perspective)
        writer.text(check.item.name)
        writer.text(check.item.parameters.joined(separator: "; "))
        writer.number(wtp)
        writer.number(regression.evppi)
        writer.number(regression.mcse)
        writer.number(estimate?.evppi)
        writer.number(estimate?.mcse)
        writer.number(estimate?.bias)
        writer.number(difference)
        writer.number(error)
        if let estimate, let difference, let error {
          let seen = (check.evpi[wtp] ?? 0) / Double(run.request.outer)
          writer.text(
            abs(difference) <= 3 * error + abs(estimate.bias) + seen ? "yes" : "no")
        } else {
          writer.text("not covered")
        }
        writer.number(run.request.outer)
        writer.number(run.request.inner)
        writer.text(currency.isEmpty ? "" : currency + "/person")
        writer.text(check.refusal)
        writer.endLine()
      }
    }
    return writer.bytes
  }
}
