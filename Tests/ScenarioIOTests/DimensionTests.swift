// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// The values of the outputs of a scenario without uncertainty, by name and labels.
func constantOutputs(_ text: String) throws -> [String: Double] {
  let scenario = try ScenarioReader.read(text: text, file: "s.yaml")
  let plan = try scenario.compiled()
  var values: [String: Double] = [:]
  for (index, output) in plan.outputs.enumerated() {
    let scenarioCase = scenario.cases[output.modelCase]
    let key =
      ([output.name] + output.labels.map(\.label)
      + [scenarioCase.variant, scenarioCase.perspective].compactMap { $0 }).joined(separator: " ")
    values[key] = plan.constantValue(ofOutput: index)
  }
  return values
}

@Suite struct DimensionTests {
  private static let head = """
    utfall: 1
    dimensions:
      year: 2020..2023
      half: {labels: 0..2, step: 1/2}
      type: [a, b]
    parameters:
      rate: 10%
      share: {by: type, value: {a: 0.25, b: 0.75}}
      grid:
        by: [type, year]
        value:
          a: {2020: 1, otherwise: 2}
          b: {2020: 3, 2021: 4, 2022: 5, 2023: 6}

    """

  private func values(_ variables: String, _ outputs: String) throws -> [String: Double] {
    try constantOutputs(Self.head + "variables:\n\(variables)\noutputs:\n\(outputs)\n")
  }

  @Test(
    arguments: [
      ("sum(grid, over = year)", ["a": 7, "b": 18]),
      ("sum(sum(grid, over = year), over = type)", ["": 25]),
      ("mean(share, over = type)", ["": 0.5]),
      ("min(share, over = type)", ["": 0.25]), ("max(share, over = type)", ["": 0.75]),
      ("product(share, over = type)", ["": 0.1875]),
      ("share * 2", ["a": 0.5, "b": 1.5]), ("share[type = b]", ["": 0.75]),
      ("grid[type = b, year = 2022]", ["": 5]),
      ("grid[type = b]", ["2020": 3, "2021": 4, "2022": 5, "2023": 6]),
      ("cumulative(grid[type = b], over = year)", ["2020": 3, "2021": 7, "2022": 12, "2023": 18]),
      (
        "grid[type = b][year = year - 2, outside = -1]",
        ["2020": -1, "2021": -1, "2022": 3, "2023": 4]
      ),
      (
        "grid[type = b][year = year + 1, outside = 0]",
        ["2020": 4, "2021": 5, "2022": 6, "2023": 0]
      ),
      ("position(year)", ["2020": 0, "2021": 1, "2022": 2, "2023": 3]),
      ("year - 2000", ["2020": 20, "2021": 21, "2022": 22, "2023": 23]),
      ("if(type == b, 1, 2)", ["a": 2, "b": 1]), ("type != b", ["a": 1, "b": 0]),
      ("if(year >= 2022, 1, 0)", ["2020": 0, "2021": 0, "2022": 1, "2023": 1]),
      // A branch that labels rule out may reach beyond the ends.
      (
        "if(position(year) == 0, 0, grid[type = b][year = year - 1])",
        ["2020": 0, "2021": 3, "2022": 4, "2023": 5]
      ),
      ("12[month/year] * 2", ["": 24]),
    ] as [(String, [String: Double])])
  func formulas(_ formula: String, _ expected: [String: Double]) throws {
    let values = try values("  unused: 1", "  x: \(formula)")
    let wanted = Dictionary(
      uniqueKeysWithValues: expected.map { ($0.isEmpty ? "x" : "x \($0)", $1) })
    #expect(values == wanted)
  }

  /// Factors by hand: 1.1^-t, half years by square roots, schedules as running products.
  @Test(
    arguments: [
      (
        "discount(100 + 0 * year, rate = rate, over = year)",
        [100, 100 / 1.1, 100 / 1.21, 100 / 1.331]
      ),
      (
        "discount(100 + 0 * year, rate = rate, over = year, from = 2021)",
        [110.00000000000001, 100, 100 / 1.1, 100 / 1.21]
      ),
      (
        "discount(100 + 0 * year, rate = if(year > 2021, 0.2, 0.1), over = year)",
        [100, 100 / 1.1, 100 / 1.1 / 1.2, 100 / 1.1 / 1.44]
      ),
    ] as [(String, [Double])])
  func discounting(_ formula: String, _ expected: [Double]) throws {
    let values = try values("  unused: 1", "  x: \(formula)")
    for (year, value) in zip(2020...2023, expected) {
      let found = try #require(values["x \(year)"])
      #expect(abs(found - value) < 1e-12 * abs(value), "\(year)")
    }
  }

