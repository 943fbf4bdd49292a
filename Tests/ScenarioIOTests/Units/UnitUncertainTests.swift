// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

/// Units of distributions whose arguments are other quantities.
@Suite struct UnitUncertainTests {
  private func found(_ value: String, _ unit: String) -> [String] {
    problems(
      in: """
        utfall: 1
        currency: NOK 2018
        parameters:
          m: {value: "normal(100, 5)", unit: NOK}
          old: {value: "normal(200, 5)", unit: NOK 2010}
          n: {value: 20, unit: user}
          p: {value: 0.2, unit: 1}
          share: {value: 0.2, unit: event/user}
          rate: {value: 2, unit: event/user/year}
          a:
            value: \(value)
            unit: \(unit)
        outputs:
          x: a
        """)
  }

  @Test(arguments: [
    ("uniform(0, m)", "NOK"), ("uniform(m, 2 * m)", "NOK"), ("normal(mean = m, sd = 3)", "NOK"),
    ("normal(mean = m, sd = 0.1 * m)", "NOK"), ("normal(mean = 5, sd = 0.1 * m)", "NOK"),
    ("binomial(n = n, p = p)", "user"), ("binomial(n = 20, p = p)", "user"),
    ("binomial(n = n, p = share)", "event"), ("binomial(n = n, p = 0.2)", "user"),
    ("poisson(mean = rate * n)", "event/year"), ("poisson(mean = n)", "user"),
    ("bernoulli(p = p)", "event"), ("exponential(rate = rate)", "user*year/event"),
    ("gamma(mean = m, cv = 0.5)", "NOK"), ("lognormal(mean = m, sd = 0.5 * m)", "NOK"),
    ("lognormal(meanlog = log(m / 1[NOK]), sdlog = 0.5)", "NOK"),
    ("m * gamma(mean = 1, sd = 0.5)", "NOK"), ("m + gamma(mean = 1, sd = 0.5)", "NOK"),
    ("n * gamma(mean = 1, sd = 0.5)", "user"), ("n * uniform(0, m)", "NOK*user"),
    ("student-t(df = 4, location = m, scale = 3)", "NOK"),
  ])
  func argumentsThatAgree(_ value: String, _ unit: String) {
    #expect(found(value, unit) == [])
  }

  @Test(arguments: [
    ("uniform(0, m)", "hour", "10:3 a distribution in NOK for `a` in hour"),
    ("binomial(n = n, p = p)", "event", "10:3 a distribution in user for `a` in event"),
    ("poisson(mean = rate)", "event", "10:3 a distribution in event/user/year for `a` in event"),
    (
      "exponential(rate = rate)", "event", "10:3 a distribution in user*year/event for `a` in event"
    ),
    ("lognormal(mean = m, sd = m)", "user", "10:3 a distribution in NOK for `a` in user"),
    ("uniform(0, old)", "NOK", "10:3 a distribution in NOK 2010 for `a` in NOK 2018"),
    ("n * uniform(0, m)", "NOK", "10:3 a distribution in NOK*user for `a` in NOK"),
  ])
  func valuesInAnotherUnit(_ value: String, _ unit: String, _ problem: String) {
    #expect(found(value, unit).map { $0.replacing("user*NOK", with: "NOK*user") } == [problem])
  }

  @Test(arguments: [
    ("normal(mean = m, sd = n)", "`sd` in user beside `mean` in NOK, for `a`"),
    ("uniform(m, 5 * old)", "`max` in NOK 2010 beside `min` in NOK 2018, for `a`"),
    ("lognormal(mean = m, sd = n)", "`sd` in user beside `mean` in NOK, for `a`"),
    ("lognormal(meanlog = m, sdlog = 1)", "`meanlog` in NOK for `a`"),
    ("bernoulli(p = share)", "`p` in event/user for `a`"),
    ("m + uniform(0, n)", "a distribution in user inside a sum in another unit, for `a`"),
  ])
  func argumentsThatDoNotAgree(_ value: String, _ problem: String) {
    let all = found(value, "NOK")
    #expect(all.count == 1 && all.allSatisfy { $0.hasSuffix(problem) }, "\(all)")
  }

  @Test func countsDrawnTogetherAreInTheUnitOfN() {
    let text = """
      utfall: 1
      dimensions:
        state: [home, ill]
      parameters:
        n: {value: 20, unit: user}
        x:
          by: state
          multinomial: {n: n, probabilities: {home: 0.5, ill: 0.5}}
          unit: hour
      outputs:
        y: x
      """
    #expect(
      problems(in: text.replacing("{home: 0.5, ill: 0.5}", with: "0.5")).allSatisfy {
        $0 == "6:3 a distribution in user for `x` in hour"
      })
    #expect(!problems(in: text).isEmpty)
    #expect(problems(in: text.replacing("unit: hour", with: "unit: user")) == [])
  }

  // MARK: Signs in formulas

  @Test(arguments: ["p + 12[€/user]", "p + 1[€]/1[user]", "p * 40%[1]"])
  func signsAreUnitsInFormulas(_ formula: String) {
    #expect(signs(formula) == [])
  }

  @Test(arguments: [
    ("p + 12[%]", "5:8 `+` between `p` in €/user and `12[%]` in %"),
    ("p + 12[$/user]", "5:8 `+` between `p` in €/user and `12[$/user]` in $/user"),
    ("p + 12 €", "5:13 a currency sign"), ("p + €12", "5:10 a currency sign"),
    ("p + 12[€/user", "5:12 a `[` that is never closed"),
    ("p + 12[?]", "5:13 `?` in the unit `?`"),
    ("p + 12[]", "5:12 an empty unit"),
  ])
  func signsElsewhereAreNot(_ formula: String, _ problem: String) {
    #expect(signs(formula) == [problem])
  }

  private func signs(_ formula: String) -> [String] {
    problems(
      in: """
        utfall: 1
        parameters:
          p: {value: 100, unit: €/user}
        outputs:
          x: \(formula)
        """)
  }

  /// The advice of a sum names a literal that is read.
  @Test func theAdviceIsOneThatWorks() {
    let found = diagnostics(
      of: "utfall: 1\nparameters:\n  p: {value: 100, unit: €/user}\noutputs:\n  x: p + 12\n")
    #expect(found.first?.advice == "Give the number its unit, as in 12[€/user].")
    #expect(signs("p + 12[€/user]") == [])
  }
}
