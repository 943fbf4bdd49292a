// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What runs and checks print.
@Suite struct ReportTests {
  @Test func validateShowsTheParametersAndWritesNothing() throws {
    let workplace = try Workplace()
    let outcome = try workplace.simulate("validate", norwayScenario)
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("21 parameters, 6 uncertain, 9 outputs"))
    #expect(outcome.output.contains("individual_hours          6 (2 to 12)"))
    // The mean of this gamma misses 1 by an ulp: it is still printed with four digits.
    #expect(outcome.output.contains(#/centre_factor +1 ±30% +gamma +1\.000 +0\.1531 /#))
    #expect(workplace.content.isEmpty)
  }

  @Test func validateExplainsWhatQuantitiesVaryOver() throws {
    let workplace = try Workplace()
    try workplace.write(
      """
      utfall: 1
      dimensions: {year: 2020..2023, kind: [a, b]}
      parameters:
        p: {by: kind, value: {a: 1, b: 2}}
      variables:
        grown: {value: p * (year - 2019), unit: NOK/year}
        whole: sum(sum(grown, over = year), over = kind)
      outputs: {x: whole}
      """, to: "case.yaml")
    let plain = try workplace.simulate("validate", "case.yaml")
    #expect(plain.code == 0 && !plain.output.contains("varies over"))
    let outcome = try workplace.simulate("validate", "case.yaml", "--explain")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains(#/grown +8 +year, kind +NOK\/year +p \* \(year - 2019\)/#))
    #expect(outcome.output.contains(#/whole +1 +\(NOK\/year\) +sum\(sum/#))
  }

  @Test func quietPrintsErrorsOnly() throws {
    let workplace = try Workplace()
    try workplace.write(scenario("x: 1\n  idle: 2"), to: "case.yaml")
    for arguments in [["validate", "case.yaml", "-q"], ["run", "case.yaml", "--quiet"]] {
      let outcome = try workplace.simulate(arguments)
      #expect(outcome.code == 0)
      #expect(outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome)")
    }
    try workplace.write(scenario("x: normal(0, -1)"), to: "bad.yaml")
    for command in ["validate", "run"] {
      let outcome = try workplace.simulate(command, "bad.yaml", "--quiet")
      #expect(outcome.code == 65)
      #expect(outcome.errors.hasPrefix("bad.yaml:5:6: error: "))
    }
  }

  @Test func warningsGoToStandardErrorAndTheManifest() throws {
    let workplace = try Workplace()
    try workplace.write(scenario("x: 1\n  idle: 2"), to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml")
    #expect(outcome.code == 0)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("case.yaml:6:3: warning: "))
    #expect(outcome.errors.contains("`idle`"))
    #expect(!outcome.output.contains("warning"))
    #expect(try workplace.text("results/case/manifest.json").contains("case.yaml:6:3: warning"))
  }

  @Test func resultTableNamesOutputsUnitsAndPlace() throws {
    let workplace = try Workplace()
    let outcome = try workplace.simulate("run", norwayScenario, "-i", "1")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.errors.isEmpty, "no progress line without a terminal")
    #expect(outcome.output.hasPrefix("Tailored exercise for people with cancer, Norway 2018\n"))
    #expect(outcome.output.contains("  1 iteration, seed 2018"))
    #expect(outcome.output.contains("net_benefit_11000") && outcome.output.contains("NOK/year"))
    #expect(outcome.output.contains("Not priced: Safety and mastery; "))
    #expect(outcome.output.hasSuffix("\n  Written to results/norway-exercise/\n"))
  }

  /// Text of a scenario can't move the cursor, colour the terminal or forge lines.
  @Test func controlCharactersAreShownNotSent() throws {
    let workplace = try Workplace()
    let nasty = "\"k\\e[31mr\\nFORGED\\x07 \\u202Eabc\""
    let text = """
      utfall: 1
      title: \(nasty)
      not_priced: [\(nasty)]
      parameters:
        x: {value: "gamma(mean = 5, sd = 2)", source: \(nasty)}
      outputs:
        y: {value: x, description: \(nasty)}

      """
    try workplace.write(text, to: "a\u{1B}[31mb\n.yaml")
    for arguments in [["validate"], ["run"], ["run", "-o", "a\u{1B}[31m"]] {
      let outcome = try workplace.simulate(arguments + ["a\u{1B}[31mb\n.yaml"])
      #expect(outcome.code == 0, "\(outcome)")
      let printed = outcome.output + outcome.errors
      if arguments[0] == "run" { #expect(printed.contains("k\\u{1B}[31mr\\nFORGED")) }
      let hidden = printed.unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7F || $0.value == 0x202E
      }
      #expect(hidden.isEmpty)
      #expect(!printed.contains("\nFORGED"))
    }
    // What is no unit is quoted in a message.
    try workplace.write(text.replacing("source:", with: "unit:"), to: "c.yaml")
    let refused = try workplace.simulate("validate", "c.yaml")
    #expect(refused.code == 65)
    #expect(refused.errors.contains("in the unit `k\\u{1B}[31mr\\nFORGED"))
    #expect(!refused.errors.contains("\u{1B}") && !refused.errors.contains("\nFORGED"))
  }
}
