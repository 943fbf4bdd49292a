// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

@Suite struct CaseTests {
  private static let text = """
    utfall: 1
    ranges: ci95
    base_is: mean
    parameters:
      price: {value: 10 (8 to 12), family: gamma}
      hours: 3
    variables:
      work: hours * price
    costs:
      room: {payer: hospital, value: 100}
      staff: {payer: municipality, value: work}
      paper: 1
    benefits:
      health: {payer: patient, value: 200}
    perspectives:
      society: {payers: all}
      hospital:
        payers: [hospital]
        set: {hours: 5}
    variants:
      dear: {set: {price: 20}}
      longer: {scale: {hours: 2}}
      shifted: {shift: {work: 7}}
      frozen: {freeze: [price]}
      formula: {set: {price: hours + 1}}
    outputs:
      cost: costs
      net: benefits - costs
      hospital_cost: costs[payer = hospital]
      hours: hours

    """

  private func base() throws -> [String: (base: Double, low: Double, high: Double)] {
    let scenario = try ScenarioReader.read(text: Self.text, file: "s.yaml")
    var values: [String: (base: Double, low: Double, high: Double)] = [:]
    for row in try BaseResult(scenario).rows { values[row.name] = (row.base, row.low, row.high) }
    return values
  }

  /// By hand: society 100 + 30 + 1; the hospital pays its room and what has no payer.
  @Test func perspectivesAndVariantsChangeTotals() throws {
    let values = try base()
    #expect(values["cost [society]"]?.base == 131)
    #expect(values["cost [society]"]?.low == 125)
    #expect(values["cost [society]"]?.high == 137)
    #expect(values["cost [hospital]"]?.base == 101)
    #expect(values["net [society]"]?.base == 69)
    #expect(values["net [hospital]"]?.base == -101)
    #expect(values["cost [society, dear]"]?.base == 161)
    #expect(values["cost [society, dear]"]?.low == 161)
    #expect(values["cost [society, longer]"]?.base == 161)
    #expect(values["cost [society, shifted]"]?.base == 138)
    #expect(values["cost [society, frozen]"]?.low == 131)
    #expect(values["cost [society, formula]"]?.base == 113)
    #expect(values["hours [hospital]"]?.base == 5)
    // What no perspective changes is reported once.
    #expect(values["hospital_cost"]?.base == 100)
    #expect(values["hospital_cost [hospital]"] == nil)
  }

  @Test func oneParameterAtATime() throws {
    let scenario = try ScenarioReader.read(text: Self.text, file: "s.yaml")
    let rows = try BaseResult(scenario).oneWay
    #expect(Set(rows.map(\.parameter)) == ["price"])
    let cost = try #require(rows.first)
    #expect(cost.base == 131 && cost.low == 125 && cost.high == 137 && cost.isStated)
    #expect(cost.lowInput == 8 && cost.highInput == 12)
  }

