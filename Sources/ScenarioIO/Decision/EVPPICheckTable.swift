// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `evppi-check.csv`: EVPPI by regression beside EVPPI by two levels, one row for each parameter or group and
/// willingness to pay.
///
/// `agrees` is `yes` when they are no further apart than 3 joint errors, the bias that the halves show and
/// EVPI / outer draws, which is what a single outer draw can gain and all that the check can see; else `no`;
/// `not covered` with its reason where the conditional draws are not known; `no regression` for rows of data.
enum EVPPICheckTable {
  static func csv(_ run: TwoLevelRun, willingnessToPay: [Double], currency: String) -> [UInt8] {
    var writer = CSVWriter(header: [
      "perspective", "name", "parameters", "wtp", "evppi", "mcse", "two_level", "two_level_mcse",
      "inner_bias_removed", "difference", "difference_mcse", "agrees", "outer", "inner", "unit",
      "reason",
    ])
    for check in run.checks {
      for wtp in willingnessToPay {
        let regression = check.regression.first { $0.willingnessToPay == wtp }
        let estimate = check.estimates.first { $0.willingnessToPay == wtp }
        var difference: Double?
        var error: Double?
        if let regression, let estimate {
          difference = regression.evppi - estimate.evppi
          error =
            (estimate.mcse * estimate.mcse + regression.mcse * regression.mcse).squareRoot()
        }
        writer.text(check.perspective)
        writer.text(check.item.name)
        writer.text(check.item.parameters.joined(separator: "; "))
        writer.number(wtp)
        writer.number(regression?.evppi)
        writer.number(regression?.mcse)
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
          writer.text(estimate == nil ? "not covered" : "no regression")
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