  @Test func presentValueIsTheSumOfDiscountedValues() throws {
    let values = try values(
      "  unused: 1",
      """
        pv: present_value(grid, rate = rate, over = year)
        half_years: present_value(1 + 0 * half, rate = 0.21, over = half)
      """)
    let b = try #require(values["pv b"])
    #expect(abs(b - (3 + 4 / 1.1 + 5 / 1.21 + 6 / 1.331)) < 1e-12)
    let half = try #require(values["half_years"])
    #expect(abs(half - (1 + 1 / 1.1 + 1 / 1.21)) < 1e-12)
  }

  @Test(
    arguments: [
      ("trapezoid", 0.5 * 1 + 4 + 0.5 * 9), ("start", 1 + 4), ("end", 4 + 9),
      ("simpson", (1 + 16 + 9) / 3.0),
    ] as [(String, Double)])
  func halfCycleCorrections(_ method: String, _ expected: Double) throws {
    let values = try values(
      "  curve: (half + 1) ^ 2",
      "  x: sum(half_cycle(curve, over = half, method = \(method)), over = half)")
    let found = try #require(values["x"])
    #expect(abs(found - expected) < 1e-12)
  }

  @Test func recursionsLookBackAndAtEachOther() throws {
    let values = try values(
      """
        doubled: {over: year, first: 1, then: previous(doubled) * 2}
        fibonacci:
          over: year
          first: 1
          then: previous(fibonacci) + previous(fibonacci, steps = 2)
        hares:
          over: year
          first: 10
          then: previous(hares) * 2 - previous(lynxes)
        lynxes:
          over: year
          first: 1
          then: previous(lynxes) + previous(hares) / 10
      """,
      "  d: doubled\n  f: fibonacci\n  h: hares\n  l: lynxes")
    #expect((2020...2023).map { values["d \($0)"] } == [1, 2, 4, 8])
    // Two steps back: `first` holds at the first two labels.
    #expect((2020...2023).map { values["f \($0)"] } == [1, 1, 2, 3])
    #expect((2020...2023).map { values["h \($0)"] } == [10, 19, 36, 68.1])
    #expect((2020...2023).map { values["l \($0)"] } == [1, 2, 3.9, 7.5])
  }

  /// Against powers of the transition matrix by hand.
  @Test func cohortsMoveByTables() throws {
    let values = try constantOutputs(
      """
      utfall: 1
      dimensions:
        year: 0..3
        state: [well, ill, dead]
      parameters:
        p: 0.2
      variables:
        moves:
          transitions: state
          rows:
            well: {well: rest, ill: p}
            ill: {ill: 0.5, dead: rest}
            dead: {dead: 1}
        cohort:
          over: year
          by: state
          first: {well: 1, otherwise: 0}
          then: move(previous(cohort), moves)
      outputs:
        x: cohort
      """)
    var vector = [1.0, 0, 0]
    let matrix = [[0.8, 0.2, 0], [0, 0.5, 0.5], [0, 0, 1]]
    for year in 0...3 {
      for (place, state) in ["well", "ill", "dead"].enumerated() {
        let found = try #require(values["x \(year) \(state)"])
        #expect(abs(found - vector[place]) < 1e-15, "\(year) \(state)")
      }
      vector = (0..<3).map { j in (0..<3).reduce(0) { $0 + vector[$1] * matrix[$1][j] } }
    }
  }