  /// A variant that changes nothing that an output needs has the output's draws, bit for bit.
  @Test func casesShareTheirDraws() throws {
    let scenario = try ScenarioReader.read(text: Self.text, file: "s.yaml")
    let plan = try scenario.compiled()
    let result = try Simulation(plan, settings: .init(seed: 1, iterations: 5000, workers: 2)).run()
    func summary(_ name: String, _ variant: String?) -> OutputSummary? {
      zip(plan.outputs, result.outputs).first { output, _ in
        output.name == name && scenario.cases[output.modelCase].variant == variant
      }?.1
    }
    let base = try #require(summary("cost", nil))
    let shifted = try #require(summary("cost", "shifted"))
    #expect(abs(shifted.moments.mean - base.moments.mean - 7) < 1e-9)
    #expect(
      shifted.moments.standardDeviation.map {
        abs($0 - (base.moments.standardDeviation ?? 0)) < 1e-9
      }
        == true)
  }

  @Test func scalingARecursionDoesNotCompound() throws {
    let values = try constantOutputs(
      """
      utfall: 1
      dimensions: {year: 1..3}
      parameters: {g: 2}
      variables:
        x: {first: 1, then: previous(x) * g}
      variants:
        tenfold: {scale: {x: 10}}
      outputs: {y: x}
      """)
    #expect((1...3).map { values["y \($0) tenfold"] } == [10, 20, 40])
  }

  @Test func rereadingRangesChangesTheSpread() throws {
    let text = """
      utfall: 1
      ranges: ci95
      base_is: mean
      parameters:
        a: {value: 10 (8 to 12), family: gamma}
        b: {value: 10 (8 to 12), family: gamma}
      variants:
        wide: {ranges: p10-p90}
        bounded: {ranges: min-max, family: pert, base_is: mode}
        together: {correlate: comonotone}
      outputs: {x: a + b}
      """
    let scenario = try ScenarioReader.read(text: text, file: "s.yaml")
    let result = try Simulation(
      scenario.compiled(), settings: .init(seed: 2, iterations: 50_000, workers: 2)
    ).run()
    let sds = try result.outputs.map { try #require($0.moments.standardDeviation) }
    // (12 - 8) / (2 z) each, independent; PERT with shape 4: the range over 2√7; comonotone: twice one.
    let expected = [
      2 / 1.959963984540054 * 2.0.squareRoot(), 2 / 1.2815515655446004 * 2.0.squareRoot(),
      4 / (2 * 7.0.squareRoot()) * 2.0.squareRoot(), 2 / 1.959963984540054 * 2,
    ]
    for (sd, value) in zip(sds, expected) {
      #expect(abs(sd - value) < 5 * value / (2 * 50_000.0).squareRoot(), "\(sd) \(value)")
    }
  }

  /// Told at the variant, with what to write there, once for all parameters.
  @Test func rereadingThatFailsNamesTheVariant() {
    let text = """
      utfall: 1
      ranges: ci95
      base_is: mean
      parameters:
        a: {value: 10 (8 to 12), family: gamma}
        b: {value: 10 (7 to 12), family: gamma}
        c: {value: 0.5 (0.4 to 0.6), family: pert, range: min-max}
        d: {value: 4 (3 to 5), family: normal}
      variants:
        wide: {ranges: p10-p90, family: gamma}
        bounded: {ranges: min-max}
        shares: {family: beta}
      outputs: {x: a + b + c + d}
      """
    let found = diagnostics(of: text)
    let bounded = found.filter { $0.line == 11 }
    #expect(
      bounded.map { "\($0.column) \($0.found)" } == [
        "13 in the variant `bounded`, for `a, b`, family gamma for a min-max range",
        "13 in the variant `bounded`, for `d`, family normal for a min-max range",
      ], "\(found)")
    #expect(
      bounded.allSatisfy {
        $0.advice
          == "Add `family: pert` to the variant, or `triangular` or `uniform`: they have limits."
      })
    // Not at the parameters, which are good in the file.
    #expect(found.allSatisfy { $0.line >= 10 })
    #expect(found.allSatisfy { $0.found.hasPrefix("in the variant `") }, "\(found)")
    #expect(found.contains { $0.line == 12 && $0.column == 12 }, "\(found)")
  }

  /// A refused line or parameter is told once, not again where its total, payer or name is used.
  @Test(
    arguments: [
      (
        "costs: {c: p}\neffects: {e: p *}\ndecision: {unit: QALY}", "outputs: {o: costs}",
        ["4:16 a formula that ends after `*`"]
      ),
      (
        "costs: {c: {payer: me, value: p *}}\neffects: {e: p}\ndecision: {unit: QALY}",
        "outputs: {o: costs, m: 'costs[payer = me]'}\nperspectives: {a: {payers: [me]}}",
        ["3:33 a formula that ends after `*`"]
      ),
      (
        "variants: {v: {freeze: [q]}}\ncorrelate: [{parameters: [p, q], spearman: 0.5}]",
        "outputs: {o: p + q}",
        ["2:38 the text `x` after the number"]
      ),
      ("rows: [r]", "outputs: {o: p + column}", ["3:7 a list as `rows`"]),
    ] as [(String, String, [String])])
  func faultsAreToldOnce(_ sections: String, _ outputs: String, _ expected: [String]) {
    let parameters =
      sections.contains("[q]") ? "{p: 'normal(1, 2)', q: 1 x}" : "{p: 'normal(1, 2)'}"
    let all = problems(in: "utfall: 1\nparameters: \(parameters)\n\(sections)\n\(outputs)\n")
    #expect(all == expected)
  }

  @Test(
    arguments: [
      ("variants: {a: {}}", "the variant `a` without a change"),
      ("variants: {a: {set: {x: 2}}}", "the undefined name `x`"),
      ("variants: {a: {freeze: [y]}}", "`y`, which is not a parameter"),
      ("variants: {a: {scale: {p: q}}}", "the undefined name `q`"),
      ("perspectives: {a: {payers: [nobody]}}", "the payer `nobody`, whom no line names"),
      ("perspectives: {a: {payer: all}}", "the unknown key `payer`"),
    ])
  func faults(_ section: String, _ found: String) {
    let all = problems(
      in:
        "utfall: 1\nparameters: {p: 1}\ncosts: {c: {payer: me, value: p}}\noutputs: {o: costs}\n\(section)\n"
    )
    #expect(all.contains { $0.hasSuffix(found) }, "\(all)")
  }
}
