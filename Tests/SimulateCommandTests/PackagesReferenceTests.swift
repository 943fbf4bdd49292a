// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// `simulate analyse` against the R packages that docs/analyse.md names, on the same draws: packages.csv.
@Suite struct PackagesReferenceTests {
  private static let draws = repository.appending(path: "Tests/References/decision_draws.csv").path

  private struct Row {
    let package: String, figure: String, strategy: String, wtp: String
    let value: Double, error: Double?
  }

  private func reference() throws -> [Row] {
    let url = repository.appending(path: "Tests/References/packages.csv")
    return try CSVTable(Array(try Data(contentsOf: url))).rows.map { cells in
      Row(
        package: cells[0], figure: cells[1], strategy: cells[2], wtp: cells[4],
        value: try #require(Double(cells[5])), error: Double(cells[6]))
    }
  }

  private func analysis() throws -> Workplace {
    let workplace = try Workplace()
    let outcome = try workplace.simulate(
      "analyse", Self.draws, "--wtp", "20000,30000", "--comparator", "A", "--group",
      "both=risk,relative", "--study", "proportion:risk", "--study", "mean:price:400", "--sizes",
      "50:500:450", "--output", "out")
    try #require(outcome.code == 0, "\(outcome)")
    return workplace
  }

  /// The value and error of the one row with these cells.
  private func found(_ table: CSVTable, _ wanted: [String: String]) throws -> [String: String] {
    let rows = table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
      .filter { row in wanted.allSatisfy { row[$0.key] == $0.value } }
    try #require(rows.count == 1, "\(rows.count) rows \(wanted)")
    return rows[0]
  }

  /// BCEA, hesim, and the EVPI of voi: the same sums of the same draws.
  @Test func `Means, probabilities and EVPI are those of BCEA, hesim and voi`() throws {
    let workplace = try analysis()
    let files = [
      "icer": "incremental", "inmb": "nmb", "p_best": "ceac", "frontier": "ceac", "evpi": "evpi",
    ]
    var compared: [String: Int] = [:]
    for row in try reference() {
      guard let file = files[row.figure] else { continue }
      let figure = ["inmb": "inmb_mean", "frontier": "p_best"][row.figure] ?? row.figure
      var wanted = ["figure": figure, "wtp": row.wtp]
      if row.figure == "icer" { wanted["wtp"] = nil }
      if !row.strategy.isEmpty { wanted["strategy"] = row.strategy }
      let own = try found(try workplace.table("out/\(file).csv"), wanted)
      compared["\(row.package) \(row.figure)", default: 0] += 1
      if own["reading"] == "dominated" {
        // BCEA prints the ratio all the same, here below 0.
        #expect(row.strategy == "D" && row.value < 0 && own["value"] == "", "\(row)")
        continue
      }
      // A and D tie in a third of the draws, and the packages give a tie to one of them: A's share there has
      // none, half or all of what it ties for.
      let value = try #require(Double(own["value"] ?? ""))
      if row.figure == "frontier", row.strategy == "A" {
        let tied = try found(
          try workplace.table("out/ceac.csv"),
          ["figure": "p_tied", "strategy": "A", "wtp": row.wtp])
        let half = try #require(Double(tied["value"] ?? "")) / 2
        #expect(abs(row.value - value) <= half + 1e-9, "\(row)")
      } else {
        #expect(abs(value - row.value) <= 1e-9 * abs(row.value) + 1e-12, "\(row): \(value)")
      }
    }
    #expect(
      compared == [
        "BCEA icer": 4, "BCEA inmb": 8, "BCEA p_best": 6, "BCEA frontier": 2, "BCEA evpi": 2,
        "voi evpi": 2, "hesim evpi": 2, "hesim inmb": 8, "hesim p_best": 6, "hesim frontier": 2,
      ])
  }

  /// voi's values are plug-in values of other smoothers, EVSI also with other simulated data: within 3 combined
  /// errors, where the packages' own error is unknown our own is taken for it.
  @Test func `EVPPI and EVSI agree with voi within their errors`() throws {
    let workplace = try analysis()
    var compared = 0
    for row in try reference() where row.package == "voi" && row.figure != "evpi" {
      let own: [String: String]
      let name: String
      if row.figure == "evppi" {
        own = try found(
          try workplace.table("out/evppi.csv"),
          ["parameters": row.strategy, "wtp": row.wtp])
        name = "plug_in"
      } else {
        let size = String(row.figure.split(separator: " ")[1])
        own = try found(
          try workplace.table("out/evsi.csv"),
          [
            "study": row.strategy == "mean" ? "mean:price:400" : "proportion:risk",
            "method": "regression", "sample_size": size, "wtp": row.wtp,
          ])
        name = "evsi"
      }
      let value = try #require(Double(own[name] ?? ""))
      let error = try #require(Double(own["mcse"] ?? ""))
      let both = (error * error + (row.error ?? error) * (row.error ?? error)).squareRoot()
      #expect(abs(value - row.value) <= 3 * both, "\(row): \(value) ± \(error)")
      compared += 1
    }
    #expect(compared == 8 + 8)
  }
}
