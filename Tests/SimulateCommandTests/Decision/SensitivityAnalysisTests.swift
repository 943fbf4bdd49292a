// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@Suite struct SensitivityAnalysisTests {
  private static let head = "utfall: 1\nrun: {seed: 5, iterations: 20000}\n"

  private func tables(
    _ command: String, _ text: String, _ files: String...
  ) throws -> [CSVTable] {
    let workplace = try Workplace()
    try workplace.write(text, to: "case.yaml")
    let outcome = try workplace.simulate(command, "case.yaml", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    let folder = command == "run" ? "results/case/" : "results/case-base/"
    return try files.map { try workplace.table(folder + $0) }
  }

  // MARK: Sobol' indices

  /// The g-function with a = 0, 1, 4.5, in closed form. Six figures at 4 errors: false-alarm rate 4e-4.
  @Test func `First-order and total indices meet the closed form of the g-function`() throws {
    let table = try tables(
      "run",
      Self.head + """
        parameters: {x1: "uniform(0, 1)", x2: "uniform(0, 1)", x3: "uniform(0, 1)", idle: "uniform(0, 1)"}
        outputs:
          g: abs(4 * x1 - 2) * (abs(4 * x2 - 2) + 1) / 2 * (abs(4 * x3 - 2) + 4.5) / 5.5
        sobol_indices: {vary: all, rows: 20000}

        """, "sobol-indices.csv")[0]
    #expect(try table.column("parameter") == ["x1", "x2", "x3", "idle"])
    #expect(try table.column("rows").allSatisfy { $0 == "20000" })
    #expect(try table.column("evaluations").allSatisfy { $0 == "120000" })
    for name in ["x1", "x2", "x3"] {
      for figure in ["first_order", "total"] {
        let value = try table.number(name, figure)
        let error = try table.number(name, figure + "_mcse")
        let exact = try TwoLevelTests.reference(figure, name)
        #expect(abs(value - exact) <= 4 * error, "\(name) \(figure) \(value) \(exact)")
        #expect(error < 0.02)
      }
    }
    #expect(try table.number("idle", "first_order") == 0)
    #expect(try table.number("idle", "total") == 0)
  }

  @Test(arguments: [
    ("all", "6:1", "`a`, `b`"), ("{vary: [a, c]}", "6:1", "`a`, which"),
    ("{vary: [c], rows: 10}", "6:34", "from 100"), ("{vary: [k]}", "6:24", "known number"),
    ("{vary: [c, c]}", "6:27", "twice"), ("{vary: c}", "6:23", "a list"),
    ("5", "6:16", "key: value"),
  ])
  func `Indices of parameters that go together are refused`(
    _ text: String, _ place: String, _ words: String
  ) throws {
    try Refusal(
      """
      utfall: 1
      parameters: {a: "beta(2, 3)", b: "beta(2, 3)", c: "beta(2, 3)", k: 2}
      correlate:
        - {parameters: [a, b], spearman: 0.3}
      outputs: {y: a + b + c}
      sobol_indices: \(text)

      """, place, words
    ).check()
  }

  // MARK: One way with others at their distributions

  /// a + b with normal scores correlated by 0.5: the partner follows. At 4 errors.
  @Test func `Partners of a moved parameter follow their conditional distribution`() throws {
    let table = try tables(
      "run",
      Self.head + """
        parameters:
          a: "normal(mean = 1, sd = 1)"
          b: "normal(mean = 2, sd = 3)"
          c: "normal(mean = 5, sd = 2)"
        correlate:
          - {parameters: [a, b], normal-score: 0.5}
        outputs: {total: a + b, alone: c * c}
        one_way: {others: distributions}

        """, "one-way-distributions.csv")[0]
    func number(_ parameter: String, _ output: String, _ name: String) throws -> Double {
      let row = try #require(table.rows.first { $0[0] == parameter && $0[5] == output })
      let place = try #require(table.header.firstIndex(of: name))
      return try #require(Double(row[place]))
    }
    for name in ["a", "b"] {
      for end in ["low", "high"] {
        let exact = try TwoLevelTests.reference("conditional", "\(name) \(end)")
        let value = try number(name, "total", end)
        let error = try number(name, "total", end + "_mcse")
        #expect(abs(value - exact) <= 4 * error, "\(name) \(end) \(value) \(exact)")
        #expect(error < 0.05)
      }
    }
    // What doesn't depend on a parameter stays as it is, to the last bit.
    #expect(try number("a", "alone", "low") == number("a", "alone", "base"))
    #expect(try number("a", "alone", "swing") == 0)
    // c is moved alone: c² at its ends, without an error.
    let low = try number("c", "alone", "low_input")
    #expect(abs(low - (5 - 1.959963984540054 * 2)) < 1e-9)
    #expect(try abs(number("c", "alone", "low") - low * low) < 1e-9)
    #expect(try number("c", "alone", "low_mcse") < 1e-9)
    let base = try number("c", "alone", "base")
    let error = try number("c", "alone", "base_mcse")
    #expect(abs(base - 29) <= 4 * error)
    let words = table.rows.map { $0[4] }
    #expect(
      words == ["conditional", "conditional", "conditional", "conditional"]
        + ["independent", "independent"])
  }

  // MARK: Sizes

  /// A power of two on an output changes no digit of indices, not even where fourth powers of it overflow.
  @Test func `Indices and means of outputs of any size have their digits`() throws {
    let parts = [1.0, 0x1p466, 0x1p-466].map { factor in
      Self.head + """
        parameters: {a: "normal(mean = 1, sd = 1)", b: "uniform(0, 2)"}
        outputs: {y: (a + a * b) * \(factor)}
        sobol_indices: {vary: all, rows: 2000}

        """
    }
    let files = ["sensitivity.csv", "sobol-indices.csv", "conditional-means.csv"]
    var found: [[CSVTable]] = []
    for text in parts {
      found.append(try tables("run", text, files[0], files[1], files[2]))
    }
    for place in 0..<2 {
      #expect(found[1][place].rows == found[0][place].rows, "\(files[place])")
      #expect(found[2][place].rows == found[0][place].rows, "\(files[place])")
    }
    for (own, factor) in zip(found.dropFirst(), [0x1p466, 0x1p-466]) {
      for name in ["outcome_mean", "mcse"] {
        let plain = try found[0][2].numbers(name)
        #expect(try own[2].numbers(name) == plain.map { $0 * factor })
      }
    }
  }

  @Test(arguments: [
    ("{vary: [t]}", "5:18", "drawn together with its other labels"),
    ("{vary: [p, k]}", "5:21", "known number"),
    ("{vary: [e]}", "5:18", "for each label of its own"),
    ("{vary: [m], others: distributions}", "5:18", "follows from other quantities"),
  ])
  func `What has no low and high of its own is no one-way parameter`(
    _ text: String, _ place: String, _ words: String
  ) throws {
    try Refusal(
      """
      utfall: 1
      dimensions: {s: [x, y, z]}
      outputs: {y: p * k + m + t + e}
      # One way
      one_way: \(text)
      parameters:
        p: "beta(2, 3)"
        k: 2
        m: "normal(mean = p, sd = 1)"
        t: {by: s, dirichlet: {counts: {x: 1, y: 2, z: 3}}}
        e: {each: s, value: "beta(2, 3)"}

      """, place, words
    ).check()
  }

  @Test func `More searches for thresholds than anyone waits for are refused`() throws {
    let names = (1...200).map { "p\($0)" }
    let text = """
      utfall: 1
      strategies: [old, new]
      thresholds: all
      parameters:
      \(names.map { "  \($0): uniform(0, 1)" }.joined(separator: "\n"))
      costs: {c: {by: strategy, value: {old: 0.5, new: p1}}}
      effects: {e: {by: strategy, value: {old: 0, new: p2}}}
      decision: {willingness_to_pay: {from: 0, to: 499, step: 1}}
      outputs: {y: p1}

      """
    try Refusal(text, "3:1", "200 parameters: 100 200 searches", "at most 100 000", "vary").check()
    // At the limit it is a matter of seconds.
    let found = try tables(
      "base", text.replacing("499", with: "48"), "decision-thresholds.csv")[0]
    #expect(found.rows.count == 200 * 49)
    // λ p2 − p1 + 0.5 has its zero at p1 = λ p2 + 0.5, with p2 at its base of 0.5.
    for (row, wtp) in zip(found.rows, 0..<49) {
      let place = try #require(found.header.firstIndex(of: "threshold"))
      let value = Double(row[place])
      let exact = 0.5 * Double(wtp) + 0.5
      #expect(exact < 1 ? abs((value ?? .nan) - exact) < 1e-12 : value == nil, "\(row)")
    }
  }

  // MARK: Two ways

  private static let twoWay = """
    utfall: 1
    strategies: [old, new]
    parameters:
      price: "gamma(mean = 100, sd = 20)"
      effect: "normal(mean = 0.5, sd = 0.1)"
      scale: 2
    costs: {c: {by: strategy, value: {old: 50, new: price * scale}}}
    effects: {e: {by: strategy, value: {old: 0.1, new: effect}}}
    decision: {willingness_to_pay: [100, 500]}
    outputs:
      cost: costs
      ratio: price / effect
    two_way:
      grid:
        price: {from: 20, to: 320, step: 150}
        effect: [0.1, 0.4, 1]
      known:
        scale: [1, 3]
        effect: {points: 5}

    """

  @Test func `A grid holds the model at every pair of values`() throws {
    let found = try tables("base", Self.twoWay, "two-way.csv", "two-way-decision.csv")
    let outputs = found[0]
    let grid = outputs.rows.filter { $0[0] == "grid" }
    // Two strategies' cost and one ratio at nine points.
    #expect(grid.count == 27)
    for row in grid {
      let (price, effect) = (try #require(Double(row[2])), try #require(Double(row[4])))
      let naive = row[5] == "ratio" ? price / effect : row[7] == "new" ? price * 2 : 50
      #expect(Double(row[9]) == naive, "\(row)")
    }
    #expect(Set(grid.map { $0[2] }) == ["20", "170", "320"])
    let known = outputs.rows.filter { $0[0] == "known" && $0[5] == "ratio" }
    #expect(known.count == 10)
    let ends = [known[0][4], known[4][4]].compactMap { Double($0) }
    #expect(abs(ends[0] - (0.5 - 0.1 * 1.959963984540054)) < 1e-12)
    #expect(abs(ends[1] - (0.5 + 0.1 * 1.959963984540054)) < 1e-12)
    for row in found[1].rows where row[0] == "grid" {
      let (price, effect) = (try #require(Double(row[2])), try #require(Double(row[4])))
      let wtp = try #require(Double(row[6]))
      let (old, new) = (wtp * 0.1 - 50, wtp * effect - price * 2)
      let own = row[7] == "new" ? new : old
      #expect(abs((Double(row[10]) ?? .nan) - own) < 1e-9, "\(row)")
      #expect(row[11] == (old == new ? "tied" : own == max(old, new) ? "yes" : "no"), "\(row)")
    }
    #expect(found[1].rows.count == (9 + 10) * 2 * 2)
  }

  @Test(arguments: [
    ("{a: {p: [1, 2]}}", "5:11", "1 parameter"),
    ("{a: {p: [1], zz: [2]}}", "5:23", "not a parameter"),
    ("{a: {p: {points: 1}, k: [2]}}", "5:27", "from 2"),
    ("{a: {p: [1], k: {points: 3}}}", "5:23", "no low and high"),
    ("{a: {p: {points: 1000}, q: {points: 100}}}", "5:11", "at most 10000"),
    ("{a: 3}", "5:14", "two parameters"), ("{a: {p: [], q: [1]}}", "5:18", "no number"),
    ("{a: {t: [1], q: [1]}}", "5:15", "varies over labels"),
  ])
  func `A grid that can't be is refused`(_ text: String, _ place: String, _ words: String) throws {
    try Refusal(
      """
      utfall: 1
      parameters: {p: "beta(2, 3)", q: "beta(2, 3)", k: 2, t: {by: s, value: {x: "beta(1, 2)", y: 3}}}
      dimensions: {s: [x, y]}
      outputs: {y: p + q}
      two_way: \(text)

      """, place, words
    ).check()
  }

  @Test func `Units that follow from formulas stand in the tables`() throws {
    let text = """
      utfall: 1
      currency: NOK 2026
      parameters:
        price: {value: "uniform(50, 150)", unit: NOK/visit}
        visits: {value: "uniform(1, 3)", unit: visit}
      outputs: {total: price * visits}
      one_way: {others: distributions}
      two_way: {grid: {price: [1, 2], visits: [1, 2]}}
      thresholds: all

      """
    #expect(try tables("base", text, "two-way.csv")[0].column("unit").allSatisfy { $0 == "NOK" })
    for file in ["one-way-distributions.csv", "convergence.csv", "iterations-needed.csv"] {
      let units = try tables("run", text, file)[0].column("unit")
      #expect(!units.isEmpty && units.allSatisfy { $0 == "NOK" }, "\(file)")
    }
  }

  @Test func `A point without a value stops with its inputs and writes nothing`() throws {
    let workplace = try Workplace()
    try workplace.write(
      Self.twoWay.replacing("[0.1, 0.4, 1]", with: "[0, 1]"), to: "case.yaml")
    let outcome = try workplace.simulate("base", "case.yaml")
    #expect(outcome.code == 70, "\(outcome)")
    #expect(outcome.errors.contains("`ratio` is no finite number at price = 20, effect = 0"))
    #expect(workplace.content == ["case.yaml"])
  }

  // MARK: Thresholds

  @Test func `Every crossing is found to the last digits, and marked outside beyond the range`()
    throws
  {
    let table = try tables(
      "base",
      """
      utfall: 1
      parameters: {x: "uniform(0, 4)", far: "normal(mean = 0, sd = 1)"}
      outputs:
        cubic: (x - 1) * (x - 2) * (x - 3) - 0.1
        beyond: far ^ 3 - 30 * far - 100
        never: far * far + 1
      thresholds: all

      """, "thresholds.csv")[0]
    func rows(_ parameter: String, _ output: String) -> [[String]] {
      table.rows.filter { $0[0] == parameter && $0[5] == output }
    }
    let cubic = rows("x", "cubic")
    #expect(
      cubic.map { $0[9] + " to " + $0[10] } == [
        "0 or below to above 0", "above 0 to 0 or below", "0 or below to above 0",
      ])
    for (index, row) in cubic.enumerated() {
      let exact = try TwoLevelTests.reference("threshold", "cubic \(index + 1)")
      #expect(abs((Double(row[11]) ?? .nan) - exact) < 1e-13, "\(row)")
      #expect(row[12] == "inside")
    }
    let beyond = rows("far", "beyond")
    #expect(beyond.count == 1 && beyond[0][12] == "outside")
    let exact = try TwoLevelTests.reference("threshold", "far")
    #expect(abs((Double(beyond[0][11]) ?? .nan) - exact) < 1e-13)
    #expect(rows("far", "never").map { $0[12] } == ["none"])
    #expect(rows("x", "beyond").map { $0[11] } == [""])
  }

  /// NMB: wtp · effect − 2 price against wtp · 0.1 − 50.
  @Test func `The value at which the decision changes solves for equal net benefit`() throws {
    let text = Self.twoWay.split(separator: "two_way:")[0] + "thresholds: {outputs: [ratio]}\n"
    let found = try tables("base", String(text), "decision-thresholds.csv", "thresholds.csv")
    let rows = found[0].rows
    #expect(rows.count == 4)
    let table = found[0]
    func value(_ row: [String], _ name: String) -> String {
      row[table.header.firstIndex(of: name) ?? 0]
    }
    for row in rows {
      let wtp = Double(value(row, "wtp")) ?? .nan
      let exact =
        row[0] == "price" ? (wtp * 0.5 - wtp * 0.1 + 50) / 2 : (wtp * 0.1 - 50 + 200) / wtp
      let low = Double(value(row, "low_input")) ?? .nan
      let high = Double(value(row, "high_input")) ?? .nan
      #expect(abs((Double(value(row, "threshold")) ?? .nan) - exact) < 1e-9 * exact, "\(row)")
      #expect(value(row, "place") == (exact > low && exact < high ? "inside" : "outside"), "\(row)")
      #expect(value(row, "from") == (row[0] == "price" ? "new" : "old"))
      #expect(value(row, "to") == (row[0] == "price" ? "old" : "new"))
    }
    #expect(Set(try found[1].column("output")) == ["ratio"])
  }
}
