// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// Slips that are found where they are written, in words of the file.
@Suite struct HostileScenarioTests {
  private func text(_ lines: String) -> String {
    """
    utfall: 1
    parameters:
      a: normal(1, 1)
      q: beta(2, 8)
      k: 2
    outputs:
      x: a + q
    \(lines)
    """
  }

  @Test(arguments: [
    ("strategies: {}", "8:1 an empty section `strategies`"),
    ("not_priced: []", "8:1 an empty section `not_priced`"),
    ("parameter_tables: []", "8:19 an empty list as `parameter_tables`"),
    ("one_way: {vary: []}", "8:17 an empty list as `vary`"),
    ("thresholds: {vary: []}", "8:20 an empty list as `vary`"),
    ("thresholds: {outputs: []}", "8:23 an empty list as `outputs`"),
    ("decision: {cost: a, effect: q, groups: {g: []}}", "8:44 an empty list as `g`"),
    ("include: []", "8:10 an empty list as `include`"),
  ])
  func emptyPartsAreRefused(_ line: String, _ problem: String) {
    #expect(problems(in: text(line)) == [problem])
  }

  @Test func limitsThatLimitNothingAreRefused() {
    #expect(
      problems(
        in: text("").replacing(
          "a: normal(1, 1)", with: "a: {value: \"normal(1, 1)\", truncate: [none, none]}"))
        == ["3:40 `truncate` without a limit"])
  }

  // MARK: Counts

  @Test(arguments: [
    ("binomial(n = 10.5, p = q)", "3:19 n = 10.5"), ("binomial(n = -1, p = q)", "3:19 n = -1"),
    ("binomial(n = k, p = 1.2)", "3:26 p = 1.2"), ("binomial(10.5, q)", "3:15 n = 10.5"),
    ("bernoulli(p = 0 * k + 2)", ""),
  ])
  func constantArgumentsOfCountsAreCheckedWhereTheyStand(_ value: String, _ problem: String) {
    let found = problems(in: text("").replacing("a: normal(1, 1)", with: "a: \(value)"))
    // A formula of other quantities is not constant, though it comes out so.
    if problem.isEmpty {
      #expect(found.count == 1 && found[0].contains("p = 2 when all else is at its base"))
    } else {
      #expect(found == [problem])
    }
  }

  private func multinomial(_ n: String, _ dimensions: String = "") -> String {
    """
    utfall: 1
    dimensions:
      state: [home, ill]
      kind: [one, two]
    parameters:
      q: beta(2, 8)
      by_kind: {by: kind, value: {one: 10, two: 20}}
      x:
        by: state
        multinomial:
          n: \(n)
          probabilities: {home: 1 - q, ill: q}
    outputs:
      y: x
    """
  }

  @Test(arguments: ["10.5", "-1", "1e10", "21 / 2"])
  func whatNothingIsCountedAmongIsRefused(_ n: String) {
    let found = diagnostics(of: multinomial(n))
    #expect(found.count == 1)
    #expect(found.first?.line == 11 && found.first?.column == 10)
    #expect(found.first?.found.hasSuffix("of a `multinomial`") == true)
  }

  @Test func zeroAndWholeNumbersAreCounts() {
    #expect(problems(in: multinomial("0")) == [])
    #expect(problems(in: multinomial("5 * 4")) == [])
  }

  @Test(arguments: [
    ("{home: 0.5, ill: 0.6}", "12:22 `probabilities` that add up to 1.1"),
    ("{home: 0.5, ill: 0.4}", "12:22 `probabilities` that add up to 0.9"),
    ("0.4", "12:22 `probabilities` that add up to 0.8"),
    ("{home: 1.5, ill: -0.5}", "12:22 `probabilities` with -0.5 among them"),
    ("{home: 1/3, ill: 2/3}", ""), ("50%", ""), ("{home: q, ill: 0.9}", ""),
  ])
  func knownChancesAddUpToOne(_ chances: String, _ problem: String) {
    let text = multinomial("10").replacing("{home: 1 - q, ill: q}", with: chances)
    let found = problems(in: text).map { $0.replacing("12:29", with: "12:22") }
    #expect(found.count == (problem.isEmpty ? 0 : 1))
    #expect(found.allSatisfy { $0.hasPrefix(problem) }, "\(found)")
  }

  @Test(arguments: [
    ("{p: 0.5, q: 0.6}", "6:12 probabilities of row `p` that add up to 1.1"),
    ("{p: 0.5}", "6:12 probabilities of row `p` that add up to 0.5"),
    ("{p: 1.5, q: -0.5}", "6:12 probabilities of row `p` with -0.5 among them"),
    ("{p: 1.2, q: rest}", "6:12 probabilities of row `p` that add up to 1.2"),
    ("{p: rest, q: 0.4}", ""), ("{p: 30%, q: 7/10}", ""), ("{p: k, q: 0.9}", ""),
  ])
  func knownTransitionsAddUpToOne(_ row: String, _ problem: String) {
    let text = """
      utfall: 1
      dimensions: {s: [p, q], y: 1..3}
      parameters: {k: 0.1}
      variables:
        t: {transitions: s, rows: {q: {q: 1}, p: \(row)}}
        c: {over: y, by: s, first: {p: 1, q: 0}, then: "move(previous(c), t)"}
      outputs: {x: "c[s = p]"}
      """
    let found = problems(in: text).map { $0.drop { $0 != " " } }
    #expect(found.count == (problem.isEmpty ? 0 : 1))
    #expect(found.allSatisfy { $0.hasPrefix(problem.drop { $0 != " " }) }, "\(found)")
  }

  @Test func dimensionsAreNamed() {
    #expect(
      problems(in: variant("s: {by: [], value: 3}")) == ["10:15 an empty list as `by`"])
  }

  @Test func labelsDrawnTogetherKeepTheirDimensionLast() {
    let found = diagnostics(of: multinomial("by_kind"))
    #expect(found.map(\.expected) == ["`by: [kind, state]`"])
  }

  // MARK: Variants

  private func variant(_ set: String) -> String {
    """
    utfall: 1
    dimensions:
      d: [one, two]
    parameters:
      x: {by: d, value: {one: "normal(1, 1)", two: 2}}
      s: normal(5, 1)
    variants:
      v:
        set:
          \(set)
    outputs:
      y: x
      z: s
    """
  }

  @Test(arguments: [
    "x: {by: d, value: {one: 3, otherwise: 4}}", "x: {one: 3, two: 4}",
    "x: {by: d, value: \"normal(0, 1)\"}", "s: {by: d, value: {one: 3, two: 4}}",
    "s: {each: d, value: \"normal(0, 1)\"}", "x: {each: d, value: \"normal(0, 1)\"}",
  ])
  func tablesByLabelMayTakeTheirPlace(_ set: String) throws {
    let scenario = try read(variant(set))
    _ = try scenario.compiled()
  }

  @Test(arguments: [
    ("s: {by: d}", "10:7 the value of `s` without `value`"),
    ("s: {by: e, value: 3}", "10:15 the unknown dimension `e`"),
    ("s: s + 1", "10:10 `s` in its own value under `set`"),
    ("x: {by: d, value: {one: 3}}", "10:"),
  ])
  func otherTablesAreRefused(_ set: String, _ problem: String) {
    let found = problems(in: variant(set))
    #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix(problem) }, "\(found)")
  }

  // MARK: Files

  @Test func pathsThatLeadNowhereSayWhy() throws {
    let folder = try FileFolder(["file": "x"])
    let files = FileManager.default
    try files.createDirectory(atPath: folder.path + "/sub", withIntermediateDirectories: true)
    for (link, target) in [("loop.yaml", "loop.yaml"), ("gone.yaml", "nowhere.yaml")] {
      try files.createSymbolicLink(
        atPath: folder.path + "/" + link, withDestinationPath: target)
    }
    for (path, problem) in [
      ("loop.yaml", "`loop.yaml`, a symbolic link that leads back to itself"),
      ("gone.yaml", "`gone.yaml`, a symbolic link to a file that is not there"),
      ("file/x.yaml", "the path `file/x.yaml`, which goes through a file"),
      ("sub", "the folder `sub`"), (".", "the folder `.`"),
    ] {
      let text = "utfall: 1\ninclude: [\"\(path)\"]\nparameters: {a: 1}\noutputs: {x: a}\n"
      try Data(text.utf8).write(to: URL(filePath: folder.path + "/a.yaml"))
      #expect(folder.problems() == ["a.yaml:2:11 \(problem)"])
    }
  }

  /// Faults of a matrix in a file are told at its cells.
  @Test(arguments: [
    ("a,q\n1,0.2\n0.3,1\n", "m.csv:3:1 two different correlations between `a` and `q`"),
    ("a,zz\n1,\n0.3,1\n", "m.csv:1:3 `zz`, which is not a parameter"),
    ("a,a\n1,\n0.3,1\n", "m.csv:1:3 `a` in two correlations"),
    ("a,k\n1,\n0.3,1\n", "m.csv:1:3 the constant `k` in a correlation"),
    ("a,q\n1,\n1.5,1\n", "m.csv:3:1 the correlation 1.5 between `a` and `q`"),
    ("a,q\n1,\n0.5,2\n", "m.csv:3:5 the correlation 2 of `q` with itself"),
  ])
  func faultsOfMatricesAreToldAtTheirCells(_ csv: String, _ problem: String) throws {
    let folder = try FileFolder([
      "m.csv": csv, "a.yaml": text("correlate: [{spearman: {file: m.csv}}]"),
    ])
    #expect(folder.problems() == [problem])
  }

  @Test(arguments: [
    ("a,q,a\n1,,\n0,1,\n0,0,1\n", "m.csv:1:5 two columns `a` in the matrix"),
    (
      "a,q,b\n1,,\n0,1,\n0,0,1\n",
      "m.csv:1:5 the column `b` of the matrix, which is no parameter here"
    ),
    ("a,z\n1,\n0,1\n", "m.csv:1:1 a matrix without the parameter `q`"),
  ])
  func faultsOfNamesAreToldInTheHeader(_ csv: String, _ problem: String) throws {
    let folder = try FileFolder([
      "m.csv": csv,
      "a.yaml": text("correlate: [{parameters: [a, q], spearman: {file: m.csv}}]"),
    ])
    #expect(folder.problems() == [problem])
  }
}
