// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What a run's draws say of strategies in pairs, and what `analyse` makes of the same draws.
@Suite struct PairwiseTests {
  private static let text = """
    utfall: 1
    run: {seed: 8, iterations: 3000}
    strategies: [none, old, new]
    comparator: old
    parameters:
      a: "normal(mean = 0.1, sd = 0.2)"
      b: gamma(shape = 2, scale = 50)
    costs: {c: {by: strategy, value: {none: 0, old: 100, new: 100 + round(b)}}}
    effects: {e: {by: strategy, value: {none: 0, old: 0.1, new: "if(b > 60, a, 0.1 + round(b) / 1000)"}}}
    decision: {willingness_to_pay: [0, 1000, 2000]}
    outputs:
      a: a
      twice: 2 * a
      both: a + b
      costs_of: costs
      cost: {value: costs, histogram: none}
      effect: effects

    """

  private func run() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(Self.text, to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--draws", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    return workplace
  }

  /// Counted from draws.csv; equal net benefits, as of `none` and `old` at 1 000, are not above 0.
  @Test func `The chance to beat the comparator is the share of draws`() throws {
    let workplace = try run()
    let draws = try workplace.table("results/case/draws.csv")
    let table = try workplace.table("results/case/ceac.csv")
    let rows = try table.rows.indices.filter { try table.column("figure")[$0] == "p_better" }
    #expect(rows.count == 2 * 3)
    func column(_ kind: String, _ strategy: String) throws -> [Double] {
      try draws.numbers("\(kind)[strategy = \(strategy)]")
    }
    for row in rows {
      let strategy = try table.column("strategy")[row]
      let wtp = try #require(Double(try table.column("wtp")[row]))
      #expect(try table.column("comparator")[row] == "old")
      let (costs, effects) = try (column("cost", strategy), column("effect", strategy))
      let (oldCosts, oldEffects) = try (column("cost", "old"), column("effect", "old"))
      var count = 0
      for i in costs.indices {
        let difference =
          (wtp * effects[i] - costs[i]) - (wtp * oldEffects[i] - oldCosts[i])
        if difference > 0 { count += 1 }
      }
      let share = Double(count) / 3000
      #expect(try Double(table.column("value")[row]) == share, "\(strategy) \(wtp)")
      let error = try #require(Double(try table.column("mcse")[row]))
      #expect(abs(error - (share * (1 - share) / 3000).squareRoot()) < 1e-15)
    }
    let shares = try rows.map { try table.column("value")[$0] }
    #expect(Set(shares).count >= 4, "\(shares)")
  }

  private func analyse(_ workplace: Workplace, _ options: String...) throws -> (
    outcome: Outcome, parameters: Set<String>
  ) {
    let outcome = try workplace.simulate(
      ["analyse", "results/case/draws.csv", "--wtp", "1000", "--output", "out"] + options)
    #expect(outcome.code == 0, "\(outcome)")
    return (outcome, Set(try workplace.table("out/evppi.csv").column("parameters")))
  }

  @Test func `Outputs of our own draws are no parameters`() throws {
    let workplace = try run()
    let (outcome, parameters) = try analyse(workplace)
    #expect(parameters == ["a", "b"])
    #expect(outcome.errors.contains("note: 2 columns of outputs"), "\(outcome)")
    #expect(outcome.errors.contains("`twice`, `both`"))
    // What is named is taken.
    let named = try analyse(workplace, "--parameter", "both")
    #expect(named.parameters == ["both"] && !named.outcome.errors.contains("note"))
    // Without the manifest beside it every column is a parameter, as in anyone's table.
    try workplace.write(try workplace.bytes("results/case/draws.csv"), to: "draws.csv")
    let outcome2 = try workplace.simulate(
      "analyse", "draws.csv", "--wtp", "1000", "--output", "out")
    #expect(outcome2.code == 0 && !outcome2.errors.contains("note"))
    #expect(
      Set(try workplace.table("out/evppi.csv").column("parameters")) == ["a", "b", "twice", "both"])
    // Nor does a manifest of something else beside it.
    for manifest in ["{", "[]", "{\"files\": [\"x.csv\"], \"draws\": {\"outputs\": [\"a\"]}}"] {
      try workplace.write(manifest, to: "manifest.json")
      #expect(
        try workplace.simulate("analyse", "draws.csv", "--wtp", "1000", "--output", "out").code == 0
      )
      #expect(
        Set(try workplace.table("out/evppi.csv").column("parameters")) == [
          "a", "b", "twice", "both",
        ])
    }
  }

  @Test func `A check of the EVPPI needs a decision`() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "plain.yaml")
    let outcome = try workplace.simulate("run", "plain.yaml", "--check-evppi")
    #expect(outcome.code == 64 && outcome.errors.contains("plain.yaml, which has no decision"))
    #expect(workplace.content == ["plain.yaml"])
  }
}