  @Test(
    arguments: [
      ("x: sum(rate, over = year)", "the dimension `year` of something that does not vary over it"),
      ("x: sum(grid, over = yaer)", "the unknown dimension `yaer`"),
      ("x: grid[type = c]", "the label `c`, which `type` does not have"),
      ("x: grid[type = type - 1]", "an order of `type`"),
      ("x: type + 1", "the dimension `type` as a number"),
      ("x: grid[year = year - 1]", "a lag that goes beyond"),
      ("x: previous(share)", "`previous(share)` outside of a recursion"),
      ("x: move(share, share)", "`share` as the table of `move`"),
      ("x: sum(half_cycle(grid, over = year, method = simpson), over = year)", "Simpson's rule"),
    ])
  func faultsHaveTheirPlace(_ output: String, _ found: String) throws {
    let error = #expect(throws: ScenarioError.self) {
      try self.values("  unused: 1", "  \(output)")
    }
    guard case .invalid(let diagnostics)? = error else { return }
    #expect(
      diagnostics.contains { $0.found.hasPrefix(found) && $0.position.line > 13 }, "\(diagnostics)")
  }

  /// A misspelt dimension makes a line vary over years: the slip is told, not what follows from it.
  @Test func theSlipIsToldBeforeItsConsequences() throws {
    let text = """
      utfall: 1
      dimensions: {year: 1..3}
      parameters: {p: {by: year, value: {otherwise: 1}}}
      costs:
        one: 5
        two: sum(p, over = yeer)
      outputs: {x: costs}
      """
    let scenario = try ScenarioReader.read(text: text, file: "s.yaml")
    let error = #expect(throws: ScenarioError.self) { try scenario.compiled() }
    guard case .invalid(let diagnostics)? = error else { return }
    #expect(diagnostics.map(\.found) == ["the unknown dimension `yeer`"])
    #expect(diagnostics.first?.line == 6)
  }

  @Test func labelsWithoutAValueAreNamed() {
    let found = problems(
      in: "utfall: 1\ndimensions: {t: [a, b, c]}\nparameters:\n  x: {by: t, value: {a: 1, d: 2}}\n"
        + "  y: {by: t, value: {a: 1}}\noutputs:\n  z: sum(x + y, over = t)\n")
    #expect(found == ["4:28 the unknown label `d` of `t`", "5:14 no value for b, c of `t`"])
  }

  @Test func labelsOfOneTableAreDrawnIndependently() throws {
    let text = """
      utfall: 1
      run: {iterations: 20000}
      dimensions: {centre: 1..4}
      parameters:
        x:
          each: centre
          value: normal(mean = 1, sd = 2)
      outputs:
        mean_of_four: mean(x, over = centre)
        same: x[centre = 1] - x[centre = 1]
        first: x[centre = 1]
      """
    let scenario = try ScenarioReader.read(text: text, file: "s.yaml")
    let result = try Simulation(
      scenario.compiled(), settings: .init(seed: 3, iterations: 20_000, workers: 2)
    ).run()
    let sd = try #require(result.outputs[0].moments.standardDeviation)
    // sd of the mean of four independent draws; 5 standard errors of an sd.
    #expect(abs(sd - 1) < 5 * 1 / (2 * 20_000.0).squareRoot())
    #expect(result.outputs[1].moments.maximum == 0 && result.outputs[1].moments.minimum == 0)
  }

  @Test(
    arguments: [
      ("band == 40-64", [0, 1, 0, 0]), ("band != 40-64", [1, 0, 1, 1]),
      ("band == 65+", [0, 0, 1, 0]), ("if(band == 65+, 2, band == 0-39)", [1, 0, 2, 0]),
      ("(band==65+) + 1", [1, 1, 2, 1]), ("band == 65+ and 1 > 0", [0, 0, 1, 0]),
      ("band == 65+-x", [0, 0, 0, 1]), ("band == 65+ or band == 65+-x", [0, 0, 1, 1]),
    ] as [(String, [Double])])
  func labelsWithSignsAreCompared(_ formula: String, _ values: [Double]) throws {
    let scenario = try ScenarioReader.read(
      text: """
        utfall: 1
        dimensions:
          band: [0-39, 40-64, 65+, 65+-x]
        parameters:
          a:
            by: band
            value: 0
        outputs:
          x: a + (\(formula))
        """, file: "a.yaml")
    #expect(try BaseResult(scenario).rows.map(\.base) == values)
  }

  @Test func whatIsNoLabelIsANumber() throws {
    let scenario = try ScenarioReader.read(
      text: """
        utfall: 1
        dimensions:
          year: 2019..2021
          band: [0-39, 40-64]
        parameters:
          a:
            by: year
            value: 0
        outputs:
          x: a + (year == 2021-1)
        """, file: "a.yaml")
    #expect(try BaseResult(scenario).rows.map(\.base) == [0, 1, 0])
    let text = """
      utfall: 1
      dimensions:
        band: [0-39, 40-64]
      parameters:
        a: 1
      outputs:
        x: a * (band == 40-65)
      """
    #expect(throws: ScenarioError.self) {
      try ScenarioReader.read(text: text, file: "a.yaml").compiled()
    }
  }
}
