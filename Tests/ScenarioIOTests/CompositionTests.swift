// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Mixtures, pools, stated percentiles, categories and data.
@Suite struct CompositionTests {
  private func text(_ lines: [String]) -> String {
    scenario(parameters: "a:\n    " + lines.joined(separator: "\n    "))
  }

  private func law(_ lines: String...) throws -> any Distribution {
    try #require(try read(text(lines)).parameters.first).distribution
  }

  @Test func mixturesHaveTheMeanOfTheirMembers() throws {
    let law = try law(
      "mixture:", "  - {weight: 30%, value: 0}", "  - weight: 0.7",
      "    value: gamma(mean = 3000, sd = 2000)")
    #expect(abs(law.mean - 2100) < 1e-9)
    // 0.7 (2000² + 900²) + 0.3 · 2100²
    #expect(abs(law.variance - 4_690_000) < 1e-6)
    #expect(abs(law.cumulative(0) - 0.3) < 1e-15)
  }

  @Test func poolsWeighExpertsAlikeUnlessTheySay() throws {
    let equal = try law(
      "pool:", "  - {expert: A, value: 6 (2 to 12)}", "  - {expert: B, value: 9 (5 to 12)}",
      "family: gamma")
    #expect(abs(equal.mean - 7.5) < 1e-12)
    let weighed = try law(
      "pool:", "  - {weight: 2, value: 6 (2 to 12)}", "  - {weight: 1, value: 9 (5 to 12)}",
      "family: gamma")
    #expect(abs(weighed.mean - 7) < 1e-12)
  }

