// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Keys that are unknown, given twice or missing.
@Suite struct KeyDiagnosticTests {
  @Test(arguments: [
    Refusal(
      scenario("x:\n    value: 1\n    sorce: a book"), "7:5", "unknown key `sorce`",
      "expected one of", "value, unit, source", "Did you mean `source`?"),
    Refusal(
      scenario(top: "rangse: ci95\nbase_is: mean"), "2:1", "unknown key `rangse`",
      "Did you mean `ranges`?"),
    Refusal(
      scenario(top: "run: {seeed: 1}"), "2:7", "unknown key `seeed`", "Did you mean `seed`?"),
    Refusal(
      scenario(rest: "outputs:\n  y:\n    value: x\n    units: NOK"), "9:5", "unknown key `units`",
      "Did you mean `unit`?"),
    Refusal(scenario("x: 1\n  x: 2"), "6:3", "`x` a second time", "line 5, column 3"),
    Refusal(
      scenario("x:\n    value: 1\n    value: 2"), "7:5", "`value` a second time",
      "line 6, column 5"),
    Refusal(scenario(top: "title: a\ntitle: b"), "3:1", "`title` a second time", "line 2"),
    Refusal(
      scenario("x: 1\nvariables:\n  x: 2"), "7:3", "the name `x` a second time",
      "the parameter in line 5", "Rename"),
    Refusal(scenario(rest: "costs:\n  c: x"), "1:1", "without `outputs`", "section `outputs:`"),
    Refusal(scenario("if: 1", rest: "outputs:\n  y: 1"), "5:3", "reserved word `if`"),
    Refusal(scenario("cost per user: 1", rest: "outputs:\n  y: 1"), "5:3", "cost_per_user"),
    Refusal(scenario(top: "utfall: 1"), "2:1", "`utfall` a second time"),
  ])
  func refuses(_ refusal: Refusal) throws { try refusal.check() }

  @Test func severalFilesAreReportedTogether() throws {
    let workplace = try Workplace()
    try workplace.write(scenario("x: 1,5", rest: "outputs:\n  y: x + nobody"), to: "a.yaml")
    try workplace.write(scenario(), to: "good.yaml")
    try workplace.write(scenario("x: normal(0, -1)"), to: "b.yaml")
    let before = workplace.content
    for command in ["run", "validate"] {
      let outcome = try workplace.simulate(command, "a.yaml", "good.yaml", "b.yaml")
      #expect(outcome.code == 65)
      #expect(outcome.output.isEmpty)
      let places = outcome.errorLines.map { $0.prefix { $0 != " " } }
      #expect(places == ["a.yaml:5:7:", "a.yaml:7:10:", "b.yaml:5:6:"], "\(outcome)")
      #expect(workplace.content == before)
    }
    let outcome = try workplace.simulate("run", "a.yaml", "missing.yaml", "b.yaml")
    #expect(outcome.code == 66)
    #expect(outcome.errorLines.count == 4, "\(outcome)")
    #expect(workplace.content == before)
  }
}
