// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import Economics

/// `evppi.csv`: one row for each parameter or group and willingness to pay.
package enum EVPPITable {
  package static func csv(_ estimates: [EVPPIEstimate]) -> [UInt8] { csv([("", estimates)]) }

  /// With the perspective of each set; empty where it does not apply.
  ///
  /// - Parameter names: of groups, by their parameters; one parameter has its own name.
  package static func csv(
    _ groups: [(perspective: String, estimates: [EVPPIEstimate])],
    names: [Set<String>: String] = [:], currency: String = ""
  ) -> [UInt8] {
    var writer = CSVWriter(header: [
      "perspective", "parameters", "wtp", "evppi", "mcse", "bias_removed", "plug_in", "edf",
      "iterations", "name", "unit",
    ])
    for (perspective, estimate) in groups.flatMap({ group in
      group.estimates.map { (group.perspective, $0) }
    }) {
      writer.text(perspective)
      writer.text(estimate.parameters.joined(separator: "; "))
      writer.number(estimate.willingnessToPay)
      writer.number(estimate.evppi)
      writer.number(estimate.mcse)
      writer.number(estimate.bias)
      writer.number(estimate.plugIn)
      writer.number(estimate.degreesOfFreedom)
      writer.number(estimate.iterations)
      writer.text(
        names[Set(estimate.parameters)]
          ?? (estimate.parameters.count == 1 ? estimate.parameters[0] : ""))
      writer.text(currency.isEmpty ? "" : currency + "/person")
      writer.endLine()
    }
    return writer.bytes
  }
}
