// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// The expected value of partial perfect information of every uncertain parameter and named group, for
/// the scenario itself from every perspective.
struct InformationValues {
  let groups: [(perspective: String, estimates: [EVPPIEstimate])]

  /// - Parameter named: groups of parameters whose joint value is wanted; a parameter by label counts
  ///   with all its labels.
  init(
    _ tables: DecisionTables, named: [(name: String, parameters: [String])], workers: Int
  ) throws {
    groups = try tables.groups.filter { $0.variant.isEmpty }.map { group in
      let draws = group.analysis.draws
      let evppi = EVPPI(draws)
      let wtp = group.analysis.willingnessToPay
      var estimates = evppi.singles(willingnessToPay: wtp, workers: workers)
      for item in named {
        let columns = draws.parameters.map(\.name).filter { column in
          item.parameters.contains { column == $0 || column.hasPrefix($0 + "[") }
        }
        if !columns.isEmpty { estimates += try evppi.group(columns, willingnessToPay: wtp) }
      }
      return (group.perspective, estimates)
    }
  }

  func write(to folder: ResultFolder) throws(OutputError) {
    if groups.allSatisfy(\.estimates.isEmpty) { return }
    try folder.write(EVPPITable.csv(groups), to: "evppi.csv")
  }
}
