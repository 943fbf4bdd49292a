// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// The value of information takes the first iterations of a run, the other figures of the decision all.
@Suite struct InformationIterationsTests {
  private static func scenario(_ iterations: Int, _ key: String, effect: String = "gain") -> String
  {
    """
    utfall: 1
    currency: NOK 2026
    strategies: [old, new]
    run: {seed: 5, iterations: \(iterations)}
    parameters:
      a: "normal(mean = 0.1, sd = 1)"
      b: gamma(shape = 2, scale = 0.5)
      idle: uniform(0, 1)
    effects:
      gain: {by: strategy, value: {old: 0, new: a}}
    costs:
      price: {by: strategy, value: {old: 0, new: b - 1}}
    decision:
      effect: \(effect)
      willingness_to_pay: [1, 2]
      groups: {both: [a, b]}
    \(key)
    outputs:
      out: a

    """
  }

  private static let decisions = [
    "incremental.csv", "nmb.csv", "ceac.csv", "expected-loss.csv", "evpi.csv", "ce-plane.csv",
    "convergence-ceac.csv",
  ]

  @Test func `EVPPI of a longer run is that of a run as short`() throws {
    let workplace = try Workplace()
    try workplace.write(Self.scenario(5000, "  information_iterations: 3000"), to: "long.yaml")
    try workplace.write(Self.scenario(3000, ""), to: "short.yaml")
    try workplace.write(Self.scenario(5000, ""), to: "whole.yaml")
    let outcome = try workplace.simulate(
      "run", "long.yaml", "short.yaml", "whole.yaml", "--quiet", "--output", "results")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(
      try workplace.text("results/long/evppi.csv") == workplace.text("results/short/evppi.csv"))
    let table = try workplace.table("results/long/evppi.csv")
    #expect(table.rows.count == 8)
    #expect(try Set(table.numbers("iterations")) == [3000])
    for (name, iterations) in [("long", 3000), ("short", 3000), ("whole", 5000)] {
      let manifest = try workplace.text("results/\(name)/manifest.json")
      #expect(manifest.contains("\"information_iterations\" : \(iterations),"))
    }
    // All other figures are those of all iterations, though the run kept the draws itself.
    for file in Self.decisions {
      #expect(
        try workplace.text("results/long/\(file)") == workplace.text("results/whole/\(file)"),
        "\(file)")
    }
    #expect(
      try workplace.text("results/long/evppi.csv") != workplace.text("results/whole/evppi.csv"))
    // Idle parameters are still found.
    #expect(
      try workplace.text("results/long/checks.csv") == workplace.text("results/whole/checks.csv"))
    #expect(
      try workplace.text("results/long/summary.csv") == workplace.text("results/whole/summary.csv"))
  }

  @Test(arguments: ["--method=antithetic", "--draws", "--workers=1"])
  func `Decision figures don't depend on how the draws were had`(option: String) throws {
    let workplace = try Workplace()
    try workplace.write(Self.scenario(5000, "  information_iterations: 3000"), to: "case.yaml")
    for (folder, options) in [("plain", []), ("other", [option])] {
      let outcome = try workplace.simulate(
        ["run", "case.yaml", "--quiet", "--output", folder] + options)
      #expect(outcome.code == 0, "\(outcome)")
    }
    for file in Self.decisions + ["evppi.csv"] {
      #expect(
        try workplace.text("plain/case/\(file)") == workplace.text("other/case/\(file)"), "\(file)")
    }
  }

  /// An effect that is no number in rare iterations, beyond those of the value of information.
  @Test func `A decision without a number stops the run with the iteration`() throws {
    let workplace = try Workplace()
    let text = Self.scenario(
      200_000, "  information_iterations: 1000", effect: "gain + sqrt(a + 4.2)")
    try workplace.write(text, to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet", "--output", "results")
    #expect(outcome.code == 70, "\(outcome)")
    #expect(outcome.errors.contains("iteration"), "\(outcome)")
    #expect(!workplace.content.contains("results/case/manifest.json"))
  }

  @Test(arguments: ["999", "0", "-5", "1.5", "many", "2 000 000 000", "[5000]"])
  func `Other numbers of iterations are refused`(value: String) throws {
    let workplace = try Workplace()
    try workplace.write(Self.scenario(5000, "  information_iterations: \(value)"), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet", "--output", "results")
    #expect(outcome.code == 65, "\(outcome)")
    #expect(outcome.errors.contains("case.yaml:17:"), "\(outcome)")
  }
}
