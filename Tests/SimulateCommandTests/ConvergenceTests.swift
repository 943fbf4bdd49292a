// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// `convergence.csv`, `iterations-needed.csv` and `convergence-ceac.csv`, derived again from the draws.
@Suite struct ConvergenceTests {
  static let text = """
    utfall: 1
    currency: NOK 2025
    dimensions: {arm: [a, b]}
    strategies: [usual, new]
    parameters:
      price: gamma(mean = 100, sd = 30)
      gain: normal(0.02, 0.03)
      each_arm:
        by: arm
        value:
          a: gamma(mean = 3, sd = 1)
          b: gamma(mean = 5, sd = 1)
    variables:
      cost: if(strategy == new, price * 10, price * 4)
      effect: if(strategy == new, gain + 0.1, 0.1)
    outputs:
      c: {value: cost, unit: NOK, percentiles: [10, 50]}
      e: {value: effect, unit: QALY}
      arms: {value: each_arm, percentiles: [97.5]}
      gain: gain
    decision:
      cost: cost
      effect: effect
      unit: QALY
      willingness_to_pay: [0, 10000, 20000, 30000, 40000, 50000, 60000]

    """

  private static func run(_ iterations: Int, _ method: String = "random") throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(text, to: "s.yaml")
    let outcome = try workplace.simulate(
      "run", "s.yaml", "-i", "\(iterations)", "-m", method, "--draws")
    #expect(outcome.code == 0, "\(outcome)")
    return workplace
  }

  private static func quantile(_ values: [Double], _ p: Double) -> Double {
    let sorted = values.sorted()
    let h = Double(sorted.count - 1) * p
    let k = Int(h)
    return sorted[k] + (h - Double(k)) * (sorted[min(k + 1, sorted.count - 1)] - sorted[k])
  }

  @Test(arguments: [("random", 5000), ("random", 70_000), ("sobol", 8192), ("antithetic", 3000)])
  func runningFiguresAreThoseOfTheDraws(method: String, iterations: Int) throws {
    let workplace = try Self.run(iterations, method)
    let draws = try workplace.table("results/s/draws.csv")
    let table = try workplace.table("results/s/convergence.csv")
    let summary = try workplace.table("results/s/summary.csv")
    let sizes = (0..<20).map { 1024 << $0 }.filter { $0 < iterations } + [iterations]
    #expect(table.rows.count == summary.rows.count * sizes.count)
    let names = try zip(
      table.column("output"), zip(table.column("strategy"), table.column("arm"))
    ).map { output, labels in
      var parts: [String] = []
      if !labels.1.isEmpty { parts.append("arm = \(labels.1)") }
      if !labels.0.isEmpty { parts.append("strategy = \(labels.0)") }
      return parts.isEmpty ? output : "\(output)[\(parts.joined(separator: ", "))]"
    }
    for (row, name) in names.enumerated() {
      let size = try #require(Int(table.column("iterations")[row]))
      #expect(size == sizes[row % sizes.count])
      let values = Array(try draws.numbers(name).prefix(size))
      let mean = values.reduce(0, +) / Double(size)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      func number(_ column: String) throws -> Double? { Double(try table.column(column)[row]) }
      let scale = values.reduce(0) { $0 + abs($1) } / Double(size)
      #expect(abs(try #require(try number("mean")) - mean) <= 1e-11 * scale, "\(name)")
      let sd = (squares / Double(size - 1)).squareRoot()
      // A constant has an sd of 0, the naive one of rounding errors.
      let rounding = 1e-10 * scale
      #expect(abs(try #require(try number("sd")) - sd) <= 1e-9 * sd + rounding)
      #expect(
        try number("p_positive") == Double(values.count { $0 > 0 }) / Double(size), "\(name)")
      if method == "random" {
        let error = sd / Double(size).squareRoot()
        #expect(abs(try #require(try number("mcse")) - error) <= 1e-9 * error + rounding)
      }
      var percentiles = 0
      for column in table.header where column.hasPrefix("p") && !column.contains("_") {
        guard let found = try number(column) else { continue }
        percentiles += 1
        let p = try #require(Double(column.dropFirst())) / 100
        #expect(abs(found - Self.quantile(values, p)) <= 1e-12 * max(1, abs(found)), "\(name)")
      }
      #expect(percentiles == (name.hasPrefix("c[") ? 2 : name.hasPrefix("arms") ? 1 : 7))
    }
    // The last size of each output is its row of summary.csv.
    for (row, line) in summary.rows.enumerated() {
      let last = (row + 1) * sizes.count - 1
      for column in ["mean", "mcse", "sd", "p50", "p97.5_low", "p97.5_high", "p_positive_mcse"] {
        #expect(try table.column(column)[last] == summary.column(column)[row], "\(line[0])")
      }
    }
  }

  @Test func iterationsNeededFollowFromTheIntervals() throws {
    let workplace = try Self.run(20_000)
    let table = try workplace.table("results/s/iterations-needed.csv")
    let summary = try workplace.table("results/s/summary.csv")
    var row = 0
    for line in summary.rows.indices {
      func number(_ name: String) throws -> Double? { Double(try summary.column(name)[line]) }
      let sd = try #require(try number("sd"))
      let percentiles = try summary.header.filter {
        try $0.hasPrefix("p") && !$0.contains("_") && number($0) != nil
      }
      for figure in ["mean"] + percentiles + ["p_positive"] {
        #expect(try table.column("figure")[row] == figure)
        let half: Double
        var wanted = 0.01 * sd
        switch figure {
        case "mean": half = 1.959963984540054 * (try #require(try number("mcse")))
        case "p_positive":
          wanted = 0.005
          let p = try #require(try number("p_positive"))
          let z2 = 1.959963984540054 * 1.959963984540054
          half =
            (z2 * (p * (1 - p) / 20_000 + z2 / (4 * 20_000 * 20_000))).squareRoot()
            / (1 + z2 / 20_000)
        default:
          half =
            (try #require(try number(figure + "_high"))
              - (try #require(try number(figure + "_low")))) / 2
        }
        func found(_ name: String) throws -> Double {
          try #require(Double(try table.column(name)[row]))
        }
        #expect(abs(try found("half_width") - half) <= 1e-11 * half)
        #expect(abs(try found("wanted_half_width") - wanted) <= 1e-12 * wanted)
        if half == 0 {
          #expect(try table.column("iterations_needed")[row].isEmpty)
          row += 1
          continue
        }
        let needed = (20_000 * (half / wanted) * (half / wanted)).rounded(.up)
        #expect(abs(try found("iterations_needed") - needed) <= 1)
        row += 1
      }
    }
    #expect(row == table.rows.count)
  }

  @Test func runningDecisionsAreThoseOfTheDraws() throws {
    let workplace = try Self.run(5000)
    let draws = try workplace.table("results/s/draws.csv")
    let table = try workplace.table("results/s/convergence-ceac.csv")
    let ceac = try workplace.table("results/s/ceac.csv")
    #expect(Set(try table.column("wtp")) == ["0", "10000", "30000", "40000", "60000"])
    let columns = try (
      cost: ["usual", "new"].map { try draws.numbers("c[strategy = \($0)]") },
      effect: ["usual", "new"].map { try draws.numbers("e[strategy = \($0)]") }
    )
    var checked = 0
    for row in table.rows.indices {
      func text(_ name: String) throws -> String { try table.column(name)[row] }
      let size = try #require(Int(try text("iterations")))
      let wtp = try #require(Double(try text("wtp")))
      let value = try #require(Double(try text("value")))
      let s = try text("strategy") == "new" ? 1 : 0
      let nmb = (0..<2).map { s in
        (0..<size).map { wtp * columns.effect[s][$0] - columns.cost[s][$0] }
      }
      let means = nmb.map { $0.reduce(0, +) / Double(size) }
      let wins = (0..<size).count { nmb[s][$0] > nmb[1 - s][$0] }
      let best = means[1] > means[0] ? 1 : 0
      let expected =
        switch try text("figure") {
        case "p_best", "frontier": Double(wins) / Double(size)
        case "nmb_mean": means[s]
        default:
          (0..<size).reduce(0) { $0 + max(nmb[0][$1], nmb[1][$1]) - nmb[best][$1] } / Double(size)
        }
      if ["frontier", "evpi"].contains(try text("figure")) { #expect(s == best) }
      #expect(abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(table.rows[row])")
      checked += 1
    }
    #expect(checked == 5 * 4 * 6)
    // After all draws it is what ceac.csv says.
    for row in ceac.rows.indices {
      let key = try ["strategy", "wtp", "figure"].map { try ceac.column($0)[row] }
      for other in table.rows.indices
      where try ["strategy", "wtp", "figure"].map({ try table.column($0)[other] }) == key {
        if try table.column("iterations")[other] == "5000" {
          #expect(try table.column("value")[other] == ceac.column("value")[row])
          #expect(try table.column("mcse")[other] == ceac.column("mcse")[row])
        }
      }
    }
  }
}
