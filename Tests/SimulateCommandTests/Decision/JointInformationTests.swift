// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// The two-level check of quantities that are drawn together, against `References/joint_information.py`.
@Suite struct JointInformationTests {
  static let text = """
    utfall: 1
    strategies: [old, new]
    run: {seed: 41, iterations: 20000}
    dimensions:
      state: [home, ward, dead]
      term: [a, b]
    rows:
      cohort:
        file: cohort.csv
        draw: one
        columns: {v: , u: }
    parameters:
      share: {by: state, dirichlet: {counts: {home: 12, ward: 6, dead: 2}}}
      coefficient:
        by: term
        multivariate-normal:
          means: {a: 1, b: 0.5}
          sds: {a: 0.5, b: 0.4}
          correlations: [[1], [-0.3, 1]]
      counted: {by: state, multinomial: {n: 20, probabilities: {home: 0.5, ward: 0.3, dead: 0.2}}}
      severity: {by: state, dirichlet: {means: {home: 0.7, ward: 0.25, dead: 0.05}, size: 40}}
      admitted: {by: state, multinomial: {n: 12, probabilities: severity}}
      noise: "normal(mean = 0, sd = 0.5)"
    variables:
      parts: >-
        10 * (share[state = home] - share[state = ward] / 2)
        + coefficient[term = a] + 2 * coefficient[term = b]
        + 0.3 * (counted[state = home] - counted[state = ward]) + v + u
        + 0.5 * admitted[state = home] + 4 * severity[state = home] + noise
    effects:
      gain: {by: strategy, value: {old: 0, new: parts - 17.5}}
    costs:
      none: {by: strategy, value: {old: 0, new: 0}}
    decision:
      willingness_to_pay: [1]
      groups: {ward: [severity, admitted]}
      two_level: {outer: 4000, inner: 100}
    outputs:
      benefit: parts - 17.5

    """

  private func table(_ text: String) throws -> CSVTable {
    let workplace = try Workplace()
    try workplace.write(text, to: "case.yaml")
    try workplace.write("v,u\n1,0.5\n2,-0.5\n4,1\n9,0\n-3,1.5\n", to: "cohort.csv")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    return try workplace.table("results/case/evppi-check.csv")
  }

  /// Each part is known as a whole. At 4 errors: false-alarm rate 4e-4 for another seed.
  @Test func `Dirichlet, normals, counts and rows are held as wholes`() throws {
    let table = try table(Self.text)
    #expect(
      try table.column("name") == [
        "share", "coefficient", "counted", "severity", "admitted", "noise", "cohort", "ward",
      ])
    func field(_ row: [String], _ name: String) -> String {
      row[table.header.firstIndex(of: name) ?? 0]
    }
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "References/joint_information.csv")
    let reference = try CSVTable(Array(try Data(contentsOf: url)))
    #expect(reference.rows.count == 6)
    for known in reference.rows {
      let row = try #require(table.rows.first { field($0, "name") == known[0] })
      let exact = try #require(Double(known[1]))
      let value = try #require(Double(field(row, "two_level")))
      let error = try #require(Double(field(row, "two_level_mcse")))
      #expect(abs(value - exact) <= 4 * error, "\(row) against \(exact)")
      #expect(error < 0.03)
      if known[0] == "cohort" {
        // Rows are no column of the draws.
        #expect(field(row, "evppi").isEmpty && field(row, "agrees") == "no regression")
      } else {
        let regression = try #require(Double(field(row, "evppi")))
        let own = try #require(Double(field(row, "mcse")))
        #expect(abs(regression - exact) <= 4 * own, "\(row) against \(exact)")
        #expect(field(row, "agrees") == "yes", "\(row)")
      }
    }
  }

  /// Counts whose probabilities are drawn say something about them: only both together can be held.
  @Test func `What follows from other draws is not covered alone, and says so`() throws {
    let table = try table(
      Self.text.replacing(
        "{outer: 4000, inner: 100}", with: "{check: [admitted, cohort], outer: 10}"))
    #expect(try table.column("name") == ["admitted", "cohort"])
    #expect(try table.column("agrees") == ["not covered", "no regression"])
    #expect(try table.column("two_level")[0].isEmpty)
    #expect(try table.column("reason")[0].hasPrefix("`admitted` follows from other quantities"))
    #expect(try table.column("reason")[1].isEmpty)
  }

  /// The places of outer and inner draws are those of the message, not an iteration of the run.
  @Test func `A value that is no number is told by its outer and inner draw`() throws {
    let workplace = try Workplace()
    let text = StudyTests.decision(
      "p: \"normal(mean = 0, sd = 1)\"\nq: uniform(0, 1)", benefit: "p + sqrt(q - 0.0001)",
      "two_level: {outer: 400, inner: 100}", iterations: 1000
    ).replacing("benefit: p + sqrt(q - 0.0001)", with: "benefit: p")
    try workplace.write(text, to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet")
    #expect(outcome.code == 70, "\(outcome)")
    let words = try #require(
      outcome.errors.firstMatch(
        of: #/in the two-level check of `p`, outer draw (\d+), inner draw (\d+), which/#))
    let (outer, inner) = (try #require(Int(words.1)), try #require(Int(words.2)))
    #expect((1...400).contains(outer) && (1...100).contains(inner))
    #expect(!outcome.errors.contains("iteration"))
    #expect(workplace.content == ["case.yaml"])
  }
}
