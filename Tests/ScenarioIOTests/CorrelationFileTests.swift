// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Matrices in CSV files beside the scenario.
@Suite struct CorrelationFileTests {
  private func reading(_ csv: String, _ group: String) throws -> Result<Scenario, ScenarioError> {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "utfall-matrix-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(csv.utf8).write(to: folder.appending(path: "m.csv"))
    let text = """
      utfall: 1
      dimensions:
        term: [one, age]
      parameters:
        a: gamma(shape = 2, scale = 5)
        b: beta(2, 5)
        c: normal(0, 1)
      correlate:
        - \(group)
      outputs:
        x: a + b + c
      """
    let file = folder.appending(path: "s.yaml")
    try Data(text.utf8).write(to: file)
    return Result { () throws(ScenarioError) in try ScenarioReader.read(path: file.path) }
  }

  private func problem(_ csv: String, _ group: String) throws -> String {
    guard case .failure(.invalid(let diagnostics)) = try reading(csv, group) else { return "" }
    return diagnostics.map { "\($0.line):\($0.column) \($0.found)" }.joined(separator: "; ")
  }

  @Test(
    arguments: [
      "c,a,b\n1,0.1,0.2\n0.1,1,0.3\n0.2,0.3,1\n", "c;a;b\n1;;\n0.1;1;\n0.2;0.3;1\n",
      ",c,a,b\nc,1,,\na,0.1,1,\nb,0.2,0.3,1\n",
    ])
  func headersNameTheParameters(_ csv: String) throws {
    let scenario = try reading(csv, "spearman: {file: m.csv}").get()
    let expected = try CorrelationGroup(
      names: ["c", "a", "b"], matrix: [[1, 0.1, 0.2], [0.1, 1, 0.3], [0.2, 0.3, 1]],
      kind: .spearman)
    #expect(scenario.model.correlations == [expected])
    #expect(scenario.inputs.map(\.path) == ["m.csv"])
    let ordered = try reading(csv, "{parameters: [a, b, c], spearman: {file: m.csv}}").get()
    #expect(
      ordered.model.correlations == [
        try CorrelationGroup(
          names: ["a", "b", "c"], matrix: [[1, 0.3, 0.1], [0.3, 1, 0.2], [0.1, 0.2, 1]],
          kind: .spearman)
      ])
  }

  @Test func decimalCommasAreRead() throws {
    let scenario = try reading("a;b\n1;\n0,5;1\n", "spearman: {file: m.csv, decimal: comma}").get()
    #expect(
      scenario.model.correlations == [
        try CorrelationGroup(names: ["a", "b"], matrix: [[1, 0.5], [0.5, 1]], kind: .spearman)
      ])
  }

  @Test(
    arguments: [
      ("a,z\n1,0\n0,1\n", "1:3 ", "`z`, which is not a parameter"),
      ("a,a\n1,0\n0,1\n", "1:3 ", "`a` in two correlations"),
      ("a,b\n1,0\n", "1:1 ", "1 row below 2 names"),
      ("a,b,c\n1,0,0\n", "1:1 ", "1 row below 3 names"),
      ("a,b\n1,0\nx,1\n", "3:1 ", "`x` as a number"),
      ("a,b\n1,0,3\n0,1\n", "2:1 ", "a row of 3 cells"),
      ("a,b,c\n1,0,\n0,1,0\n0,0,1\n", "2:5 ", "`` as a number"),
      ("a,b,c\n1,,\n0,1,0\n0,0,1\n", "2:3 ", "a row with empty cells"),
      ("a,b,c\n1,0,0\n0,1,x\n0,0,1\n", "3:5 ", "`x` as a number"),
      ("a,b,c\n1,0,0\n0,1,0\n0, 1.5,1\n", "4:4 ", "two different correlations"),
      ("a,b,c\n1,0,0\n0,1,1.5\n0,1.5,1\n", "4:3 ", "the correlation 1.5 between `b` and `c`"),
      ("a,b,c\n1,0,0\n0,1,0\n0,0,2\n", "4:5 ", "the correlation 2 of `c` with itself"),
      (",a,b\nb,1,0\na,0,1\n", "2:1 ", "the row `b`"),
      ("a\n1\n", "9:", "1 parameters in a correlation"),
      ("", "1:1 ", "a table without content"),
    ])
  func badFilesAreRefused(_ csv: String, place: String, _ expected: String) throws {
    let found = try problem(csv, "spearman: {file: m.csv}")
    #expect(found.contains(expected), "\(found)")
    #expect(found.hasPrefix(place))
  }

  @Test func aFileThatIsNotThereIsRefused() throws {
    #expect(try problem("a,b\n1,0\n0,1\n", "spearman: {file: n.csv}").contains("`n.csv`"))
    #expect(try problem("a,b\n1,0\n0,1\n", "spearman: {path: m.csv}").contains("`path`"))
    #expect(
      try problem("a,b\n1,0\n0,1\n", "{parameters: [a, c], spearman: {file: m.csv}}")
        .contains("a matrix without the parameter `c`"))
  }

  @Test func nearestIsUsedWhenAskedFor() throws {
    let csv = "a,b,c\n1,,\n0.9,1,\n-0.9,0.9,1\n"
    #expect(try problem(csv, "spearman: {file: m.csv}").contains("least eigenvalue is -0.82"))
    let scenario = try reading(csv, "{spearman: {file: m.csv}, nearest: yes}").get()
    let adjustment = try #require(scenario.model.correlations.first?.adjustment)
    #expect(abs(adjustment.largestChange - 0.4174) < 1e-3)
    #expect(scenario.warnings.count == 1)
    #expect(try problem(csv, "{spearman: {file: m.csv}, nearest: perhaps}").contains("perhaps"))
  }
}
