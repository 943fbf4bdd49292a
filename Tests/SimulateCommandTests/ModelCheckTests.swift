// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// `checks.csv`: every figure derived in another way.
@Suite struct ModelCheckTests {
  private static let text = """
    utfall: 1
    parameters:
      rate: {value: "normal(0.9, 0.2)", expect: probability}
      cut: {value: "normal(0, 1)", truncate: [-1, none]}
      far: {value: "normal(0, 1)", truncate: [-4, 4]}
      hours: {value: 6 (2 to 12), range: ci95, base_is: median, family: gamma}
      dead: gamma(mean = 3, sd = 1)
      unused: gamma(mean = 3, sd = 1)
    variables:
      left: {value: 1 - rate * 1.1, expect: [0, none]}
      utility: {value: 0.9 - 0.05 * hours, expect: utility}
    outputs:
      square: {value: hours ^ 2, unit: h2, expect: [10, 100]}
      straight: {value: rate + cut + far + 0 * dead}
      other: utility + left

    """

  private static func row(
    _ table: CSVTable, _ check: String, _ quantity: String, _ figure: String
  ) throws -> Int {
    try #require(
      try table.rows.indices.first {
        try table.column("check")[$0] == check && table.column("quantity")[$0] == quantity
          && table.column("figure")[$0] == figure
      }, "\(check) \(quantity) \(figure)")
  }

  private static func run(_ arguments: [String] = []) throws -> (Workplace, Outcome) {
    let workplace = try Workplace()
    try workplace.write(text, to: "s.yaml")
    let outcome = try workplace.simulate(
      ["run", "s.yaml", "--draws", "-i", "50000"] + arguments)
    #expect(outcome.code == 0, "\(outcome)")
    return (workplace, outcome)
  }

  @Test func everyFigure() throws {
    let (workplace, outcome) = try Self.run()
    let table = try workplace.table("results/s/checks.csv")
    let draws = try workplace.table("results/s/draws.csv")
    func number(_ check: String, _ quantity: String, _ figure: String, _ column: String = "value")
      throws -> Double
    {
      try #require(Double(try table.column(column)[Self.row(table, check, quantity, figure)]))
    }
    func warning(_ check: String, _ quantity: String, _ figure: String) throws -> String {
      try table.column("warning")[Self.row(table, check, quantity, figure)]
    }

    // Influence.
    #expect(try number("influence", "rate", "outputs_changed") == 2)
    #expect(try number("influence", "hours", "outputs_changed") == 2)
    #expect(try number("influence", "dead", "outputs_changed") == 0)
    #expect(try warning("influence", "dead", "outputs_changed").contains("4 096 iterations"))
    #expect(try warning("influence", "rate", "outputs_changed").isEmpty)
    #expect(
      try warning("influence", "unused", "outputs_changed") == "no output depends on `unused`")

    // Base case: 6² against the mean of the squares, in MCSE and in percent.
    let square = try draws.numbers("square")
    let mean = square.reduce(0, +) / 50_000
    let spread = square.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 49_999
    let error = (spread / 50_000).squareRoot()
    #expect(abs(try number("base-case", "square", "mean") - mean) < 1e-10 * mean)
    #expect(try number("base-case", "square", "mean", "reference") == 36)
    #expect(
      abs(try number("base-case", "square", "mean", "difference_in_mcse") - (mean - 36) / error)
        < 1e-6)
    #expect(
      abs(
        try number("base-case", "square", "mean", "difference_in_percent")
          - 100 * (mean - 36) / 36) < 1e-9)
    #expect(try warning("base-case", "square", "mean") == "the mean is not the base case")
    // Linear, and the base of `cut` is its mean, φ(1)/Φ(1) by SciPy 1.10: 0.28759997093917833.
    #expect(
      abs(try number("base-case", "straight", "mean", "reference") - 1.1875999709391783) < 1e-9)
    #expect(try warning("base-case", "straight", "mean").isEmpty)

    // Expected ranges: of a distribution, exactly; P(N(0.9, 0.2) > 1), < 0 by SciPy 1.10.
    #expect(abs(try number("expected", "rate", "share_above") - 0.3085375387259869) < 1e-12)
    #expect(
      abs(try number("expected", "rate", "share_below") - 3.3976731247300535e-06) < 1e-16)
    // Of what is computed, from the draws of the run.
    let rate = try draws.numbers("rate")
    let share = Double(rate.count { 1 - $0 * 1.1 < 0 }) / 50_000
    #expect(try number("expected", "left", "share_below") == share)
    #expect(
      abs(
        try number("expected", "left", "share_below", "mcse")
          - (share * (1 - share) / 50_000).squareRoot()) < 1e-12)
    #expect(try warning("expected", "left", "share_below").hasPrefix("below 0 in "))
    #expect(try number("expected", "utility", "share_above") == 0)
    #expect(try warning("expected", "utility", "share_above").isEmpty)
    #expect(
      try number("expected", "square", "share_below")
        == Double(square.count { $0 < 10 }) / 50_000)
    #expect(
      try number("expected", "square", "share_above")
        == Double(square.count { $0 > 100 }) / 50_000)

    // Truncation: Φ(−1), φ(1)/Φ(1); four sd off nothing happens.
    #expect(abs(try number("truncation", "cut", "share_cut_below") - 0.15865525393145707) < 1e-12)
    #expect(try number("truncation", "cut", "share_cut_above") == 0)
    #expect(abs(try number("truncation", "cut", "mean") - 0.28759997093917833) < 1e-9)
    #expect(try number("truncation", "cut", "mean", "reference") == 0)
    #expect(try warning("truncation", "cut", "share_cut_below").contains("16 %"))
    #expect(try !warning("truncation", "cut", "mean").isEmpty)
    #expect(try warning("truncation", "far", "share_cut_below").isEmpty)
    #expect(try warning("truncation", "far", "mean").isEmpty)

    // Fit: what resolved.csv has.
    let resolved = try workplace.table("results/s/resolved.csv")
    #expect(
      try number("fit", "hours", "p2.5") == resolved.number("hours", "implied_low"))
    #expect(
      try number("fit", "hours", "p97.5", "difference")
        == resolved.number("hours", "high_mismatch"))

    // Each warning is on the terminal and in the manifest, with what to do.
    let manifest = try workplace.text("results/s/manifest.json")
    let warnings = try table.column("warning")
    let advice = try table.column("advice")
    let quantities = try table.column("quantity")
    #expect(warnings.count { !$0.isEmpty } >= 7)
    for row in warnings.indices {
      #expect(warnings[row].isEmpty == advice[row].isEmpty)
      if warnings[row].isEmpty { continue }
      #expect(manifest.contains("\(quantities[row]): \(warnings[row])"), "\(warnings[row])")
    }
    #expect(outcome.output.contains("Checks of the model (checks.csv):"))
    #expect(outcome.output.contains("base case against mean"))
  }

  /// Shares come with the errors of the method.
  @Test func otherMethods() throws {
    for method in ["sobol", "latin-hypercube", "antithetic"] {
      let (workplace, _) = try Self.run(["-m", method])
      let table = try workplace.table("results/s/checks.csv")
      let draws = try workplace.table("results/s/draws.csv").numbers("rate")
      let row = try Self.row(table, "expected", "left", "share_below")
      let share = Double(draws.count { 1 - $0 * 1.1 < 0 }) / Double(draws.count)
      // With this number of iterations the check is made on the run's own.
      #expect(try table.column("value")[row] == "\(share)")
      #expect(try !table.column("mcse")[row].isEmpty)
    }
  }

  /// A parameter that only the decision uses is drawn with `--draws` alone.
  @Test func recordingChangesNoCheck() throws {
    let workplace = try Workplace()
    let text = ConvergenceTests.text.replacing("gain + 0.1", with: "gain + rare + 0.1")
      .replacing("parameters:", with: "parameters:\n  rare: beta(1, 99)")
      .replacing("e: {value: effect, unit: QALY}", with: "e: price + 1")
    try workplace.write(text, to: "s.yaml")
    for (folder, options) in [("a", []), ("b", ["--draws"])] {
      let outcome = try workplace.simulate(["run", "s.yaml", "-o", folder, "-i", "5000"] + options)
      #expect(outcome.code == 0, "\(outcome)")
    }
    #expect(try workplace.bytes("a/s/checks.csv") == workplace.bytes("b/s/checks.csv"))
    #expect(try workplace.bytes("a/s/convergence.csv") == workplace.bytes("b/s/convergence.csv"))
    #expect(try !workplace.table("a/s/checks.csv").column("quantity").contains("rare"))
  }

  @Test func aPlainModelHasNoWarnings() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "-i", "2000")
    #expect(outcome.code == 0)
    #expect(!outcome.output.contains("Checks of the model"))
    let table = try workplace.table("results/s/checks.csv")
    #expect(try table.column("warning").allSatisfy(\.isEmpty))
    #expect(try table.column("check").prefix(2) == ["influence", "base-case"])
  }

  @Test(
    arguments: [
      ("[1, 0]", "7:13", "lower one first"), ("[1, 1]", "7:13", "lower one first"),
      ("[none, none]", "7:13", "without a limit"), ("[0]", "7:13", "a list as `expect`"),
      ("share", "7:13", "`share` as `expect`"), ("[0, x]", "7:17", "x"),
    ])
  func refused(expect: String, place: String, words: String) throws {
    try Refusal(scenario("x:\n    value: 3\n    expect: \(expect)"), place, words).check()
  }
}
