// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What `simulate base` says of a decision with one parameter moved, against arithmetic by hand.
@Suite struct OneWayDecisionTests {
  private static let text = """
    utfall: 1
    currency: NOK 2026
    ranges: min-max
    base_is: mode
    strategies: [usual, exercise, both]
    comparator: usual
    parameters:
      gain: {value: 0.03 (0.01 to 0.06), family: triangular, unit: QALY/user}
      hours: {value: 6 (4 to 9), family: triangular, unit: hour/user}
      wage: {value: 600, unit: NOK/hour}
    costs:
      staff:
        by: strategy
        value: {usual: 0, exercise: hours * wage, both: 2 * hours * wage}
    effects:
      health:
        by: strategy
        value: {usual: 0, exercise: gain, both: 1.5 * gain}
    decision:
      unit: QALY
      willingness_to_pay: [50000, 200000, 300000]
    outputs:
      cost: costs
      net: if(strategy == usual, 0, 1) * (effects * 100000[NOK/QALY] - costs)
    thresholds: {vary: [wage]}

    """

  private func base(_ text: String) throws -> (workplace: Workplace, output: String) {
    let workplace = try Workplace()
    try workplace.write(text, to: "case.yaml")
    let outcome = try workplace.simulate("base", "case.yaml")
    #expect(outcome.code == 0, "\(outcome)")
    return (workplace, outcome.output)
  }

  @Test func `Incremental net benefit of every strategy at the ends of each parameter`() throws {
    let (workplace, output) = try base(Self.text)
    let table = try workplace.table("results/case-base/one-way-decision.csv")
    #expect(table.rows.count == 2 * 2 * 3)
    for row in table.rows {
      let cell = Dictionary(uniqueKeysWithValues: zip(table.header, row))
      #expect(cell["comparator"] == "usual" && cell["unit"] == "NOK 2026")
      let wtp = try #require(cell["wtp"].flatMap(Double.init))
      let (share, times) = cell["strategy"] == "both" ? (1.5, 2.0) : (1, 1)
      func benefit(_ gain: Double, _ hours: Double) -> Double {
        wtp * share * gain - times * hours * 600
      }
      let (low, high) =
        cell["parameter"] == "gain"
        ? (benefit(0.01, 6), benefit(0.06, 6)) : (benefit(0.03, 4), benefit(0.03, 9))
      for (name, value) in [
        ("base", benefit(0.03, 6)), ("low", low), ("high", high), ("swing", abs(high - low)),
      ] {
        let found = try #require(cell[name].flatMap(Double.init))
        #expect(abs(found - value) < 1e-8, "\(name) \(row)")
      }
    }
    // At the middle willingness to pay `exercise` has more than `both`: 2 400 against 1 800.
    #expect(
      output.contains(
        "incremental net benefit of exercise against usual at 200 000 NOK 2026/QALY, one parameter")
    )
    let lines = output.split(separator: "\n")
    let gain = try #require(lines.first { $0.contains("  gain ") })
    #expect(
      gain.split(separator: " ").joined(separator: " ")
        == "gain 0.01000 0.06000 -1 600 8 400 10 000 stated")
  }

  /// The wage at which the best strategy changes: `both` beats `exercise` below λ · 0.015 / 6, that beats `usual`
  /// below λ · 0.03 / 6.
  @Test func `Thresholds of a known price`() throws {
    let table = try base(Self.text).workplace.table("results/case-base/decision-thresholds.csv")
    var rows: [String] = []
    for row in table.rows {
      let cell = Dictionary(uniqueKeysWithValues: zip(table.header, row))
      #expect(
        cell["parameter"] == "wage" && cell["base_input"] == "600" && cell["inputs"] == "stated")
      #expect(
        cell["low_input"] == "600" && cell["high_input"] == "600" && cell["unit"] == "NOK/hour")
      let value = try #require(cell["threshold"].flatMap(Double.init))
      rows.append(
        "\(cell["wtp"] ?? "") \(cell["from"] ?? "") \(cell["to"] ?? "") \(value.rounded()) "
          + (cell["place"] ?? ""))
    }
    // The nearest one on either side of 600: from 0 to 6 000 is searched.
    #expect(
      rows == [
        "50000 exercise usual 250.0 outside",
        "200000 both exercise 500.0 outside", "200000 exercise usual 1000.0 outside",
        "300000 both exercise 750.0 outside",
      ])
    let outputs = try base(Self.text).workplace.table("results/case-base/thresholds.csv")
    // net of `exercise`: 100 000 · 0.03 / 6.
    let net = try #require(
      outputs.rows.first { $0.contains("net") && $0.contains("exercise") && $0.contains("outside") }
    )
    #expect(net.contains("500") && net.contains("NOK/hour"))
  }

  @Test func `Without a decision the first row that moves is shown`() throws {
    let text = """
      utfall: 1
      strategies: [usual, exercise]
      parameters: {hours: "gamma(mean = 6, sd = 2)"}
      costs: {staff: {by: strategy, value: {usual: 0, exercise: hours * 600}}}
      outputs: {cost: costs}

      """
    #expect(try base(text).output.contains("cost [exercise], one parameter at a time"))
    // Of several outputs the last that moves.
    let known = text.replacing("outputs: {cost: costs}", with: "outputs: {cost: costs, five: 5}")
    #expect(try base(known).output.contains("cost [exercise], one parameter at a time"))
  }
}
