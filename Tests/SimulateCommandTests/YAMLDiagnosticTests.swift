// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What YAML allows and scenarios don't, and the slips that YAML misreads.
@Suite struct YAMLDiagnosticTests {
  @Test(arguments: [
    Refusal(scenario("x: &a 1"), "5:6", "anchor", "Anchors are not read"),
    Refusal(scenario("x: *a"), "5:6", "alias", "write the value out"),
    Refusal(scenario("x: !!float 1"), "5:6", "tag", "Tags are not read"),
    Refusal(scenario("x:\n    <<: {value: 1}"), "6:5", "merge key", "write the entries out"),
    Refusal(scenario("x: gamma(mean: 5, sd: 2)"), "5:16", "`: ` inside a value", "use `=`"),
    Refusal(
      scenario("x: {value: 1, source: May 2017, table 5}"), "5:33", "a comma inside", "in quotes"),
    Refusal(scenario("x: {value: 1, unit: a[2]}"), "5:24", "`[` inside", "in quotes"),
    Refusal(scenario("x: %5"), "5:6", "begins with `%`", "40%"),
    Refusal(scenario("x: @5"), "5:6", "begins with `@`", "quotes"),
    Refusal(scenario("x: `5`"), "5:6", "backtick", "quotes"),
    Refusal(scenario("x:\n    value: 1\n    source: *note"), "7:13", "alias", "quotes"),
    Refusal(scenario("x:\n    value: 1\n    source: &c Co."), "7:13", "anchor", "quotes"),
    Refusal(scenario("x:\n    value: 1\n    source: !see table"), "7:13", "tag", "quotes"),
    Refusal(scenario("x:\n    value: 1\n    source: > 5 years"), "7:13", "with `>`", "quotes"),
    Refusal(scenario("x:\n    value: 1\n    source: | p. 5"), "7:13", "begins with `|`", "quotes"),
    Refusal(scenario("x: - 5"), "5:6", "a dash and a space", "without the space"),
    Refusal(scenario("x: 5 # five"), "5:8", "one space and `#`", "two spaces"),
    Refusal(scenario("x: 0,03"), "5:7", "comma in the number `0,03`", "Write 0.03"),
    Refusal(scenario("x:\n\tvalue: 1"), "6:1", "tab", "spaces"),
    Refusal(scenario(rest: "outputs:\n  y: x\n---\na: 1"), "8:1", "`---`", "second document"),
  ])
  func refuses(_ refusal: Refusal) throws { try refusal.check() }

  @Test func aliasBombIsRefusedAtOnce() throws {
    var text = "utfall: 1\na: &a [x, x, x, x, x, x, x, x, x]\n"
    for (letter, last) in zip("bcdefghij", "abcdefghi") {
      let items = Array(repeating: "*\(last)", count: 9).joined(separator: ", ")
      text += "\(letter): &\(letter) [\(items)]\n"
    }
    let workplace = try Workplace()
    try workplace.write(text, to: "bomb.yaml")
    let outcome = try workplace.simulate("run", "bomb.yaml", seconds: 10)
    #expect(outcome.code == 65, "\(outcome)")
    #expect(outcome.errors.contains("\nbomb.yaml:2:4: error: an anchor"), "\(outcome)")
    #expect(outcome.errors.contains("\nbomb.yaml:10:4: error: an anchor"), "\(outcome)")
    #expect(workplace.content == ["bomb.yaml"])
  }
}
