// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

@Suite struct ScenarioReaderTests {
  @Test func readsEveryField() throws {
    let scenario = try read(
      """
      utfall: 1
      title: "A title: with a colon"
      source: Report
      description: >
        Two
        lines
      currency: NOK 2018
      run: {seed: 18446744073709551615, iterations: 1e6, method: random}
      parameters:
        a: 5
        b: {value: "normal(1, 2)", unit: kg, source: S, description: D}
      variables:
        v: a * w
        w:
          value: 2 * b
          unit: kg
      costs:
        drug: {value: v, payer: hospital, unit: NOK, source: S, description: D}
        visit: a
      effects:
        life: 0 * b
      not_priced:
        - Safety
        - 'Peace: of mind'
      outputs:
        net:
          value: costs - effects
          unit: NOK
          description: D
          percentiles: [0, 2.5, 50, 99.9, 100]
          histogram: {bins: 10, from: -5, to: 1 000}
        double: {value: 2 * net, histogram: none}
        v: v
      """)
    #expect(scenario.name == "test-case")
    #expect(scenario.title == "A title: with a colon")
    #expect(scenario.description == "Two lines")
    #expect(scenario.currency == "NOK 2018")
    #expect(scenario.run.seed == .max)
    #expect(scenario.run.iterations == 1_000_000)
    #expect(scenario.notPriced == ["Safety", "Peace: of mind"])
    #expect(scenario.parameters.map(\.name) == ["a", "b"])
    #expect(scenario.parameters[0].family == "constant")
    #expect(scenario.parameters[0].statedBase == 5)
    #expect(scenario.parameters[1].unit == "kg")
    #expect(scenario.parameters[1].statedText == "normal(1, 2)")
    #expect(scenario.variables.map(\.formula) == ["a * w", "2 * b"])
    #expect(scenario.lines.map(\.name) == ["drug", "visit", "life"])
    #expect(scenario.lines.map(\.kind) == [.cost, .cost, .effect])
    #expect(scenario.lines[0].payer == "hospital")
    #expect(scenario.outputs.map(\.name) == ["net", "double", "v"])
    #expect(scenario.outputs[0].percentiles == [0, 2.5, 50, 99.9, 100])
    #expect(scenario.outputs[0].histogram == HistogramRequest(bins: 10, from: -5, to: 1000))
    #expect(scenario.outputs[1].histogram == nil)
    #expect(scenario.outputs[1].percentiles == ScenarioOutput.defaultPercentiles)
    #expect(scenario.outputs[2].histogram == HistogramRequest(bins: 60))
    #expect(scenario.definitions["net"]?.position == SourcePosition(line: 26, column: 3))
    #expect(scenario.definitions["v"]?.kind == .variable)
    #expect(scenario.warnings.isEmpty)
  }

