// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

/// What YAML allows or misreads and scenario files don't.
@Suite struct YAMLSlipTests {
  @Test(
    arguments: [
      ("a: &x 1", ["5:6 an anchor, or text that begins with `&`"]),
      ("a: *x", ["5:6 an alias, or text that begins with `*`"]),
      ("a: !!float 1", ["5:6 a tag, or text that begins with `!`"]),
      ("a: {value: *x}", ["5:14 an alias, or text that begins with `*`"]),
      ("a: {value: 1, source: &b c}", ["5:25 an anchor, or text that begins with `&`"]),
      ("<<: 1", ["5:3 a merge key `<<`"]), ("a: {<<: 1, value: 2}", ["5:7 a merge key `<<`"]),
      ("&a b: 1", ["5:3 an anchor, or text that begins with `&`"]),
      ("a: %5", ["5:6 text that begins with `%`"]), ("a: @b", ["5:6 text that begins with `@`"]),
      ("a: `b`", ["5:6 text that begins with a backtick"]),
      ("a: > 5", ["5:6 text that begins with `>`"]), ("a: >5", ["5:6 text that begins with `>`"]),
      ("a: | 5", ["5:6 text that begins with `|`"]),
      ("a: - 5", ["5:6 a dash and a space at the start of a value"]),
      ("a: ? 5", ["5:6 text that begins with `? `"]), ("a: , 5", ["5:6 text that begins with `,`"]),
      ("a: ] 5", ["5:6 text that begins with `]`"]), ("? a", ["5:3 a line that begins with `? `"]),
      ("a: gamma(mean: 5, sd: 2)", ["5:16 `: ` inside a value"]),
      ("a: {value: gamma(mean: 5), unit: x}", ["5:24 `: ` inside a value"]),
      ("a: 1 # one", ["5:8 one space and `#` after a text, which would cut the text there"]),
      (
        "a: {value: 1, source: table #5}",
        [
          "5:31 one space and `#` after a text, which would cut the text there",
          "5:6 a `{` that is never closed",
        ]
      ),
      ("a: 0,03", ["5:7 a comma in the number `0,03`"]),
      (
        "a: {value: 0,03, unit: x}",
        ["5:15 a comma inside the value `0,03`, which ends it in braces"]
      ),
      (
        "a: {value: max(1, 2), unit: x}",
        [
          "5:19 a comma inside the value `max(1, 2)`, which ends it in braces"
        ]
      ),
      (
        "a: {value: 1, source: May 2017, table 5}",
        [
          "5:33 a comma inside the value `May 2017, table 5`, which ends it in braces"
        ]
      ),
      ("a: {value: 1, unit: x[2]}", ["5:24 `[` inside a text in braces"]),
      ("a: {value: 1, unit}", ["5:15 a comma inside the value `1, unit`, which ends it in braces"]),
      ("a: {unit}", ["5:7 `unit` without a value in braces"]),
      ("a: {value:1}", ["5:7 `value:1` without a value in braces"]),
      ("a: {value: 1,, unit: x}", ["5:16 a comma with nothing before it"]),
      ("a: {value: 1", ["5:6 a `{` that is never closed"]),
      ("a: {value: [1, 2}, unit: x}", ["5:19 `}` where `]` is due"]),
      ("a: {value: 1} x", ["5:17 `x` after the closing bracket"]),
      ("a: {value: 'x' y}", ["5:18 a text after a complete one"]),
      ("a: '1' 2", ["5:10 `2` after the closing quote"]),
      ("a: \"1", ["5:6 a quote that is never closed"]),
      ("a: '1", ["5:6 a quote that is never closed"]),
      ("a: {value: \"1}", ["5:14 a quote that is never closed"]),
      ("a:1", ["5:3 the text `a:1` as `parameters`"]), ("a", ["5:3 the text `a` as `parameters`"]),
      ("a: 1\n  a: 2", ["6:3 the key `a` a second time, after line 5, column 3"]),
      ("a: 1\n  \"a\": 2", ["6:3 the key `a` a second time, after line 5, column 3"]),
      (
        "a: {value: 1, unit: x, unit: y}",
        [
          "5:26 the key `unit` a second time, after line 5, column 17"
        ]
      ),
      ("a: 1\n    b: 2", ["6:5 a key below a value: `b: 2`"]),
      ("a: 1\n    - b", ["6:5 a list entry below a text"]),
      ("a: 1\n b: 2", ["6:2 a line indented by 1 space, which no line above it leads to"]),
      ("a: 1\n\tb: 2", ["6:1 a tab as indentation"]),
      ("a: 1\n  \tb: 2", ["6:3 a tab as indentation"]),
      ("a: 1\n---\nb: 2", ["6:1 `---`, which starts a second document"]),
      ("a: 1\n...", ["6:1 `...`, which ends a document"]),
      ("a: 1\n%YAML 1.2", ["6:1 a line that begins with %"]),
      (": 1", ["5:3 a colon without a key before it"]),
      ("a: \"\\d\"", ["5:7 a backslash in double quotes that YAML does not know"]),
    ] as [(String, [String])])
  func refuses(_ line: String, _ expected: [String]) {
    let found = problems(in: scenario(parameters: line, x: "1"))
    #expect(found.sorted() == expected.sorted(), "\(line)")
  }

