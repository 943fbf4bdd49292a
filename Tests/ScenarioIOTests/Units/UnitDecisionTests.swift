// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

/// Units of what a decision states: willingness to pay, population, currency.
@Suite struct UnitDecisionTests {
  private func text(_ decision: String, cost: String = "NOK/user", currency: String = "NOK 2018")
    -> String
  {
    """
    utfall: 1
    \(currency.isEmpty ? "description: none" : "currency: \(currency)")
    strategies: [usual, new]
    parameters:
      gain: {value: "normal(1, 0.1)", unit: QALY/user}
      price: {value: "normal(5, 1)", unit: \(cost)}
    costs:
      c: {by: strategy, value: {usual: 0, new: price}}
    effects:
      e: {by: strategy, value: {usual: 0, new: gain}}
    decision:
      \(decision)
    outputs:
      x: costs
    """
  }

  private func units(_ text: String) throws -> ScenarioUnits.Decision {
    try ScenarioReader.read(text: text, file: "a.yaml").units.decision
  }

  // MARK: willingness to pay

  @Test(arguments: [
    "willingness_to_pay: {values: [1, 2], unit: NOK/QALY}",
    "willingness_to_pay: {values: 2, unit: NOK 2018/QALY}",
    "willingness_to_pay: {from: 0, to: 10, step: 5, unit: NOK/QALY}",
    "{willingness_to_pay: {values: 2, unit: NOK/QALY}, unit: QALY}",
  ])
  func aStatedUnitThatAgreesIsTaken(_ decision: String) {
    #expect(problems(in: text(decision)) == [])
  }

  @Test(arguments: [
    ("NOK 2025/QALY", "12:46 a willingness to pay in NOK 2025/QALY"),
    ("NOK", "12:46 a willingness to pay in NOK"),
    ("EUR/QALY", "12:46 a willingness to pay in EUR/QALY"),
    ("NOK/life_year", "12:46 a willingness to pay in NOK/life_year"),
    ("QALY/NOK", "12:46 a willingness to pay in QALY/NOK"),
    ("NOK/", "12:50 the unit `NOK/`, which ends too early"),
  ])
  func aStatedUnitThatDoesNotAgreeIsRefused(_ unit: String, _ problem: String) {
    let decision = "willingness_to_pay: {values: [1, 2], unit: \(unit)}"
    #expect(problems(in: text(decision)) == [problem])
  }