  @Test func buildsTheModel() throws {
    let model = try read(
      scenario(
        parameters: "a: 2\n  b: 3", variables: "v: a + b",
        x: "costs * v\n  y: x + 1\ncosts:\n  c: a\n  d: b\n  e: v")
    ).model
    #expect(model.parameters.map(\.name) == ["a", "b"])
    let variables = try model.variables.map {
      "\($0.name) = \(bracketed(try #require($0.formula)))"
    }
    #expect(
      variables == [
        "v = (a + b)", "c = a", "d = b", "e = v", "x = (costs * v)", "costs = ((c + d) + e)",
      ])
    #expect(
      model.outputs.map { "\($0.name) = \(bracketed($0.value))" } == ["x = x", "y = (x + 1.0)"])
    #expect(model.outputs[0].probabilities == [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975])
  }

  @Test(
    arguments: [
      ("title: x\n", ["1:1 a scenario without its version of the format"]),
      ("utfall: 2\n", ["1:9 version `2` of the scenario format"]),
      ("utfall:\n", ["1:1 `utfall` without a value"]),
    ] as [(String, [String])])
  func needsItsVersion(_ first: String, _ expected: [String]) {
    #expect(problems(in: first + "parameters: {a: 1}\noutputs: {x: a}\n") == expected)
  }

  @Test(
    arguments: [
      ("utfall: 1\n", ["1:1 a scenario without `parameters`", "1:1 a scenario without `outputs`"]),
      ("- utfall\n", ["1:1 a list as a scenario"]),
      (
        "utfall: 1\nparameters:\noutputs: x\n",
        [
          "2:1 an empty section `parameters`", "3:10 the text `x` as `outputs`",
        ]
      ),
      (
        "utfall: 1\nparameters:\n  a: 1\noutputs:\n  x: {unit: y}\n  y:\n  z: [1]\n",
        [
          "5:3 the output `x` without `value`", "6:3 `y` without a value", "7:6 a list as `z`",
        ]
      ),
      (
        "utfall: 1\nparameters: {a: 1}\noutputs: {x: a}\ndimensions: {year: 2}\nvariant: 3\n",
        [
          "4:20 `2` as labels", "5:1 the unknown key `variant`",
        ]
      ),
      (
        "utfall: 1\nrun: 5\nnot_priced: {a: b}\nparameters: {a: 1}\noutputs: {x: a}\n",
        [
          "2:6 the text `5` as `run`", "3:13 a mapping as `not_priced`",
        ]
      ),
      (
        "utfall: 1\nparameters: {a: 1}\nvariables:\n  c: {first: a, then: b}\noutputs: {x: a}\n",
        [
          "4:7 a recursion without an ordered dimension"
        ]
      ),
    ] as [(String, [String])])
  func refusesStructures(_ text: String, _ expected: [String]) {
    #expect(problems(in: text) == expected)
  }

  @Test(
    arguments: [
      ("seed: -1", "2:13 the number `-1`"), ("seed: 1.5", "2:13 the number `1.5`"),
      ("seed: 18446744073709551616", "2:13 the number `18446744073709551616`"),
      ("iterations: 0", "2:19 the number `0`"), ("iterations: 1e10", "2:19 the number `1e10`"),
      ("iterations: many", "2:19 `many`"), ("method: halton", "2:15 `halton` as a method"),
      ("method: random number", "2:15 `random number` as a method"),
      ("stop: 1", "2:13 `1`"), ("sede: 1", "2:7 the unknown key `sede`"),
    ] as [(String, String)])
  func refusesRunSettings(_ setting: String, _ expected: String) {
    let text = scenario().replacing("utfall: 1\n", with: "utfall: 1\nrun: {\(setting)}\n")
    #expect(problems(in: text) == [expected])
  }

  @Test(
    arguments: [
      ("percentiles: [2,5, 50]", []),
      ("percentiles: [50, 5]", ["9:23 the percentile `5` after 50"]),
      ("percentiles: [5, 5]", ["9:22 the percentile `5` after 5"]),
      ("percentiles: [101]", ["9:19 the percentile `101`"]),
      ("percentiles: [-1]", ["9:19 the percentile `-1`"]),
      ("percentiles: [5%]", ["9:19 the percentile `5%`"]),
      ("percentiles: []", ["9:18 0 percentiles"]),
      ("percentiles: 5", ["9:18 the text `5` as `percentiles`"]),
      ("percentiles: [a]", ["9:19 `a`"]),
      ("histogram: some", ["9:16 the text `some` as `histogram`"]),
      ("histogram: {bins: 0}", ["9:23 the number `0`"]),
      ("histogram: {bins: 10001}", ["9:23 the number `10001`"]),
      ("histogram: {from: 3, to: 3}", ["9:23 a histogram from 3 to 3"]),
      ("histogram: {bin: 3}", ["9:17 the unknown key `bin`"]),
    ] as [(String, [String])])
  func checksOutputs(_ key: String, _ expected: [String]) {
    #expect(problems(in: scenario(x: "\n    value: a\n    \(key)")) == expected)
  }

  @Test(
    arguments: [
      ("users-per-centre: 1", "5:3 the name `users-per-centre`"), ("2a: 1", "5:3 the name `2a`"),
      ("min: 1", "5:3 the reserved word `min` as a name"),
      ("costs: 1", "5:3 the reserved word `costs` as a name"),
      ("present_value: 1", "5:3 the reserved word `present_value` as a name"),
      ("and: 1", "5:3 the reserved word `and` as a name"),
    ] as [(String, String)])
  func refusesNames(_ line: String, _ expected: String) {
    #expect(problems(in: scenario(parameters: line, x: "1")) == [expected])
  }

  @Test func refusesNamesGivenTwice() {
    let text = scenario(parameters: "a: 1\n  b: 2", variables: "a: b\n  x: b", x: "b * 2\n  b: b")
    #expect(
      problems(in: text) == [
        "8:3 the name `a` a second time, after the parameter in line 5, column 3",
        "11:3 the name `x` a second time, after the variable in line 9, column 3",
      ])
    #expect(
      diagnostics(of: text).last?.advice
        == "To report that quantity under its own name, write `x: x`.")
  }
}
