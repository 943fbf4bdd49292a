// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Values that are not numbers end a run with exit code 70.
@Suite struct NonFiniteTests {
  private static let division = scenario(
    "b: uniform(-1, 1)\nvariables:\n  rate: 1 / floor(b + 0.001)",
    rest: "outputs:\n  z: b\n  y: 2 * rate")

  @Test func namesPlaceIterationAndInputs() throws {
    let workplace = try Workplace()
    try workplace.write(Self.division, to: "case.yaml")
    var messages: Set<String> = []
    for arguments in [["--workers", "1"], ["--workers", "2"], ["--workers", "7", "--draws"]] {
      let outcome = try workplace.simulate(["run", "case.yaml"] + arguments)
      #expect(outcome.code == 70, "\(outcome)")
      #expect(outcome.output.isEmpty)
      #expect(workplace.content == ["case.yaml"])
      messages.insert(outcome.errors)
    }
    #expect(messages.count == 1)
    let message = messages.first ?? ""
    #expect(message.hasPrefix("case.yaml:7:3: error: `rate` is infinite in iteration "))
    #expect(message.contains("leaves output `y` without a finite value"))
    #expect(message.contains("formula: 1 / floor(b + 0.001)"))
    #expect(message.contains("inputs:  b = 0."))
    #expect(message.contains("Nothing was written"))
  }

  /// The named iteration is the first bad one: up to it the run succeeds, and its draw is the input.
  @Test func iterationIsTheFirst() throws {
    let workplace = try Workplace()
    // One draw in 20 000 is bad; the seed puts the first beyond the first block.
    let text = scenario("b: uniform(0, 1)", rest: "outputs:\n  y: log(b - 0.00005)")
    try workplace.write(text, to: "case.yaml")
    let message = try workplace.simulate("run", "case.yaml", "--workers", "3").errors
    let found = try #require(message.firstMatch(of: #/in iteration (\d+)/#))
    let iteration = try #require(Int(found.1))
    #expect(iteration > 1)
    let bad = try workplace.simulate("run", "case.yaml", "--iterations", "\(iteration)")
    #expect(bad.code == 70)
    #expect(bad.errors == message)
    let good = try workplace.simulate(
      "run", "case.yaml", "--draws", "--iterations", "\(iteration - 1)")
    #expect(good.code == 0, "\(good)")
    let draws = try workplace.table("results/case/draws.csv")
    #expect(draws.rows.count == iteration - 1)
    #expect(try draws.numbers("b").allSatisfy { $0 > 0.00005 })
  }

  @Test(arguments: ["1 / (x - x)", "0 * (1 / 0 ) + x", "sqrt(-x)", "log(-x)", "exp(x * 1e6)"])
  func anyFormula(_ formula: String) throws {
    let workplace = try Workplace()
    try workplace.write(scenario(rest: "outputs:\n  y: \(formula)"), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml")
    #expect([65, 70].contains(outcome.code), "\(outcome)")
    #expect(outcome.errors.hasPrefix("case.yaml:7:"), "\(outcome)")
    #expect(workplace.content == ["case.yaml"])
  }

  /// All values are numbers, but the sum or the sum of squares is not.
  @Test(arguments: ["x * 1e200", "x * 1e306", "(x - 5) * 1e306"])
  func tooLargeToSummarise(_ formula: String) throws {
    let workplace = try Workplace()
    try workplace.write(
      scenario(rest: "outputs:\n  z: x\n  y: \(formula)"), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml")
    #expect(outcome.code == 70, "\(outcome)")
    #expect(outcome.errors.hasPrefix("case.yaml:8:3: error: output `y` reaches "), "\(outcome)")
    #expect(workplace.content == ["case.yaml"])
  }

  @Test func anEarlierResultOutlivesAFailure() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "case.yaml")
    #expect(try workplace.simulate("run", "case.yaml").code == 0)
    let before = try workplace.bytes("results/case/manifest.json")
    let content = workplace.content
    try workplace.write(Self.division, to: "case.yaml")
    #expect(try workplace.simulate("run", "case.yaml").code == 70)
    #expect(try workplace.bytes("results/case/manifest.json") == before)
    #expect(workplace.content == content)
  }
}
