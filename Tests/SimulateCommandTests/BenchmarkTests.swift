// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// `simulate benchmark`: its table, its file, and what it refuses.
@Suite struct BenchmarkTests {
  @Test func writesARowPerFamilyAndNumberOfWorkers() throws {
    let workplace = try Workplace()
    let outcome = try workplace.simulate(
      "benchmark", "--draws", "2000", "--rounds", "2", "--workers", "1", "--output", "speed.csv")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("Draws per second, generator included"))
    let table = try workplace.table("speed.csv")
    #expect(
      table.header == [
        "family", "member", "workers", "draws_per_second", "draws_per_second_per_worker",
        "nanoseconds_per_draw", "gsl_draws_per_second", "gsl_draws_per_second_per_worker", "ratio",
      ])
    let families = table.rows.map { $0[0] }
    #expect(Set(families).count == families.count)
    let listed = try workplace.simulate("distributions").output
    for family in families { #expect(listed.contains("\n  \(family):"), "\(family)") }
    #expect(Set(families).isSuperset(of: ["normal", "gamma", "beta", "triangular"]))
    for row in table.rows {
      #expect(row[1].hasPrefix(row[0] + "(") && row[1].hasSuffix(")"))
      #expect(row[2] == "1")
      let rate = try #require(Double(row[3]))
      let nanoseconds = try #require(Double(row[5]))
      #expect(rate > 0 && abs(rate * nanoseconds * 1e-9 - 1) < 1e-9)
      #expect(row[3] == row[4])
      #expect(row[6].isEmpty == row[8].isEmpty)
    }
    #expect(table.rows.contains { $0[0] == "triangular" && $0[6].isEmpty })
    #expect(table.rows.contains { $0[0] == "gamma" && !$0[6].isEmpty })
    #expect(workplace.content == ["speed.csv"])

    // A second time it replaces its own file.
    let again = try workplace.simulate(
      "benchmark", "-d", "1000", "-r", "1", "-w", "1", "-o", "speed.csv", "--quiet")
    #expect(again.code == 0 && again.output.isEmpty, "\(again)")
    #expect(try workplace.table("speed.csv").header == table.header)
  }

  @Test func leavesOtherFilesAlone() throws {
    let workplace = try Workplace()
    try workplace.write("mine\n", to: "speed.csv")
    let outcome = try workplace.simulate("benchmark", "-d", "1000", "-r", "1", "-o", "speed.csv")
    #expect(outcome.code == 74)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.hasPrefix("speed.csv: error: cannot write: something that is no benchmark"))
    #expect(try workplace.text("speed.csv") == "mine\n")
    let nowhere = try workplace.simulate("benchmark", "-d", "1000", "-r", "1", "-o", "no/where.csv")
    #expect(nowhere.code == 74)
    #expect(workplace.content == ["speed.csv"])
  }

  @Test(
    arguments: [
      ["--draws", "0"], ["--draws", "1e10"], ["--rounds", "0"], ["--rounds", "1001"],
      ["--workers", "0"], ["--workers", "1025"], ["--output", ""], ["file"],
    ])
  func wrongUsage(_ arguments: [String]) throws {
    let outcome = try Workplace().simulate(["benchmark"] + arguments)
    #expect(outcome.code == 64, "\(outcome)")
    #expect(outcome.errors.hasPrefix("Error: "))
  }
}
