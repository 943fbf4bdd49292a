// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Units as a scenario states them, outside of formulas.
@Suite struct UnitStatementTests {
  /// What is wrong with a scenario of these lines.
  private func found(_ lines: String) -> [String] { problems(in: "utfall: 1\n" + lines) }

  private func units(_ lines: String) throws -> ScenarioUnits {
    try ScenarioReader.read(text: "utfall: 1\n" + lines, file: "a.yaml").units
  }

  // MARK: units and currency

  @Test func declaredUnitsCatchMisspeltOnes() {
    let lines = """
      currency: NOK 2018
      units: [user, hour, m2, SEK 2025, EUR]
      parameters:
        a: {value: 1, unit: NOK/user}
        b: {value: 1, unit: NOK/houer}
        c: {value: 1, unit: m2/users}
        d: {value: 1, unit: SEK 2024/week}
        e: {value: 1, unit: EUR 2020/m}
      outputs:
        x: a + b + c + d + e + 12[mnth/user]
      """
    #expect(
      diagnostics(of: "utfall: 1\n" + lines).map { "\($0.line):\($0.column) \($0.message)" } == [
        "6:27 the unit `houer`, which `units` does not list; expected one of NOK 2018, user, hour, m, "
          + "SEK 2025, EUR. Did you mean `hour`?",
        "7:26 the unit `users`, which `units` does not list; expected one of NOK 2018, user, hour, m, "
          + "SEK 2025, EUR. Did you mean `user`?",
        "8:23 the unit `SEK 2024`, which `units` does not list; expected one of NOK 2018, user, hour, "
          + "m, SEK 2025, EUR. Did you mean `SEK 2025`?",
      ])
  }

  @Test func unitsOfNumbersAreDeclaredToo() {
    let lines = """
      units: [user, month]
      parameters:
        a: {value: 1, unit: user}
      outputs:
        x: a * 12[mnth/user]
      """
    #expect(found(lines) == ["6:13 the unit `mnth`, which `units` does not list"])
  }

  @Test(arguments: [
    ("units: []", ["2:8 an empty list of units"]),
    ("units: user", ["2:8 the text `user` as `units`"]),
    ("units: {year: 12 month}", ["2:8 a mapping as `units`"]),
    ("units: [user, user]", ["2:15 the unit `user` a second time"]),
    ("units: [m2, m]", ["2:13 the unit `m` a second time"]),
    ("units: [NOK/user]", ["2:9 the unit `NOK/user`"]),
    ("units: [1]", ["2:9 the unit `1`"]),
    ("units: [[a]]", ["2:9 a list as a unit"]),
    ("units: [a b]", ["2:11 `b` in the unit `a b`"]),
    ("currency: NOK/user", ["2:11 the currency `NOK/user`"]),
    ("currency: 2018 NOK", ["2:11 the number `2018` in a unit"]),
  ])
  func refusesOtherLists(_ line: String, _ problem: [String]) {
    #expect(found(line + "\nparameters:\n  a: 1\noutputs:\n  x: a") == problem)
  }

  @Test func theCurrencyCarriesItsPriceYear() throws {
    let lines = """
      currency: NOK 2018
      parameters:
        a: {value: 1, unit: NOK}
        b: {value: 1, unit: NOK 2018}
      variables:
        c: a + b
        d: c * 1[NOK 2025/NOK 2018]
      outputs:
        x: d
      """
    let units = try units(lines)
    #expect(units["c"]?.text == "NOK" && units["c"]?.isStated == false)
    #expect(units["d"]?.text == "NOK 2025")
    #expect(units["b"]?.text == "NOK 2018" && units["b"]?.isStated == true)
  }

  @Test func aCurrencyWithAYearHasOneEverywhere() {
    let lines = """
      currency: NOK 2018
      parameters:
        a: {value: 1, unit: SEK/user}
        b: {value: 1, unit: SEK 2025/user}
      outputs:
        x: a * b
      """
    #expect(found(lines) == ["4:23 the currency `SEK` without a price year"])
    // Where no year is stated at all there is nothing to mix up.
    #expect(found(lines.replacing("SEK 2025", with: "SEK")) == [])
    #expect(
      found(
        lines.replacing("NOK 2018", with: "SEK").replacing("SEK 2025/user", with: "SEK 2025"))
        == ["4:23 the currency `SEK` without a price year"])
  }

  // MARK: stated against inferred

  @Test func statedUnitsAreCompared() {
    let lines = """
      currency: NOK 2018
      dimensions: {kind: [a, b]}
      parameters:
        p: {value: 1, unit: NOK/hour}
        h: {value: 1, unit: hour/user}
      variables:
        v: {value: p * h, unit: NOK/year}
        w: {by: kind, value: {a: 5, b: p}, unit: NOK}
        free: {value: 5, unit: QALY}
        mixed: {by: kind, value: {a: p, b: h}}
        bare: {by: kind, value: {a: 3, b: h}}
      costs:
        l: {value: 2 * p, unit: NOK}
      outputs:
        x: {value: h, unit: week}
        p: {value: p, unit: NOK/week}
        y: {value: v + w + free + mixed + bare, unit: QALY}
      """
    #expect(
      found(lines) == [
        "8:14 a value in NOK/user for `v`, whose unit is NOK/year",
        "9:34 a value in NOK/hour for `w`, whose unit is NOK",
        "11:38 a value in hour/user for `mixed`, beside one in NOK/hour",
        "12:37 a value in hour/user for `bare`, beside one without a unit",
        "14:14 a value in NOK/hour for `l`, whose unit is NOK",
        "16:14 a value in hour/user for `x`, whose unit is week",
        "17:3 the output `p` in NOK/week, a report of a quantity in NOK/hour",
        "18:16 `+` between `v` in NOK/year and `w` in NOK",
      ])
  }

  @Test func linesOfATotalAgree() throws {
    let lines = """
      parameters:
        a: {value: 1, unit: NOK/user}
        b: {value: 1, unit: NOK/year}
        q: 3
      costs:
        one: {value: a, payer: hospital}
        two: {value: q, payer: hospital}
        three: {value: 7, payer: state}
      effects:
        gain: 0
      outputs:
        x: costs
        h: costs[payer = hospital]
        s: costs[payer = state]
        e: effects
      """
    let units = try units(lines)
    #expect(units["x"]?.text == "NOK/user")
    #expect(units["h"]?.text == "NOK/user")
    #expect(units["s"] == nil && units["e"] == nil)
    #expect(
      found(lines.replacing("value: 7,", with: "value: b,")) == [
        "9:3 the line `three` in NOK/year, beside `one` in NOK/user"
      ])
  }

  @Test func recursionsAgree() throws {
    let lines = """
      dimensions: {year: 2020..2025}
      parameters:
        start: {value: 1, unit: room}
        opened: {value: 1, unit: room/year}
      variables:
        rooms: {first: start, then: "previous(rooms) + opened * 1[year]"}
        closed: {first: 0, then: previous(closed) + 0.1 * previous(rooms)}
        other: {first: 0 * 1, then: previous(third)}
        third: {first: start * 1, then: previous(other)}
      outputs:
        x: rooms
        y: closed
        z: other
      """
    let units = try units(lines)
    for name in ["rooms", "closed", "other", "third"] { #expect(units[name]?.text == "room") }
    #expect(
      found(lines.replacing(" * 1[year]", with: "")) == [
        "7:32 a value in room/year for `rooms`, beside one in room"
      ])
    // With a unit stated, the fault is where it is.
    #expect(
      found(
        lines.replacing(" * 1[year]\"", with: "\", unit: room"))
        == ["7:48 `+` between `previous(rooms)` in room and `opened` in room/year"])
    #expect(
      found(lines.replacing("first: start,", with: "first: opened,")) == [
        "7:33 a value in room for `rooms`, beside one in room/year"
      ])
  }

  @Test func transitionsArePure() {
    let lines = """
      dimensions: {week: 1..3, state: [home, dead]}
      parameters:
        rate: {value: 0.1, unit: 1/week}
      variables:
        moves:
          transitions: state
          rows:
            home:
              home: rest
              dead: rate
            dead:
              dead: 1
        cohort:
          over: week
          by: state
          first: {home: 1, dead: 0}
          then: move(previous(cohort), moves)
      outputs:
        x: cohort
      """
    #expect(found(lines) == ["11:15 a probability in 1/week in the transitions `moves`"])
    #expect(found(lines.replacing("dead: rate", with: "dead: 1 - exp(-rate * 1[week])")) == [])
  }

  @Test func columnsOfRowsHaveUnits() throws {
    let text = try String(
      contentsOf: repository.appending(path: "scenarios/norway-evidence.yaml"), encoding: .utf8)
    let file = repository.appending(path: "scenarios/norway-evidence.yaml").path
    let other = text.replacing("area: m2/centre", with: "area: m2")
    let result = Result { () throws(ScenarioError) in
      try ScenarioReader.read(text: other, file: file)
    }
    guard case .failure(let error) = result else {
      Issue.record("a mean of m2 is not in m2/centre")
      return
    }
    #expect(error.description.contains("a value in m2 for `mean_area`, whose unit is m2/centre"))
  }

  // MARK: cases and decisions

  private static let cases = """
    currency: NOK 2018
    parameters:
      price: {value: 10, unit: NOK/hour}
      hours: {value: 3, unit: hour/user}
      index: {value: 2, unit: NOK 2025/NOK 2018}
    costs:
      work: {value: hours * price, payer: hospital}
    perspectives:
      society:
        payers: all
        set: {hours: PLACE}
    variants:
      one: {CHANGE}
    outputs:
      x: costs
    """

  @Test(
    arguments: [
      ("7", "set: {price: 20}", []), ("7", "set: {price: price_list}", nil),
      ("7", "set: {hours: hours_of(1)}", nil), ("7", "scale: {price: 1.2}", []),
      ("7", "shift: {price: 5}", []), ("7", "shift: {work: price * hours}", nil),
      ("7", "set: {work: 5}", []),
      ("price", "scale: {price: 2}", ["12:18 a value in NOK/hour for `hours` in hour/user"]),
      ("7", "set: {price: hours * 2}", ["14:22 a value in hour/user for `price` in NOK/hour"]),
      ("7", "shift: {price: hours}", ["14:24 a shift in hour/user for `price` in NOK/hour"]),
      ("7", "scale: {price: index}", ["14:24 a factor in NOK 2025/NOK 2018 for `price`"]),
      (
        "7", "set: {work: price + hours}",
        ["14:27 `+` between `price` in NOK/hour and `hours` in hour/user"]
      ),
    ] as [(String, String, [String]?)])
  func changesKeepUnits(_ place: String, _ change: String, _ problem: [String]?) {
    let lines = Self.cases.replacing("PLACE", with: place).replacing("CHANGE", with: change)
    // Without units here: what other checks say.
    if let problem {
      #expect(found(lines) == problem)
    } else {
      #expect(found(lines).allSatisfy { !$0.contains(" in NOK") })
    }
  }

  private static let decision = """
    currency: NOK 2018
    strategies: [usual, new]
    parameters:
      gain: {value: 1, unit: QALY/user}
      price: {value: 1, unit: NOK/user}
    costs:
      c: {by: strategy, value: {usual: 0, new: price}}
    effects:
      e: {by: strategy, value: {usual: 0, new: gain}}
    decision:
      unit: QALY
    outputs:
      x: costs
    """

  @Test func willingnessToPayIsInTheCurrencyPerEffect() {
    #expect(found(Self.decision) == [])
    #expect(
      found(Self.decision.replacing("NOK/user", with: "NOK/year")) == [
        "11:1 a decision between a cost in NOK/year and an effect in QALY/user, a willingness to pay "
          + "in NOK*user/year/QALY"
      ])
    #expect(
      found(Self.decision.replacing("NOK/user", with: "NOK 2025/user")) == [
        "11:1 a decision between a cost in NOK 2025/user and an effect in QALY/user, a willingness to "
          + "pay in NOK 2025/QALY"
      ])
    let benefits = Self.decision.replacing("effects:", with: "benefits:")
      .replacing("  unit: QALY\n", with: "  groups: {both: [gain, price]}\n")
    #expect(found(benefits.replacing("QALY/user", with: "NOK/user")) == [])
    #expect(
      found(benefits) == [
        "11:1 a decision between a cost in NOK/user and an effect in QALY/user, a willingness to pay "
          + "in NOK/QALY"
      ])
  }

  // MARK: dimensions and values

  @Test func labelsMayStandForAUnit() throws {
    let lines = """
      dimensions:
        år: {labels: 2020..2022, unit: år}
      parameters:
        r: {value: 4%, unit: 1/år}
        flow: {by: år, value: 5, unit: kr/år}
      outputs:
        total: present_value(flow, rate = r, over = år)
        grown: (flow - flow[år = 2020]) * 1.02 ^ (år - 2020)
      """
    let units = try units(lines)
    #expect(units["total"]?.text == "kr")
    #expect(units["grown"]?.text == "kr/år")
    #expect(
      found(lines.replacing("unit: år}", with: "unit: år/}")) == [
        "3:37 the unit `år/`, which ends too early"
      ])
  }

  /// A unit within the value of a parameter would say twice what it is in.
  @Test func valuesOfParametersAreNumbers() {
    #expect(
      found("parameters:\n  a: gamma(mean = 12[month], sd = 1)\noutputs:\n  x: a") == [
        "3:22 the unit `month` within a value"
      ])
  }

  @Test func outputsWithoutAUnitShowTheInferredOne() throws {
    let lines = """
      utfall: 1
      parameters:
        p: {value: 1, unit: NOK/hour}
        h: {value: 1, unit: hour/user}
        q: 3
      outputs:
        x: p * h
        h: h
        z: q * p
        stated: {value: p, unit: NOK / hour}
      """
    let scenario = try ScenarioReader.read(text: lines, file: "a.yaml")
    #expect(
      scenario.outputs.map { scenario.units.text(of: $0) }
        == ["NOK/user", "hour/user", nil, "NOK / hour"])
    let explained = TerminalReport.variables(scenario)
    #expect(explained.contains(#/x +1 +\(NOK\/user\) +p \* h/#))
    #expect(explained.contains(#/z +1 +\? +q \* p/#))
    #expect(
      explained.contains("Units: 3 stated, 1 follow from formulas (in brackets), 2 not known"))
    #expect(TerminalReport.parameters(scenario, explained: true).contains(#/q .*\?\n/#))
  }

  /// Many terms, cells and definitions cost no stack and little time.
  @Test func longFormulasAreChecked() {
    let terms = Array(repeating: "a", count: 4900).joined(separator: " + ")
    let mixed = "parameters:\n  a: {value: 1, unit: m}\n  b: {value: 1, unit: s}\noutputs:\n  x: "
    #expect(found(mixed + terms) == [])
    #expect(found(mixed + terms + " + b").count == 1)
    var chain = "parameters:\n  a: {value: 1, unit: m}\nvariables:\n  v0: a\n"
    for i in 1..<5000 { chain += "  v\(i): v\(i - 1) + a\n" }
    #expect(found(chain + "outputs:\n  x: {value: v4999, unit: s}").count == 1)
  }
}
