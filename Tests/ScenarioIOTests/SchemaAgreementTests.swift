// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// The reader and the schema say the same of every section: what is refused, what is required, which words
/// and which kinds of value a key takes.
@Suite struct SchemaAgreementTests {
  /// A good scenario with `@` where lines of the section go, and such lines.
  struct Probe: Sendable {
    let text: String
    let lines: [String: String]
    var file: String { "a.yaml" }

    /// The scenario with other lines in the section.
    func scenario(_ lines: [String: String]) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
        guard let place = line.firstIndex(of: "@") else { return [String(line)] }
        var indent = String(line[..<place])
        return lines.sorted { $0.key < $1.key }.map { key, value in
          defer { indent = String(repeating: " ", count: indent.count) }
          return indent + key + ": " + value
        }
      }.joined(separator: "\n") + "\n"
    }
  }

  private static let head = """
    utfall: 1
    ranges: ci95
    base_is: mean
    dimensions:
      year: 2020..2022
      state: [home, dead]
    strategies: [usual, new]
    parameters:
      a: gamma(mean = 5, sd = 2)
      b: normal(mean = 0, sd = 1)

    """
  private static let tail = "\noutputs:\n  o: a"

  private static func entry(_ section: String, _ lines: [String: String]) -> Probe {
    Probe(text: head + "\(section):\n  x:\n    @" + tail, lines: lines)
  }
  private static func parameter(_ lines: [String: String]) -> Probe {
    Probe(text: head + "  x:\n    @" + tail, lines: lines)
  }
  private static func block(_ section: String, _ lines: [String: String]) -> Probe {
    Probe(text: head + "\(section):\n  @" + tail, lines: lines)
  }

  static let probes: [KeySection: Probe] = [
    .scenario: Probe(
      text: "@", lines: ["utfall": "1", "parameters": "{a: 5}", "outputs": "{o: a}"]),
    .run: block("run", ["seed": "7"]),
    .dimension: Probe(
      text: "utfall: 1\ndimensions:\n  x:\n    @\nparameters:\n  a: 5" + tail,
      lines: ["labels": "[p, q]"]),
    .parameter: parameter(["value": "6 (2 to 12)", "family": "gamma"]),
    .member: parameter(["mixture": "\n      - {weight: 0.5, value: 1}\n      - @"]).member,
    .data: parameter(["data": "\n      @"]).inner([
      "file": "norway-centres.csv", "column": "users", "as": "empirical",
    ]),
    .labelTable: parameter(["by": "year", "table": "\n      @"]).inner(["file": "years.csv"]),
    .parameterTable: Probe(
      text: head + "parameter_tables:\n  - @" + tail, lines: ["file": "sheet.csv"]),
    .sheetColumns: Probe(
      text: head + "parameter_tables:\n  - file: sheet.csv\n    columns:\n      @" + tail,
      lines: ["name": "name", "value": "value"]),
    .rows: entry("rows", ["file": "norway-centres.csv", "columns": "{area: m2}", "draw": "one"]),
    .correlation: Probe(
      text: head + "correlate:\n  - @" + tail, lines: ["parameters": "[a, b]", "spearman": "0.5"]),
    .variable: entry("variables", ["value": "a"]),
    .line: entry("costs", ["value": "a"]),
    .output: Probe(text: head + "outputs:\n  o: a\n  x:\n    @", lines: ["value": "a"]),
    .histogram: Probe(
      text: head + "outputs:\n  o:\n    value: a\n    histogram:\n      @", lines: ["bins": "9"]),
    .perspective: entry("perspectives", ["payers": "all"]),
    .variant: entry("variants", ["freeze": "all"]),
    .otherParameter: Probe(
      text: head + "variants:\n  v:\n    set:\n      a:\n        @" + tail,
      lines: ["value": "6 (2 to 12)", "family": "gamma"]),
    .otherRule: Probe(
      text: head + "variables:\n  x: a\nvariants:\n  v:\n    set:\n      x:\n        @" + tail,
      lines: ["value": "a * 2"]),
    .decision: block("decision", ["cost": "a", "effect": "b"]),
    .willingnessToPay: Probe(
      text: head + "decision:\n  cost: a\n  effect: b\n  willingness_to_pay:\n    @" + tail,
      lines: ["to": "10", "step": "5"]),
    .population: Probe(
      text: head + "decision:\n  cost: a\n  effect: b\n  population:\n    @" + tail,
      lines: ["incidence": "100", "horizon": "3", "rate": "4%"]),
    .oneWay: block("one_way", ["vary": "all"]),
    .stop: Probe(
      text: head + "run:\n  stop:\n    @" + tail, lines: ["when": "mean of o within 1"]),
    .dirichlet: parameter(["by": "state", "dirichlet": "\n      @"])
      .inner(["counts": "{home: 3, dead: 4}"]),
    .multinomial: parameter(["by": "state", "multinomial": "\n      @"])
      .inner(["n": "100", "probabilities": "{home: 0.3, dead: 0.7}"]),
    .multivariateNormal: parameter(["by": "state", "multivariate-normal": "\n      @"])
      .inner(["means": "{home: 1, dead: 2}", "covariances": "[[1, 0.5], [0.5, 2]]"]),
    .matrix: Probe(
      text: head + "correlate:\n  - parameters: [a, b]\n    spearman:\n      @" + tail,
      lines: ["file": "matrix.csv"]),
    .study: Probe(
      text: head + "decision:\n  cost: a\n  effect: b\n  studies:\n    s:\n      @" + tail,
      lines: ["data": "mean", "parameter": "a", "sd": "1", "sizes": "[10, 20]"]),
    .twoLevel: Probe(
      text: head + "decision:\n  cost: a\n  effect: b\n  two_level:\n    @" + tail,
      lines: ["outer": "100"]),
    .points: Probe(
      text: head + "two_way:\n  t:\n    b: [1, 2]\n    a:\n      @" + tail,
      lines: ["points": "5"]),
    .series: Probe(
      text: head + "two_way:\n  t:\n    b: [1, 2]\n    a:\n      @" + tail,
      lines: ["from": "1", "to": "2", "step": "0.5"]),
    .thresholds: block("thresholds", ["vary": "all"]),
    .sobolIndices: block("sobol_indices", ["vary": "all"]),
  ]

  private let schema = try! SchemaChecker(ScenarioSchema.text())
  private let folder = try! FileFolder([
    "norway-centres.csv": "area,users\n1,2\n3,4\n", "matrix.csv": "a,b\n1,0.5\n0.5,1\n",
    "years.csv": "year,value\n2020,1\n2021,2\n2022,3\n", "sheet.csv": "name,value\ny,1\n",
  ])

  private func problems(_ text: String) -> [String] {
    do throws(ScenarioError) {
      _ = try ScenarioReader.read(text: text, file: folder.path + "/a.yaml")
      return []
    } catch .invalid(let diagnostics) {
      return diagnostics.map(\.found)
    } catch {
      return ["\(error)"]
    }
  }

  private func faults(_ text: String) throws -> [String] {
    schema.faults(try #require(EditorValue(yaml: text), "\(text)"))
  }

  static let probed = KeySection.allCases.filter { $0 != .includedFile }

  @Test(arguments: probed)
  func probesAreGood(_ section: KeySection) throws {
    let probe = try #require(Self.probes[section])
    let text = probe.scenario(probe.lines)
    #expect(problems(text) == [], "\(text)")
    #expect(try faults(text) == [], "\(text)")
  }

  /// Slips inside an entry that may also be a table by label are for the reader alone.
  private static let open: Set<KeySection> = [.otherParameter, .otherRule]

  @Test(arguments: probed)
  func unknownKeysAreRefused(_ section: KeySection) throws {
    let probe = try #require(Self.probes[section])
    let text = probe.scenario(probe.lines.merging(["zzz": "1"]) { a, _ in a })
    #expect(problems(text).contains("the unknown key `zzz`"), "\(problems(text))")
    if !Self.open.contains(section) { #expect(try !faults(text).isEmpty, "\(text)") }
  }

  @Test(arguments: probed)
  func requiredKeysAreRequired(_ section: KeySection) throws {
    let probe = try #require(Self.probes[section])
    for key in section.keys where key.isRequired {
      let text = probe.scenario(probe.lines.filter { $0.key != key.name })
      #expect(!problems(text).isEmpty, "\(text)")
      #expect(try !faults(text).isEmpty, "\(text)")
    }
  }

  @Test(arguments: probed)
  func wordsAreThoseOfTheReader(_ section: KeySection) throws {
    let probe = try #require(Self.probes[section])
    for key in section.keys {
      guard case .words(let words) = key.type else { continue }
      for word in words where !["\t", "\\t", ",", ";", "."].contains(word) {
        let text = probe.scenario(probe.lines.merging([key.name: word]) { _, new in new })
        let refused = problems(text).filter {
          $0.hasPrefix("`\(word)` as ") || $0.contains("unknown family `\(word)`")
        }
        // `piecewise-linear` and `metalog` are shapes of stated percentiles alone.
        if key.name == "family", ["piecewise-linear", "metalog"].contains(word) { continue }
        #expect(refused == [], "\(section) \(key.name): \(word)")
        #expect(try faults(text) == [], "\(text)")
      }
      let text = probe.scenario(probe.lines.merging([key.name: "zzz"]) { _, new in new })
      #expect(problems(text).contains { $0.contains("`zzz`") }, "\(section) \(key.name)")
      if !Self.open.contains(section) { #expect(try !faults(text).isEmpty, "\(text)") }
    }
  }

  /// A kind of value that no key takes in this place is refused by both.
  @Test(arguments: probed)
  func kindsOfValueAreThoseOfTheReader(_ section: KeySection) throws {
    let probe = try #require(Self.probes[section])
    for key in section.keys {
      for value in Self.wrong(key.type) {
        let text = probe.scenario(probe.lines.merging([key.name: value]) { _, new in new })
        #expect(!problems(text).isEmpty, "\(section) \(key.name): \(value)")
        if !Self.open.contains(section) {
          #expect(try !faults(text).isEmpty, "\(section) \(key.name): \(value)")
        }
      }
    }
  }

  private static func wrong(_ type: KeyType) -> [String] {
    switch type {
    case .text, .number, .wholeNumber, .words, .formula, .assessment, .empty:
      ["[[1]]", "{p: {q: 1}}", ""]
    case .byLabel: ["[[1]]", ""]
    case .list: ["{p: 1}", "zzz", ""]
    case .names, .section: ["[[1]]", "zzz", ""]
    case .either: [""]
    }
  }
}

extension SchemaAgreementTests.Probe {
  /// The probe whose one line holds the place of further lines.
  fileprivate func inner(_ lines: [String: String]) -> Self {
    Self(text: scenario(self.lines), lines: lines)
  }

  fileprivate var member: Self {
    inner(["weight": "0.5", "value": "6 (2 to 12)", "family": "gamma"])
  }
}