  @Test func goesOnAfterASlip() {
    let text = """
      utfall: 1
      parameters:
        a: *b
        c: {value: 1, unit: x
        d: 'x
        e: {value: max(1, 2)}
        f: > 5
          and more
        g: 1,5
      outputs:
        x: a + c + d + e + f + h
      """
    #expect(
      problems(in: text) == [
        "3:6 an alias, or text that begins with `*`", "4:6 a `{` that is never closed",
        "5:6 a quote that is never closed",
        "6:19 a comma inside the value `max(1, 2)`, which ends it in braces",
        "7:6 text that begins with `>`", "9:7 a comma in the number `1,5`",
        "11:26 the undefined name `h`",
      ])
  }

  @Test(
    arguments: [
      "a: 1  # two spaces", "a: 1\t# tab", "# a comment\n  a: 1", "a: '1' # after a quote",
      "a: {value: 1} # after a brace", "a: {value: 1,  # in braces\n    unit: x}",
      "a:  # above\n    1",
      "a: {\"value\":1}", "a: {value: 1, source: 'a, b'}", "a: {value: 1,}", "'a': \"1\"",
      "a:\n    1",
      "a:\n    value: 1\n    description: |\n      a: &b *c # d\n       - e\n\n      {f\n    unit: x",
      "a:\n    value: 1\n    description: >-\n      a: b\n    source: 'it''s # here'",
      "a:\n    value: 1\n    source: one\n      two # three"
        .replacing(" # three", with: ""), "a: {value: 1, source: a#b, description: http://x}",
      "a:\n    value: 1\n    source: \"a \\\" : b\"",
    ] as [String])
  func reads(_ lines: String) {
    #expect(problems(in: scenario(parameters: lines)) == [])
  }

  @Test func blockTextsAreNotStructure() throws {
    let text = scenario().replacing(
      "ranges:", with: "description: |\n  first: &a\n  # second\n\tno\nranges:")
    #expect(problems(in: text) == ["5:1 a tab as indentation"])
    let good = scenario().replacing(
      "ranges:", with: "description: |\n  first: &a\n  # second\nranges:")
    #expect(try read(good).description == "first: &a\n# second")
  }

  @Test func capsHold() {
    let deep = "utfall: 1\ntitle: " + String(repeating: "[", count: 1000)
    #expect(problems(in: deep) == ["2:71 more than 64 levels of nesting"])
    let dashes = "utfall: 1\ntitle:\n  " + String(repeating: "- ", count: 1000) + "a"
    #expect(problems(in: dashes).first?.hasSuffix("more than 64 levels of nesting") == true)
    let wide =
      "utfall: 1\nnot_priced:\n" + String(repeating: "  - a\n", count: 120_000)
    #expect(problems(in: wide).first?.hasSuffix("more than 100000 keys and values") == true)
    let long = scenario().replacing(
      "ranges:", with: "title: |\n" + String(repeating: "  aaaaaaaa\n", count: 8000) + "ranges:")
    #expect(problems(in: long) == ["2:8 a text of 72000 bytes"])
  }
}
