// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Formulas that can't be read or can't be computed.
@Suite struct FormulaDiagnosticTests {
  @Test(arguments: [
    Refusal(
      scenario("centre_factor: 1", rest: "outputs:\n  y: 2 * centre_facotr"), "7:10",
      "undefined name `centre_facotr`", "Did you mean `centre_factor`?"),
    Refusal(
      scenario("x: 1\nvariables:\n  a: b + x\n  b: c\n  c: 2 * a", rest: "outputs:\n  y: a"),
      "7:3", "a -> b -> c -> a", "without a circle"),
    Refusal(
      scenario("x: 1\nvariables:\n  a: a + x", rest: "outputs:\n  y: a"), "7:3", "a -> a",
      "its own result"),
    Refusal(
      scenario("x: 1\ncosts:\n  a: x + costs", rest: "outputs:\n  y: costs"), "7:3", "costs"),
    Refusal(scenario(rest: "outputs:\n  y: (x + 1 * (2)"), "7:6", "`(`", "never closed"),
    Refusal(scenario(rest: "outputs:\n  y: x + 1)"), "7:11", "`)` without a `(`"),
    Refusal(scenario(rest: "outputs:\n  y: x +"), "7:8", "ends after `+`"),
    Refusal(scenario(rest: "outputs:\n  y: squrt(x)"), "7:6", "`squrt`", "`sqrt`"),
    Refusal(scenario(rest: "outputs:\n  y: max()"), "7:6", "0 arguments for `max`", "max(a, b"),
    Refusal(scenario(rest: "outputs:\n  y: x = 1"), "7:8", "`=`", "=="),
    Refusal(scenario(rest: "outputs:\n  y: benefits - x"), "7:6", "`benefits`", "lines"),
  ])
  func refuses(_ refusal: Refusal) throws { try refusal.check() }

  @Test func thousandParenthesesAreRefused() throws {
    let formula = String(repeating: "(", count: 1000) + "x" + String(repeating: ")", count: 1000)
    try Refusal(scenario(rest: "outputs:\n  y: \(formula)"), "7:262", "256 levels", "Split it")
      .check()
  }

  @Test(arguments: ["(", "-", "not ", "x^", "min(x, ", "if(x > 1, x, "])
  func deepNestingNeverCrashes(_ piece: String) throws {
    let workplace = try Workplace()
    let formula = String(repeating: piece, count: 90_000 / piece.count)
    try workplace.write(scenario(rest: "outputs:\n  y: \(formula)"), to: "deep.yaml")
    let outcome = try workplace.simulate("run", "deep.yaml")
    #expect(outcome.code == 65, "\(outcome.description.prefix(300))")
    #expect(outcome.errors.hasPrefix("deep.yaml:7:"))
    #expect(outcome.errors.utf8.count < 2000)
  }
}