  @Test func pricesOfTwoYearsNeedAFactor() {
    let found = diagnostics(
      of: text("willingness_to_pay: {values: [1, 2], unit: NOK 2025/QALY}"))
    #expect(
      found.map(\.message) == [
        "a willingness to pay in NOK 2025/QALY; expected NOK 2018/QALY, as the cost and the effect "
          + "have it. Prices of two years differ: multiply what is in NOK 2025 by a stated factor in "
          + "NOK 2018/NOK 2025."
      ])
  }

  /// A stated unit gives way to the prices of `currency`; lines in other prices are converted to them.
  @Test(
    arguments: [
      (
        "variables: {v: {value: p, unit: NOK 2018}}\noutputs: {x: v}",
        "Prices of two years differ: `currency` says NOK 2024, so state the unit in NOK 2024."
      ),
      (
        "costs: {a: old, b: p}\noutputs: {x: costs}",
        "Prices of two years differ: multiply what is in NOK 2018 by a stated factor in "
          + "NOK 2024/NOK 2018."
      ),
      (
        "costs: {a: p, b: old}\noutputs: {x: costs}",
        "Prices of two years differ: multiply what is in NOK 2018 by a stated factor in "
          + "NOK 2024/NOK 2018."
      ),
    ])
  func adviceGoesTowardsTheCurrency(_ sections: String, _ advice: String) {
    let parameters = "{p: {value: 1, unit: NOK}, old: {value: 1, unit: NOK 2018}}"
    let found = diagnostics(
      of: "utfall: 1\ncurrency: NOK 2024\nparameters: \(parameters)\n\(sections)\n")
    #expect(found.map(\.advice) == [advice])
  }

  /// Without units on the cost, `currency` and the `unit` of the effect tell what the stated one has to be.
  @Test func theCurrencyTellsWhereFormulasDoNot() {
    let bare = { (decision: String) in
      text(decision).replacing(", unit: QALY/user", with: "").replacing(
        ", unit: NOK/user", with: "")
    }
    #expect(
      problems(in: bare("{willingness_to_pay: {values: 2, unit: NOK/QALY}, unit: QALY}")) == [])
    #expect(
      problems(in: bare("{willingness_to_pay: {values: 2, unit: NOK/LY}, unit: QALY}")) == [
        "12:42 a willingness to pay in NOK/LY"
      ])
    #expect(
      problems(in: bare("willingness_to_pay: {values: 2, unit: NOK 2020/QALY}")) == [
        "12:41 a willingness to pay in NOK 2020/QALY"
      ])
  }

  @Test func costsAreInTheCurrencyOfTheFile() {
    #expect(
      problems(in: text("willingness_to_pay: 2", cost: "NOK 2025/user")) == [
        "11:1 a decision with a cost in NOK 2025/user"
      ])
    #expect(
      problems(in: text("willingness_to_pay: 2", cost: "hour/user")) == [
        "11:1 a decision with a cost in hour/user"
      ])
  }

  @Test func theUnitIsInferredForTheTables() throws {
    let inferred = try units(text("willingness_to_pay: 2"))
    #expect(inferred.willingnessToPay == "NOK 2018/QALY")
    #expect(inferred.effect == "QALY")
    let stated = try units(
      text("willingness_to_pay: {values: 2, unit: EUR/QALY}", cost: "EUR/user", currency: ""))
    #expect(stated.willingnessToPay == "EUR/QALY")
    // Without a currency the effect is what is stated, if anything.
    #expect(stated.effect == "")
  }

  @Test func withoutACurrencyTheEffectTells() {
    #expect(
      problems(in: text("unit: QALY", cost: "EUR", currency: "")) == [
        "11:1 a willingness to pay in EUR*user/QALY"
      ])
    #expect(problems(in: text("unit: QALY", cost: "EUR/user", currency: "")) == [])
  }

  @Test(arguments: [
    ("{values: 2, to: 5}", "12:35 `to` beside `values`"),
    ("{unit: NOK/QALY}", "12:23 `willingness_to_pay` without `to` and `step`"),
    ("{values: [2, 1], unit: NOK/QALY}", "12:36 `1` after 2 in `values`"),
    ("{values: [], unit: NOK/QALY}", "12:32 0 numbers in `values`"),
    ("{to: 5}", "12:23 `willingness_to_pay` without `step`"),
    ("{value: 5, unit: NOK/QALY}", "12:24 the unknown key `value`"),
  ])
  func otherFormsAreRefused(_ value: String, _ problem: String) {
    #expect(problems(in: text("willingness_to_pay: \(value)")).contains(problem))
  }

  // MARK: population

  private func population(_ unit: String) -> String {
    "population: {incidence: 1000, unit: \(unit), horizon: 5, rate: 4%}"
  }

  @Test(
    arguments: [
      (
        "{incidence: [100, 200], horizon: 5, rate: 4%}",
        "2 numbers as `incidence` for a horizon of 5 years"
      ),
      (
        "{incidence: 100, uptake: [1, 0.5], horizon: 3, rate: 4%}",
        "2 numbers as `uptake` for a horizon of 3 years"
      ),
      ("{incidence: -1, horizon: 5, rate: 4%}", "`incidence` of -1 in a population"),
      ("{incidence: 1, uptake: 3, horizon: 5, rate: 4%}", "`uptake` of 3 in a population"),
      ("{incidence: 1, horizon: 5, rate: -1}", "a `rate` of -1 in a population"),
    ])
  func impossiblePopulationsNameTheKey(_ population: String, _ found: String) {
    #expect(diagnostics(of: text("population: \(population)")).map(\.found) == [found])
  }

  @Test func theCostIsOneOfAPerson() {
    #expect(problems(in: text(population("user/year"))) == [])
    #expect(
      problems(in: text(population("patient/year"))) == [
        "12:39 an incidence in patient/year beside a cost in NOK/user"
      ])
    #expect(
      problems(in: text(population("user"))) == ["12:39 an incidence in user"])
    #expect(
      problems(in: text(population("user/month"))) == ["12:39 an incidence in user/month"])
    #expect(
      problems(in: text(population("user/year"), cost: "NOK").replacing("QALY/user", with: "QALY"))
        == ["12:39 an incidence in user/year beside a cost in NOK"])
  }
}
