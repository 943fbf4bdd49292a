// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Studies of scenario files and of the command line, against exact enumeration (`References/studies.py`).
@Suite struct StudyTests {
  /// Two strategies with the incremental net benefit `benefit` at a willingness to pay of 1.
  static func decision(
    _ parameters: String, benefit: String, _ rest: String, iterations: Int = 100_000
  ) -> String {
    """
    utfall: 1
    currency: NOK 2026
    strategies: [old, new]
    run: {seed: 41, iterations: \(iterations)}
    parameters:
    \(parameters.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    effects:
      gain:
        by: strategy
        value: {old: 0, new: \(benefit)}
    costs:
      none: {by: strategy, value: {old: 0, new: 0}}
    decision:
      willingness_to_pay: [1]
    \(rest.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    outputs:
      benefit: \(benefit)

    """
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let parameters: String
    let benefit: String
    let study: String
    let argument: String
    let columns: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "normal",
      parameters: """
        p1: "normal(mean = 1, sd = 1)"
        p2: "normal(mean = 0, sd = 2)"
        """, benefit: "p1 - p2", study: "data: mean, parameter: p1, sd: 1",
      argument: "mean:p1:1", columns: ["p1"]),
    Case(
      name: "beta",
      parameters: """
        p: beta(6, 14)
        noise: "normal(mean = 0, sd = 500)"
        """, benefit: "10000 * (p - 0.35) + noise", study: "data: proportion, parameter: p",
      argument: "proportion:p", columns: ["p"]),
    Case(
      name: "gamma",
      parameters: """
        r: "gamma(shape = 4, scale = 0.1)"
        noise: "normal(mean = 0, sd = 500)"
        """, benefit: "3000 * (0.45 - r) + noise",
      study: "data: rate, parameter: r, follow_up: 2", argument: "rate:r:2", columns: ["r"]),
    Case(
      name: "trial",
      parameters: """
        p0: beta(20, 30)
        ratio: "normal(mean = -0.25, sd = 0.35)"
        noise: "normal(mean = 0, sd = 500)"
        """, benefit: "5000 * (p0 - invlogit(logit(p0) + ratio)) - 250 + noise",
      study: "data: trial, baseline: p0, log_odds_ratio: ratio", argument: "trial:p0:ratio",
      columns: ["p0", "ratio"]),
  ]

  static func reference(_ name: String) throws -> [(size: Int, evppi: Double, evsi: Double)] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "References/studies.csv")
    let table = try CSVTable(Array(try Data(contentsOf: url)))
    return try table.rows.filter { $0[0] == name }.map { row in
      (try #require(Int(row[1])), try #require(Double(row[2])), try #require(Double(row[3])))
    }
  }

  /// The same uniforms for every size, of which counts are monotone functions: from one size to the next the
  /// error is a fraction of that of the value itself. Bounds from three seeds, of which the largest error was
  /// 0.14 (regression), 0.21 (importance sampling) and 0.56 (moment matching) MCSE.
  @Test(arguments: [
    ("beta", "{from: 50, to: 150, step: 10}"), ("gamma", "{from: 10, to: 30, step: 2}"),
  ])
  func `The curve over sizes is smooth`(_ name: String, _ sizes: String) throws {
    let item = try #require(Self.cases.first { $0.name == name })
    let exact = try Self.reference(name + " curve")
    let workplace = try Workplace()
    try workplace.write(
      Self.decision(
        item.parameters, benefit: item.benefit,
        "studies:\n  one: {\(item.study), sizes: \(sizes)}"), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    let table = try workplace.table("results/case/evsi.csv")
    for (method, bound) in [
      ("regression", 0.2), ("importance sampling", 0.3), ("moment matching", 0.7),
    ] {
      let rows = try table.rows.indices.filter { try table.column("method")[$0] == method }
      let values = try rows.map { try table.numbers("evsi")[$0] }
      let error = try table.numbers("mcse")[rows[0]]
      #expect(try rows.map { try Int(table.numbers("sample_size")[$0]) } == exact.map(\.size))
      for i in values.indices.dropFirst() {
        let step = exact[i].evsi - exact[i - 1].evsi
        #expect(abs(values[i] - values[i - 1] - step) < bound * error, "\(method) \(exact[i].size)")
      }
    }
  }

  /// Four cases, three or four sizes, three methods, each figure and its bound at 4 MCSE: false-alarm rate 3e-3
  /// for another seed.
  @Test(arguments: cases)
  func `All methods meet exact values from a scenario file`(_ item: Case) throws {
    let reference = try Self.reference(item.name)
    let sizes = reference.map { String($0.size) }.joined(separator: ", ")
    let workplace = try Workplace()
    try workplace.write(
      Self.decision(
        item.parameters, benefit: item.benefit,
        "studies:\n  one: {\(item.study), sizes: [\(sizes)]}"), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet", "--draws")
    #expect(outcome.code == 0, "\(outcome)")
    let table = try workplace.table("results/case/evsi.csv")
    #expect(table.rows.count == 3 * reference.count)
    let columns = try ["evsi", "mcse", "evppi", "evppi_mcse", "evpi"].map(table.numbers)
    for (row, size) in try table.numbers("sample_size").enumerated() {
      let exact = try #require(reference.first { Double($0.size) == size })
      #expect(
        abs(columns[0][row] - exact.evsi) <= 4 * columns[1][row],
        "\(table.rows[row]) against \(exact)")
      #expect(columns[1][row] < 0.1 * exact.evppi)
      #expect(abs(columns[2][row] - exact.evppi) <= 4 * columns[3][row], "\(table.rows[row])")
      #expect(columns[4][row] > columns[2][row])
    }
    #expect(!workplace.content.contains("results/case/enbs.csv"))
    try analyse(item, workplace, sizes, table)
  }

  /// The same draws from a file give the same figures, but for the seed of the data.
  private func analyse(
    _ item: Case, _ workplace: Workplace, _ sizes: String, _ table: CSVTable
  ) throws {
    let draws = try workplace.table("results/case/draws.csv")
    let benefit = try draws.column("benefit")
    let parameters = try item.columns.map(draws.column)
    var text = "cost:old,cost:new,effect:old,effect:new,\(item.columns.joined(separator: ","))\n"
    for row in benefit.indices {
      text += "0,0,0,\(benefit[row]),\(parameters.map { $0[row] }.joined(separator: ","))\n"
    }
    try workplace.write(text, to: "wide.csv")
    let outcome = try workplace.simulate(
      "analyse", "wide.csv", "--wtp", "1", "--study", item.argument, "--sizes",
      sizes.filter { $0 != " " }, "--seed", "41", "--quiet", "--output", "again")
    #expect(outcome.code == 0, "\(outcome)")
    let again = try workplace.table("again/evsi.csv")
    #expect(try again.column("evsi") == table.column("evsi"))
    #expect(try again.column("mcse") == table.column("mcse"))
    #expect(try workplace.table("again/evppi.csv").rows.count == item.columns.count)
  }

  @Test func `Net benefit of sampling is value for the population less cost`() throws {
    let workplace = try Workplace()
    try workplace.write(
      Self.decision(
        Self.cases[0].parameters, benefit: "p1 - p2",
        """
        population: {incidence: 500, horizon: 2, rate: 0}
        studies:
          cheap:
            data: mean
            parameter: p1
            sd: 1
            sizes: {from: 1, to: 31, step: 10}
            fixed_cost: 10
            cost_per_participant: 1
          dear: {data: mean, parameter: p1, sd: 1, sizes: 10, fixed_cost: 1 000 000}
        """, iterations: 20_000), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    let evsi = try workplace.table("results/case/evsi.csv")
    let enbs = try workplace.table("results/case/enbs.csv")
    #expect(enbs.rows.count == evsi.rows.count + 6)
    for row in enbs.rows {
      func field(_ name: String) -> String { row[enbs.header.firstIndex(of: name) ?? 0] }
      let size = try #require(Double(field("sample_size")))
      #expect(field("effective_population") == "1000")
      let isCheap = field("study") == "cheap"
      if size == 0 {
        #expect(field("enbs") == "0" && field("mcse") == "0")
        #expect(field("optimal") == (isCheap ? "no" : "yes"))
        continue
      }
      let own = try #require(
        evsi.rows.first {
          $0[1] == field("study") && $0[3] == field("method") && $0[4] == field("sample_size")
        })
      let cost = isCheap ? 10 + size : 1_000_000
      let value = try #require(Double(own[6]))
      let net = try #require(Double(field("enbs")))
      #expect(abs(net - (1000 * value - cost)) < 1e-6)
      #expect(Double(field("study_cost")) == cost)
      // In closed form 14.1, 55.4, 48.2 and 39.2 for 1, 11, 21 and 31 participants.
      if isCheap {
        #expect(field("optimal") == (size == 11 ? "yes" : size == 1 ? "no" : field("optimal")))
        #expect(field("optimal_size") == "11")
      } else {
        #expect(field("optimal_size") == "0" && field("optimal_size_high") == "0")
      }
    }
  }

  static let refusals = [
    ("{data: proportion, parameter: q, sizes: 5}", "12:46", "may be below 0"),
    ("{data: rate, parameter: q, sizes: 5}", "12:40", "may be below 0"),
    ("{data: mean, parameter: k, sd: 1, sizes: 5}", "12:40", "known number"),
    ("{data: mean, parameter: pp, sd: 1, sizes: 5}", "12:40", "not one parameter"),
    ("{data: mean, parameter: p, sizes: 5}", "12:13", "without `sd`"),
    ("{data: mean, parameter: p, sd: 0, sizes: 5}", "12:47", "above 0"),
    ("{data: mean, parameter: p, sd: 1}", "12:13", "without `sizes`"),
    ("{data: mean, parameter: p, sd: 1, sizes: [5, 4]}", "12:57", "ascending"),
    ("{data: mean, parameter: p, sd: 1, sizes: 0}", "12:57", "ascending"),
    ("{data: mean, parameter: p, sd: 1, sizes: {from: 1, to: 1000, step: 1}}", "12:57", "too many"),
    ("{data: mean, parameter: p, sd: 1, sizes: {from: 1, step: 1}}", "12:57", "without `to`"),
    ("{data: proportion, parameter: p, sd: 1, sizes: 5}", "12:49", "`sd` in a study"),
    ("{data: trial, baseline: p, log_odds_ratio: q, sizes: 5}", "12:69", "even numbers"),
    ("{data: trial, baseline: p, log_odds_ratio: p, sizes: 6}", "12:13", "twice"),
    ("{data: survey, parameter: p, sizes: 6}", "12:23", "mean, proportion, rate, trial"),
    ("{parameter: p, sizes: 6}", "12:13", "without `data`"),
    ("{data: proportion, parameter: p, sizes: 6, fixed_cost: -1}", "12:71", "0 to 1e15"),
  ]

  @Test(arguments: refusals)
  func `A study that can't be is refused with its place`(
    _ study: String, _ place: String, _ words: String
  ) throws {
    try Refusal(
      """
      utfall: 1
      strategies: [o, n]
      parameters:
        p: beta(2, 3)
        k: 3
        q: "normal(mean = 0, sd = 1)"
      costs: {c: {by: strategy, value: {o: 0, n: p}}}
      effects: {e: {by: strategy, value: {o: 0, n: q}}}
      outputs: {y: p}
      decision:
        willingness_to_pay: [1]
        studies: {a: \(study)}

      """, place, words
    ).check()
  }

  @Test(arguments: [
    (["--study", "proportion:p"], 64, "without --sizes"),
    (["--sizes", "5"], 64, "without --study"),
    (["--study", "mean:p", "--sizes", "5"], 64, "mean:PARAMETER:SD"),
    (["--study", "mean:p:nan", "--sizes", "5"], 64, "mean:PARAMETER:SD"),
    (["--study", "survey:p", "--sizes", "5"], 64, "--study is survey:p"),
    (["--study", "trial:p:x", "--sizes", "5"], 64, "even ones"),
    (["--study", "proportion:p", "--sizes", "5.5"], 64, "whole numbers"),
    (["--study", "proportion:p", "--sizes", "5", "--fixed-cost", "-1"], 64, "--fixed-cost"),
    (["--study", "proportion:zz", "--sizes", "5"], 65, "no parameter `zz`"),
    (["--study", "proportion:x", "--sizes", "5"], 65, "is 2 in iteration 1"),
    (["--group", "both=p"], 0, ""), (["--group", "both"], 64, "NAME=PARAMETER"),
    (["--group", "both=p,zz"], 65, "no parameter `zz`"),
  ])
  func `Words of analyse that ask for no study are refused`(
    _ words: [String], _ code: Int32, _ text: String
  ) throws {
    let workplace = try Workplace()
    try workplace.write(
      "cost:a,cost:b,effect:a,effect:b,p,x\n0,1,0,1,0.5,2\n0,2,0,4,0.25,3\n0,2,0,1,0.75,1\n",
      to: "wide.csv")
    let outcome = try workplace.simulate(
      ["analyse", "wide.csv", "--wtp", "1", "--output", "out"] + words)
    #expect(outcome.code == code, "\(outcome)")
    #expect(text.isEmpty || outcome.errors.contains(text), "\(outcome)")
    #expect(workplace.content.contains("out") == (code == 0))
  }
}
