// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Units in the tables of a decision, and correlated labels in whole runs.
@Suite struct DecisionUnitTests {
  private func text(_ decision: String, _ method: String = "random") -> String {
    """
    utfall: 1
    currency: NOK 2018
    run: {seed: 5, iterations: 4096, method: \(method)}
    strategies: [usual, new]
    dimensions: {d: 1..3}
    parameters:
      gain: {value: "normal(1, 0.5)", unit: QALY/user, each: d}
      price: {value: "gamma(mean = 5, sd = 1)", unit: NOK/user, each: d}
      fee: {by: d, value: "normal(2, 1)", unit: NOK/user}
      share: {by: d, value: {1: "beta(2, 5)", 2: 0.5, 3: "uniform(0, 1)"}}
    correlate:
      - {parameters: [gain, price], spearman: 0.7}
      - {parameters: [fee, share], spearman: -0.4}
    costs:
      c: {by: strategy, value: {usual: 0, new: "mean(price + fee * share, over = d)"}}
    effects:
      e: {by: strategy, value: {usual: 0, new: "mean(gain, over = d)"}}
    decision:
    \(decision)
    variants:
      known: {freeze: [price]}
    outputs:
      cost: costs
    one_way: {vary: all, others: distributions}

    """
  }

  @Test(arguments: [
    ("  willingness_to_pay: [5, 10]", "NOK 2018/QALY"),
    ("  willingness_to_pay: {values: [5, 10], unit: NOK/QALY}", "NOK 2018/QALY"),
    ("  {willingness_to_pay: [5, 10], unit: QALY}", "NOK 2018/QALY"),
  ])
  func `The unit of willingness to pay stands in the tables`(
    _ decision: String, _ unit: String
  ) throws {
    let workplace = try Workplace()
    try workplace.write(text(decision), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    for file in ["ceac.csv", "nmb.csv", "evpi.csv"] {
      let table = try workplace.table("results/case/" + file)
      #expect(Set(try table.column("wtp_unit")) == [unit], "\(file)")
    }
    let figures = try workplace.table("results/case/incremental.csv")
    let effects = zip(try figures.column("figure"), try figures.column("unit"))
      .filter { $0.0 == "effect" }
    #expect(!effects.isEmpty && effects.allSatisfy { $0.1 == "QALY" })
  }

  @Test(arguments: ["random", "latin-hypercube", "sobol", "antithetic"])
  func `Whole runs with correlated labels work with every method`(method: String) throws {
    let workplace = try Workplace()
    let decision =
      "  {willingness_to_pay: [5], two_level: {check: [fee, pair], outer: 64, inner: 32}, "
      + "groups: {pair: [gain, price]}}"
    try workplace.write(text(decision, method), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    let check = try workplace.table("results/case/evppi-check.csv")
    #expect(try check.column("name") == ["fee", "pair"])
    let oneWay = try workplace.table("results/case/one-way-distributions.csv")
    let partners = Dictionary(
      zip(try oneWay.column("parameter"), try oneWay.column("partners")),
      uniquingKeysWith: { first, _ in first })
    #expect(partners == ["fee": "conditional", "share": "conditional"])
    // Two groups: three labels of one, the two uncertain ones of the other.
    let manifest = try workplace.text("results/case/manifest.json")
    #expect(manifest.contains("\"gain[d = 3]\"") && manifest.contains("\"share[d = 1]\""))
    #expect(!manifest.contains("\"share[d = 2]\""))
    #expect(try workplace.simulate("base", "case.yaml", "--quiet").code == 0)
  }
}
