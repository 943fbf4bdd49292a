// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

@Suite struct ReferenceTests {
  @Test func undefinedNamesGetTheNearestKnownOne() {
    let found = diagnostics(of: scenario(parameters: "rent: 1\n  area: 2", x: "rnet * aera + zzzz"))
    #expect(found.map(\.found).map { $0.suffix(6) } == ["`rnet`", "`aera`", "`zzzz`"])
    #expect(found.map(\.column) == [6, 13, 20])
    #expect(
      found.map(\.advice) == [
        "Did you mean `rent`?", "Did you mean `area`?",
        "Define it under `parameters` or `variables`.",
      ])
  }

  @Test(
    arguments: [
      ("a: b\n  b: a", ["7:3 definitions that need each other: a -> b -> a"]),
      (
        "z: y\n  y: w\n  w: 2 * z + y",
        [
          "7:3 definitions that need each other: z -> y -> w -> z",
          "8:3 definitions that need each other: y -> w -> y",
        ]
      ),
      ("a: a + 1", ["7:3 definitions that need each other: a -> a"]),
      ("a: p\n  b: a", []),
    ] as [(String, [String])])
  func cyclesAreShownWithTheirPath(_ variables: String, _ expected: [String]) {
    let text = scenario(parameters: "p: 1", variables: variables, x: "1")
    #expect(problems(in: text).filter { $0.contains("need each other") } == expected)
  }

  @Test func totalsTakePartInCycles() {
    let text = scenario(
      parameters: "p: 1", x: "costs\ncosts:\n  c: p * benefits\nbenefits:\n  b: costs")
    #expect(
      problems(in: text) == [
        "9:3 definitions that need each other: c -> benefits -> b -> costs -> c"
      ])
  }

  @Test func totalsNeedLines() {
    #expect(problems(in: scenario(x: "a + costs")) == ["7:10 `costs` without lines to add up"])
  }

  @Test func outputsReportThemselvesOnlyIfDefined() {
    #expect(problems(in: scenario(x: "x")) == ["7:6 the undefined name `x`"])
    #expect(problems(in: scenario(x: "a\n  a: a")) == [])
    #expect(problems(in: scenario(x: "x + 1")).first?.contains("x -> x") == true)
  }

  @Test func unusedParametersAndVariablesAreWarnings() throws {
    let scenario = try read(scenario(parameters: "a: 1\n  b: 2\n  c: 3", variables: "v: b"))
    #expect(
      scenario.warnings.map { "\($0.line):\($0.column) \($0.found)" } == [
        "6:3 no output depends on the parameter `b`", "7:3 no output depends on the parameter `c`",
        "9:3 no output depends on the variable `v`",
      ])
    #expect(scenario.warnings.first?.severity == .warning)
  }

  /// Offsets in folded, quoted and literal texts lead back to the file.
  @Test(
    arguments: [
      ("a + b", "7:10"), ("'a + b'", "7:11"), ("\"a + b\"", "7:11"), ("\n    a\n    + b", "9:7"),
      ("a\n    +\n\n    b", "10:5"), (">\n    a +\n    b", "9:5"),
      ("|\n    a +\n\n      b", "10:7"),
      ("\"a +\n    b\"", "8:5"), ("\"a \\\n    + b\"", "8:7"), ("\"\\x61 + b\"", "7:14"),
      ("{value: a + b}", "7:18"), ("{value: 'a + b'}", "7:19"), ("å1 + b", "7:11"),
    ] as [(String, String)])
  func positionsLeadBackToTheFile(_ formula: String, _ place: String) {
    let text = scenario(parameters: "a: 1\n  å1: 2", x: formula)
      .replacing("  å1: 2\n", with: formula.contains("å") ? "  å1: 2\n" : "")
    let line = formula.contains("å") ? place.replacing("7:", with: "8:") : place
    #expect(problems(in: text) == ["\(line) the undefined name `b`"])
  }

  @Test func definitionsLeadBackToTheFile() throws {
    let scenario = try read(scenario(x: "\n    2 *\n    a"))
    let definition = try #require(scenario.definitions["x"])
    #expect(definition.text == "2 * a")
    #expect(definition.position(ofByte: 4) == SourcePosition(line: 9, column: 5))
  }

  @Test func longChainsAreFollowed() throws {
    let count = 9000
    let chain = (1..<count).map { "v\($0): v\($0 - 1) + 1" }.joined(separator: "\n  ")
    let text = scenario(variables: "v0: a\n  \(chain)", x: "v\(count - 1)")
    #expect(try read(text).variables.count == count)
    let circle = text.replacing("v0: a", with: "v0: v\(count - 1)")
    #expect(problems(in: circle).count == 1)
  }
}