  @Test(arguments: ["gamma", "piecewise-linear", "metalog"])
  func percentilesAreMet(_ family: String) throws {
    let inner = family == "piecewise-linear" ? "0: 0, 20: 2, 95: 14, 100: 20" : "5: 2, 95: 14"
    let more = family == "metalog" ? ["lower: 0", "upper: none", "terms: 3"] : []
    let list = family == "metalog" ? "{2.5%: 1.6, p50: 6, 95: 14}" : "{\(inner)}"
    let parameter = try #require(
      try read(text(["quantiles: \(list)", "family: \(family)"] + more)).parameters.first)
    #expect(parameter.family == family)
    for figure in parameter.figures {
      let implied = try #require(figure.implied(by: parameter.distribution))
      #expect(abs(implied - figure.value) <= 1e-9 * max(1, figure.value), "\(figure.name)")
    }
  }

  @Test(arguments: ["mean", "median"])
  func allMeetsThreeNumbers(_ centre: String) throws {
    let parameter = try #require(
      try read(
        text(["value: 6 (2 to 12)", "fit: all", "family: gamma", "base_is: \(centre)"])
      ).parameters.first)
    #expect(parameter.family == "metalog")
    #expect(parameter.distribution.support.lower == 0)
    #expect(parameter.figures.count == 3)
    for figure in parameter.figures {
      let implied = try #require(figure.implied(by: parameter.distribution))
      #expect(abs(implied - figure.value) <= 1e-8 * figure.value, "\(figure.name)")
    }
  }

  @Test func categoriesAreDrawnByWeight() throws {
    let law = try law("categorical: {1: 0.2, 2: 0.5, 10: 0.3}")
    #expect(abs(law.mean - 4.2) < 1e-14)
  }

  @Test(
    arguments: [
      (["value: 5", "mixture: 3"], "7:5 `mixture` beside `value`"),
      (["mixture: 3"], "6:14 the text `3` as `mixture`"),
      (["mixture:", "  - 1", "  - 2"], "6:5 a mixture with 0 weights for 2 members"),
      (["mixture:", "  - {weight: 0.3, value: 1}"], "6:5 1 member of a mixture"),
      (
        ["mixture:", "  - {weight: 0.3, value: 1}", "  - {weight: 0.3, value: 2}"],
        "6:5 weights that sum to 0.6"
      ),
      (["mixture:", "  - {weight: -1, value: 1}", "  - 2"], "7:18 the weight `-1`"),
      (
        ["pool:", "  - {weight: 0.3, value: 1}", "  - 3"], "6:5 a pool with 1 weight for 2 members"
      ),
      (["quantiles: {5: 2}", "family: gamma"], "6:5 1 quantile"),
      (
        ["quantiles: {5: 2, 95: 4}"], "6:16 `quantiles` without the family of their distribution"
      ),
      (
        ["quantiles: {5: 2, 50: 3, 95: 4}", "family: metalog"],
        "6:16 a metalog whose limits are not stated"
      ),
      (["quantiles: {5: 2, 500: 4}", "family: gamma"], "6:23 `500` as a percent"),
      (["quantiles: {5: 2, p5: 4}", "family: gamma"], "6:23 the percent 5 twice"),
      (
        ["quantiles: {5: 2, 95: 4}", "family: piecewise-linear"],
        "6:16 probabilities from 0.05 to 0.95"
      ),
      (
        ["value: 6 (2 to 12)", "fit: all"],
        "6:12 fit all of a quantity whose limits are not stated"
      ),
      (
        ["value: 0.27 (0.26 to 1.80)", "fit: all", "family: gamma"],
        "6:12 mean 0.27 of 0.26 to 1.8"
      ),
      (["value: 5", "lower: 0"], "7:5 `lower` beside a single number"),
      (["categorical: {a: 2, 95: 4}"], "6:19 `a` as a value"),
      (["categorical: {3: 0.2, 95: 0.4}"], "6:5 weights that sum to 0.6"),
    ] as [([String], String)])
  func refuses(_ lines: [String], _ found: String) {
    let all = problems(in: text(lines))
    #expect(all.contains { $0.hasPrefix(found) }, "\(all)")
  }

  @Test(
    arguments: [
      ("x;y\n1;2,5\n2;\"3,5\"\n", "decimal: \",\"", ""),
      ("x,y\r\n1,2.5\r\n2,3.5\r\n", "", ""),
      ("x;y\n1;2,5\n", "", "2:3 `2,5` as a number"), ("x,y\n1,2.5\n2\n", "", "3:1 a row of 1 cell"),
      ("x,y\n1,2.5\n2,\n", "", "3:3 an empty cell"), ("x,y\n", "", "1:1 a header without rows"),
      ("x,y\n1,\"2.5\n", "", "2:3 a quotation mark that is never closed"),
      ("x,y;z\n1,2\n", "", "1:1 a header with commas and semicolons"),
      ("x;y\n1;2.5\n", "decimal: \",\"", "2:3 a point in `2.5`"),
    ] as [(String, String, String)])
  func readsAColumn(_ csv: String, _ more: String, _ fault: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(csv.utf8).write(to: folder.appending(path: "x.csv"))
    let lines = ["data:", "  file: x.csv", "  column: y", "  as: empirical", "  \(more)"]
    let found = Result { () throws(ScenarioError) in
      try ScenarioReader.read(text: text(lines), file: folder.path + "/a.yaml")
    }
    switch found {
    case .success(let scenario):
      #expect(fault.isEmpty)
      #expect(scenario.parameters.first?.distribution.mean == 3)
    case .failure(.invalid(let problems)):
      let first = try #require(problems.first)
      #expect("\(first.line):\(first.column) \(first.found)".hasPrefix(fault) && !fault.isEmpty)
      #expect(first.file.hasSuffix("x.csv"))
    case .failure(let error): Issue.record("\(error)")
    }
  }

  @Test(arguments: ["/etc/passwd", "../x.csv", "link.csv", "none.csv"])
  func filesStayInTheFolder(_ path: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "link.csv"), withDestinationURL: URL(filePath: "/etc/passwd"))
    let lines = ["data:", "  file: \(path)", "  column: y", "  as: empirical"]
    #expect(throws: ScenarioError.self) {
      try ScenarioReader.read(text: text(lines), file: folder.path + "/a.yaml")
    }
  }
}
