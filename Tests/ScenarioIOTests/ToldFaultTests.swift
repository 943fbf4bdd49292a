// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

/// Faults that were passed over, told elsewhere than they are, or told twice.
@Suite struct ToldFaultTests {
  /// Problems of a text with those of its formulas, `line:column found`.
  private func faults(_ text: String) throws -> [String] {
    try FileFolder(["a.yaml": text]).problems().map { String($0.dropFirst("a.yaml:".count)) }
  }

  private func text(_ problem: Diagnostic) -> String {
    "\(problem.found); \(problem.expected). \(problem.advice)"
  }

  // MARK: Recursions

  @Test(arguments: [(2, true), (3, false), (99, false)])
  func stepsBackGoNoFurtherThanTheDimension(_ steps: Int, _ isGood: Bool) throws {
    let found = try faults(
      """
      utfall: 1
      dimensions: {year: 2026..2028}
      parameters: {a: 1}
      variables:
        r:
          over: year
          first: a
          then: previous(r, steps = \(steps)) + 1
      outputs: {y: "r[year = 2028]"}
      """)
    #expect(
      found
        == (isGood
          ? []
          : [
            "8:20 `previous(r, steps = \(steps))`, further back than the 3 labels of `year` go, so that "
              + "`first` would hold at all of them"
          ]))
  }

  /// A model of many years may be cut to its first.
  @Test func oneStepInOneLabelIsGood() throws {
    let found = try faults(
      """
      utfall: 1
      dimensions: {year: 2026..2026}
      parameters: {a: 1}
      variables: {r: {over: year, first: a, then: previous(r) + 1}}
      outputs: {y: "r[year = 2026]"}
      """)
    #expect(found == [])
  }

  // MARK: Rates

  private func discounted(_ rate: String, parameters: String = "idle: 1", rest: String = "")
    -> String
  {
    """
    utfall: 1
    dimensions: {year: 1..3}
    parameters:
      a: {by: year, value: 1}
      \(parameters)
    outputs:
      y: present_value(a, rate = \(rate), over = year)
    \(rest)
    """
  }

  @Test(arguments: [
    ("4", "7:30 a discount rate of 4, 400 % a year"),
    ("1", "7:30 a discount rate of 1, 100 % a year"),
    ("100%", "7:30 a discount rate of 1, 100 % a year"),
    ("-1", "7:30 a discount rate of -1, -100 % a year"),
    ("-7/4", "7:30 a discount rate of -1.75, -175 % a year"),
  ])
  func ratesThatAreNoRatesAreRefused(_ rate: String, _ found: String) throws {
    #expect(try faults(discounted(rate)) == [found])
  }

  @Test(arguments: ["4%", "0.04", "0", "-2%", "99%", "if(year > 2, 0.03, 0.04)"])
  func ratesAreRead(_ rate: String) throws {
    #expect(try faults(discounted(rate)) == [])
  }

  /// Also of parameters, by label, and as a variant sets them; an uncertain one is told in the run.
  @Test(arguments: [
    ("r: 4", ["7:30 a discount rate of 4, 400 % a year"]),
    ("r: -1", ["7:30 a discount rate of -1, -100 % a year"]),
    (
      "r: {by: year, value: {1: 0.03, 2: 3, 3: 0.04}}", ["7:30 a discount rate of 3, 300 % a year"]
    ),
    ("r: \"uniform(0.01, 0.06)\"", []), ("r: 3.5%", []),
  ])
  func knownRatesAreRefused(_ rate: String, _ found: [String]) throws {
    #expect(try faults(discounted("r", parameters: rate)) == found)
  }

  @Test func aVariantsRateIsRefused() throws {
    let text = discounted(
      "r", parameters: "r: 4%", rest: "variants:\n  dear: {set: {r: 5}}\n")
    #expect(try faults(text) == ["7:30 a discount rate of 5, 500 % a year"])
  }

  @Test func theRateToWriteIsTold() throws {
    let problem = try #require(diagnostics(of: discounted("3.5")).first)
    #expect(problem.expected == "a rate per year above -1 and below 1")
    #expect(problem.advice == "Write 3.5% or 0.035 for 3.5 % a year.")
    #expect(
      diagnostics(of: discounted("-1")).first?.advice == "Write 4% or 0.04 for 4 % a year.")
  }

  // MARK: Units of changes

  @Test(arguments: [
    ("set: {a: {value: 6, unit: EUR}}", "7:27 `unit` in a change, which can't change a unit"),
    ("set: {c: {value: a, units: EUR}}", "7:27 `units` in a change, which can't change a unit"),
    ("{units: [EUR], scale: {a: 2}}", "7:7 `units` in a change, which can't change a unit"),
  ])
  func variantsDontChangeUnits(_ change: String, _ found: String) throws {
    let body = change.hasPrefix("{") ? change : "{\(change)}"
    #expect(
      try faults(
        """
        utfall: 1
        parameters: {a: {value: 5, unit: NOK}}
        variables: {c: {value: a * 2}}
        outputs: {y: c}
        # Comment.
        variants:
          v: \(body)
        """) == [found])
  }

  // MARK: Whole numbers

  @Test func seedsBeyondPowersOfTwoAreWrittenOut() throws {
    func problem(_ seed: String) -> String {
      diagnostics(of: "utfall: 1\nrun: {seed: \(seed)}\nparameters: {a: 1}\noutputs: {y: a}\n")
        .map(text).joined(separator: "|")
    }
    #expect(
      problem("1e19")
        == "the number `1e19`; a whole number from 0 to 18446744073709551615, so large a one written out "
        + "in digits. Write 10000000000000000000.")
    #expect(
      problem("2e19") == "the number `2e19`; a whole number from 0 to 18446744073709551615. ")
    #expect(problem("10000000000000000000") == "" && problem("1e6") == "")
  }

  // MARK: Repetitions

  @Test(arguments: [
    ("one_way: {vary: [a, a]}", "4:21 `a` twice"),
    ("thresholds: {vary: [a, a]}", "4:24 `a` twice"),
    ("thresholds: {outputs: [y, y]}", "4:27 `y` twice"),
    ("two_way: {g: {a: [1, 1], b: 3}}", "4:22 the value 1 of `a` twice"),
    ("two_way: {g: {a: [2, 1, 3, 1], b: 3}}", "4:28 the value 1 of `a` twice"),
  ])
  func whatIsSaidTwiceIsRefused(_ section: String, _ found: String) throws {
    #expect(
      try faults(
        """
        utfall: 1
        parameters: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
        outputs: {y: a + b}
        \(section)
        """) == [found])
  }

  // MARK: Decisions

  private func decision(_ key: String) -> String {
    """
    utfall: 1
    strategies: [old, new]
    dimensions: {place: 1..2, kind: [k, l]}
    parameters:
      p: {value: "beta(2, 3)", each: place}
      q: {value: "beta(2, 3)", by: kind}
    costs: {c: {by: strategy, value: {old: 0, new: "mean(p, over = place) + q[kind = k]"}}}
    effects: {e: {by: strategy, value: {old: 0, new: 1}}}
    decision:
      \(key)
    outputs: {y: "q[kind = l]"}
    """
  }

  @Test(arguments: [
    ("[5, x]", ["10:27 `x`"]), ("[-5, 5]", ["10:24 `-5` as a willingness to pay"]),
    ("[5, 2e15]", ["10:27 `2e15` as a willingness to pay"]),
    ("[5, 5]", ["10:27 `5` a second time in `willingness_to_pay`"]),
    ("[5, 9, 7]", ["10:30 `7` after 9 in `willingness_to_pay`"]),
    (
      "[9, -1, 7]",
      ["10:27 `-1` as a willingness to pay", "10:31 `7` after 9 in `willingness_to_pay`"]
    ),
    ("[5, [6]]", ["10:27 a list in `willingness_to_pay`"]),
    ("[]", ["10:23 0 numbers in `willingness_to_pay`"]),
    ("{to: 5}", ["10:23 `willingness_to_pay` without `step`"]),
    ("{to: 5, stp: 1}", ["10:31 the unknown key `stp`"]),
    ("{from: 9, to: 5, step: 1}", ["10:37 `to` below `from` in `willingness_to_pay`"]),
    ("{to: 5, step: 0}", ["10:37 the step `0`"]),
    ("{to: 1e9, step: 1}", ["10:23 more than 1000 numbers in `willingness_to_pay`"]),
    ("5", []), ("[0, 5]", []), ("{to: 4, step: 2}", []),
  ])
  func eachElementOfTheWillingnessToPayIsTold(_ value: String, _ found: [String]) {
    #expect(problems(in: decision("willingness_to_pay: \(value)")) == found)
  }

  @Test(arguments: [
    ("{incidence: 5, horizon: x, rate: 4%}", ["10:39 `x`"]),
    ("{incidence: [5, 6], horizon: 0, rate: 4%}", ["10:44 the number `0`"]),
    ("{incidence: [5, x], horizon: 2, rate: 4%}", ["10:31 `x`"]),
    ("{incidence: 5, horizon: 2, rate: 4}", ["10:48 a `rate` of 4 in a population"]),
    ("{incidence: 5, rate: 4%}", ["10:3 a population without `horizon`"]),
  ])
  func aFaultOfAPopulationIsToldOnce(_ value: String, _ found: [String]) {
    #expect(problems(in: decision("population: \(value)")) == found)
  }

  /// Chance between units can't be studied; quantities of their own can.
  @Test func aStudyNamesALabelOfByNotOfEach() {
    func study(_ name: String) -> [String] {
      problems(
        in: decision("studies: {s: {data: proportion, parameter: \"\(name)\", sizes: 5}}"))
    }
    let each = "which is drawn for each place: chance, which no study tells beforehand"
    #expect(study("p") == ["10:46 `p`, \(each)"])
    #expect(study("p[place = 1]") == ["10:46 `p[place = 1]`, \(each)"])
    #expect(study("q[kind = k]") == [])
    #expect(study("q[kind = m]") == ["10:46 `q[kind = m]`, which is not one parameter"])
  }

  // MARK: Dimensions

  /// What hangs on a faulty dimension is not told as a fault of its own.
  @Test func aFaultOfADimensionIsToldOnce() {
    #expect(
      problems(
        in: """
          utfall: 1
          dimensions:
            year: 2026..x
            state: [a, b c]
          strategies: [u, v w]
          comparator: v w
          parameters:
            p: {value: "beta(2, 3)", each: year}
            q: {by: state, value: {a: 1, b: 2}}
            s: {by: strategy, value: {u: 1, v: 2}}
          variables:
            r:
              first: 1
              then: previous(r) * 1.1
            t: sum(r, over = year) + position(year)
            w: if(year > 2027, 1, 0) + if(state == b, 1, 0) + q[state = b]
            moves:
              transitions: state
              rows: {a: {a: rest, b: 0.1}, b: {b: 1}}
          outputs:
            y: t + w + r[year = 2026] + sum(s, over = strategy) + sum(p, over = year)
          """) == [
          "3:9 `2026..x` as labels", "4:14 the label `b c`", "5:17 the label `v w`",
        ])
    #expect(
      problems(
        in: """
          utfall: 1
          dimensions: 5
          parameters: {p: {by: year, value: 1}}
          outputs: {y: "sum(p, over = year)"}
          """) == ["2:13 the text `5` as `dimensions`"])
  }

  // MARK: Thresholds of known numbers

  @Test func thresholdsOfKnownNumbersNeedASize() throws {
    func thresholds(_ price: String) throws -> [String] {
      try faults(
        """
        utfall: 1
        parameters: {price: \(price), gain: "uniform(0, 1)"}
        outputs: {y: gain * 5 - price}
        thresholds: {vary: [price]}
        """)
    }
    #expect(try thresholds("2") == [] && thresholds("-2") == [])
    #expect(
      try thresholds("0") == [
        "4:20 `price`, which is 0, so that it doesn't say how far to search"
      ])
  }
}
