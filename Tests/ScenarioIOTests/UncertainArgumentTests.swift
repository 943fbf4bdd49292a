// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Draws of the outputs of a scenario, by name with labels.
func outputDraws(
  _ text: String, iterations: Int, method: SamplingMethod = .random, workers: Int = 1,
  keeping: (Output) -> Bool = { $0.modelCase == 0 }
) throws -> [String: [Double]] {
  let plan = try read(text).compiled()
  let draws = try Simulation(
    plan,
    settings: RunSettings(seed: 11, iterations: iterations, method: method, workers: workers)
  ).draws()
  var result: [String: [Double]] = [:]
  for (output, values) in zip(plan.outputs, draws.suffix(plan.outputs.count))
  where keeping(output) {
    result[output.fullName] = values
  }
  return result
}

func moments(_ values: [Double]) -> (mean: Double, sd: Double) {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot())
}

/// Distributions whose arguments follow from other quantities, against closed forms and NumPy
/// (Tests/References/uncertain.py).
@Suite struct UncertainArgumentTests {
  static let text = """
    utfall: 1
    dimensions:
      year: 1..3
    parameters:
      m: normal(mean = 5, sd = 0.5)
      response: beta(4, 6)
      rate: gamma(mean = 3, sd = 1.5)
      years: 2
      responders: binomial(n = 200, p = response)
      events: poisson(mean = rate * years)
      happens: bernoulli(p = response)
      cost: m * gamma(mean = 1, sd = 0.5)
      relative: normal(mean = m, se = 0.2 * m)
      line: 2 * m - 3 * gamma(mean = 1, sd = 0.5)
      ratio: lognormal(meanlog = log(m), sdlog = 0.3)
      skewed: lognormal(mean = m, sd = 0.5 * m)
      between: uniform(m, m + 2)
      by_year:
        by: year
        value: poisson(mean = rate * year)
    variants:
      known: {freeze: [responders, cost, events]}
      all_known: {freeze: all}
      doubled: {scale: {cost: 2}}
      other: {set: {cost: "m * gamma(mean = 2, sd = 0.5)", responders: 5}}
      together: {correlate: comonotone}
    outputs:
      responders: responders
      events: events
      happens: happens
      cost: cost
      relative: relative
      line: line
      ratio: ratio
      skewed: skewed
      between: between
      by_year: by_year
    """
  static let count = 100_000
  static let names = [
    "responders", "events", "happens", "cost", "relative", "line", "ratio", "skewed", "between",
  ]
  static let draws = Result { try outputDraws(text, iterations: count) }

  private static let reference: [String: [String: Double]] = {
    let url = repository.appending(path: "Tests/References/uncertain.csv")
    let lines = ((try? String(contentsOf: url, encoding: .utf8)) ?? "").split(separator: "\n")
    var found: [String: [String: Double]] = [:]
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      found[cells[0], default: [:]][cells[1]] = Double(cells[2])
    }
    return found
  }()

  /// Means within 5 standard errors (6e-7 each); sds within 6, from the fourth moment of the draws.
  /// Plain numbers take the unit of the parameter; what a distribution is centred on has to be in it.
  @Test(arguments: [
    ("m * gamma(mean = 1, sd = 0.5)", "NOK/user", ""),
    ("m * gamma(mean = 1, sd = 0.5)", "EUR/user", "a distribution in NOK/user for `x` in EUR/user"),
    ("normal(mean = m, sd = 5)", "NOK/user", ""),
    ("normal(mean = m, sd = 5)", "user", "a distribution in NOK/user for `x` in user"),
    ("m * 12[month/year] * gamma(mean = 1, sd = 0.5)", "NOK*month/user/year", ""),
    ("normal(mean = m + n, sd = 5)", "NOK/user", "`+` between"),
    ("lognormal(meanlog = p, sdlog = 0.1)", "NOK/user", ""),
    ("poisson(mean = n * 0.1)", "user", ""),
  ])
  func unitsOfCentresAreChecked(_ value: String, _ unit: String, _ expected: String) {
    let text = """
      utfall: 1
      parameters:
        m: {value: "gamma(mean = 100, sd = 20)", unit: NOK/user}
        n: {value: 100, unit: user}
        p: {value: "beta(3, 7)", unit: 1}
        x: {value: "\(value)", unit: \(unit)}
      outputs: {o: x, q: m, r: n, s: p}
      """
    let found = problems(in: text)
    #expect(expected.isEmpty ? found.isEmpty : found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test(arguments: names)
  func momentsMeetTheory(_ name: String) throws {
    let values = try #require(try Self.draws.get()[name])
    let figures = try #require(Self.reference[name])
    let (mean, sd) = moments(values)
    let n = Double(values.count)
    #expect(abs(mean - (figures["mean"] ?? .nan)) <= 5 * sd / n.squareRoot())
    let fourth = values.reduce(0) { $0 + pow($1 - mean, 4) } / n
    let error = ((fourth - pow(sd, 4)) / n).squareRoot() / (2 * sd)
    #expect(abs(sd - (figures["sd"] ?? .nan)) <= 6 * max(error, 1e-9))
  }

  /// Chi-square over values with 20 or more expected, the rest together: z below 5 (3e-7 each).
  @Test(arguments: ["responders", "events", "happens"])
  func countsHaveTheirMasses(_ name: String) throws {
    let values = try #require(try Self.draws.get()[name])
    let figures = try #require(Self.reference[name])
    var counts: [Int: Double] = [:]
    for value in values { counts[Int(value), default: 0] += 1 }
    var (chi, cells, rest, others) = (0.0, 0, Double(values.count), Double(values.count))
    for (figure, mass) in figures where figure.hasPrefix("pmf_") {
      let expected = mass * Double(values.count)
      guard expected >= 20, let k = Int(figure.dropFirst(4)) else { continue }
      let seen = counts[k] ?? 0
      chi += (seen - expected) * (seen - expected) / expected
      cells += 1
      rest -= seen
      others -= expected
    }
    if others > 1 {
      chi += (rest - others) * (rest - others) / others
      cells += 1
    }
    let df = Double(cells - 1)
    // Wilson and Hilferty.
    let z = (pow(chi / df, 1.0 / 3) - (1 - 2 / (9 * df))) / (2 / (9 * df)).squareRoot()
    #expect(cells >= 2 && z < 5, "\(chi) on \(df)")
  }

  /// Percentiles within 5 errors of both samples together.
  @Test(arguments: names.suffix(6))
  func percentilesMeetNumPy(_ name: String) throws {
    let values = try #require(try Self.draws.get()[name]).sorted()
    let figures = try #require(Self.reference[name])
    for p in [5, 50, 95] {
      let own = values[p * values.count / 100]
      let expected = try #require(figures["p\(p)"])
      let error = try #require(figures["error\(p)"])
      // The reference has 40 times the draws.
      #expect(abs(own - expected) <= 5 * error * (1 + 40).squareRoot(), "\(name) P\(p)")
    }
  }

  @Test func casesChangeThem() throws {
    let scenario = try read(Self.text)
    func place(_ name: String) -> Int { scenario.cases.firstIndex { $0.variant == name } ?? -1 }
    func draws(_ name: String) throws -> [String: [Double]] {
      let index = place(name)
      return try outputDraws(Self.text, iterations: 2048) { $0.modelCase == index }
    }
    let base = try outputDraws(Self.text, iterations: 2048)
    let known = try draws("known")
    let cost = try #require(base["cost"])
    // A frozen draw leaves the arguments uncertain: m itself, and 200 times the response.
    #expect(abs(moments(try #require(known["cost"])).sd - 0.5) < 0.04)
    #expect(abs(moments(try #require(known["responders"])).sd - 29.54) < 2)
    #expect(known["events"] != base["events"])
    let all = try draws("all_known")
    #expect(Set(all["cost"] ?? []) == [5])
    #expect(Set(all["responders"] ?? []) == [80])
    #expect(Set(all["by_year[year = 3]"] ?? []) == [9])
    #expect(try draws("doubled")["cost"] == cost.map { 2 * $0 })
    let other = try draws("other")
    #expect(Set(other["responders"] ?? []) == [5])
    #expect(abs(moments(try #require(other["cost"])).mean - 10) < 0.2)
    // All go up together: the line falls in its gamma, and still rises with its draw.
    let together = try draws("together")
    let (a, b) = (try #require(together["cost"]), try #require(together["line"]))
    let (p, l) = (moments(a), moments(b))
    let covariance = zip(a, b).reduce(0) { $0 + ($1.0 - p.mean) * ($1.1 - l.mean) } / 2047
    #expect(covariance / (p.sd * l.sd) > 0.9)
    #expect(together["responders"] != base["responders"])
  }

  @Test(arguments: SamplingMethod.allCases)
  func methodsAndWorkersAgree(_ method: SamplingMethod) throws {
    let one = try outputDraws(Self.text, iterations: 8192, method: method)
    let three = try outputDraws(Self.text, iterations: 8192, method: method, workers: 3)
    #expect(one == three)
    for name in Self.names {
      let values = try #require(one[name])
      let figures = try #require(Self.reference[name])
      let bound = 5 * (figures["sd"] ?? 0) / 8192.0.squareRoot()
      #expect(abs(moments(values).mean - (figures["mean"] ?? .nan)) <= bound, "\(name)")
    }
  }

  @Test func labelsAreDrawnAnew() throws {
    let draws = try outputDraws(Self.text, iterations: 20_000)
    for year in 1...3 {
      let values = try #require(draws["by_year[year = \(year)]"])
      #expect(abs(moments(values).mean - 3 * Double(year)) < 0.15)
    }
    let first = try #require(draws["by_year[year = 1]"])
    let third = try #require(draws["by_year[year = 3]"])
    #expect(zip(first, third).contains { $0.0 > $0.1 })
  }

  @Test func baseTakesWhatTheyDependOn() throws {
    let result = try BaseResult(try read(Self.text))
    func row(_ name: String) -> BaseResult.Row? { result.rows.first { $0.name == name } }
    #expect(row("cost")?.base == 5)
    #expect(row("responders")?.base == 80)
    #expect(row("line")?.base == 7)
    #expect(row("between")?.base == 6)
    for name in Self.names {
      let found = try #require(row(name))
      #expect(found.low <= found.base && found.base <= found.high, "\(name)")
    }
  }

  @Test func resolvedTableShowsThemAtBase() throws {
    let parameters = try read(Self.text).parameters
    func parameter(_ name: String) throws -> ScenarioParameter {
      try #require(parameters.first { $0.fullName == name })
    }
    let responders = try parameter("responders")
    #expect(responders.family == "binomial" && responders.distribution.mean == 80)
    #expect(responders.arguments == [NamedValue("response", 0.4)])
    #expect(!responders.isConstant)
    #expect(try parameter("by_year[year = 2]").distribution.mean == 6)
    #expect(try parameter("relative").distribution.standardDeviation == 1)
  }

  /// `known` numbers composed are a plain distribution.
  @Test func numbersAloneAreOneDistribution() throws {
    let law = try distribution("2 + 3 * gamma(mean = 1, sd = 0.5)")
    #expect(abs(law.mean - 5) < 1e-12 && abs(law.standardDeviation - 1.5) < 1e-12)
    let turned = try distribution("(4 - gamma(mean = 1, sd = 0.5)) / 2")
    #expect(abs(turned.mean - 1.5) < 1e-12 && turned.support.upper == 2)
    let cut = try distribution("2 + 3 * normal(mean = 1, sd = 0.5)", "truncate: [2, none]")
    #expect(cut.support.lower == 2)
  }
}

/// What uncertain arguments are refused for.
@Suite struct UncertainRefusalTests {
  @Test(
    arguments: [
      ("beta(b, 3)", "6:17 `beta` with numbers from other quantities"),
      ("gamma(mean = b, sd = 2)", "6:18 `gamma` with mean from other quantities"),
      ("negative-binomial(mean = b, size = 2)", "6:30 `negative-binomial` with mean from"),
      ("geometric(p = b)", "6:22 `geometric` with p from other quantities"),
      ("student-t(df = b)", "6:22 `student-t` with df from other quantities"),
      ("max(0, normal(mean = 1, sd = 2))", "6:19 a distribution inside a formula"),
      ("exp(normal(mean = 1, sd = 2))", "6:16 a distribution inside a formula"),
      ("1 / gamma(mean = 1, sd = 1)", "6:16 a distribution inside a formula"),
      ("normal(0, 1) + gamma(mean = 1, sd = 1)", "6:27 a second distribution in one value"),
      ("b * poisson(mean = 2)", "6:16 the count `poisson` inside a formula"),
      ("b * gama(mean = 1, sd = 2)", "6:16 the unknown distribution `gama`"),
      ("b * gamma(mean = 1, sd = 2", "6:21 a `(` that is never closed"),
      ("b * gamma(mean = 1, sd = -2)", "6:16 sd = -2"),
      ("b * gamma(2, 5)", "6:16 `gamma` with unnamed numbers"),
      ("0 * gamma(mean = 1, sd = 2)", "6:16 scale = 0"),
      ("normal(mean = bb, sd = 2)", "6:26 the undefined name `bb`"),
      ("normal(mean = a, sd = 2)", "5:3 definitions that need each other: a -> a"),
      ("binomial(n = 10, p = b + 2)", "5:3 `a` with p = 2.5 when all else is at its base"),
      ("normal(mean = b, sd = -b)", "5:3 `a` with sd = -0.5 when all else is at its base"),
    ] as [(String, String)])
  func isRefused(_ value: String, _ expected: String) {
    let text = scenario(
      parameters: "a:\n    value: \(value)\n  b: beta(2, 2)", x: "a + b")
    let found = problems(in: text)
    #expect(found.count == 1 && found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test func othersKeysHaveNothingToActOn() {
    for key in ["truncate: [0, 3]", "family: gamma", "range: ci95"] {
      let text = scenario(
        parameters: "a:\n    value: normal(mean = b, sd = 1)\n    \(key)\n  b: beta(2, 2)")
      #expect(problems(in: text).count == 1, "\(key)")
    }
    let mixed = scenario(
      parameters:
        "a:\n    mixture:\n      - {weight: 1, value: \"b * gamma(mean = 1, sd = 1)\"}\n"
        + "      - {weight: 1, value: 2}\n  b: beta(2, 2)")
    #expect(problems(in: mixed).count == 1)
  }

  @Test func aDrawForEveryLabelIsAskedFor() {
    let text = """
      utfall: 1
      dimensions:
        year: 1..3
      parameters:
        users: {by: year, value: 100}
        a: binomial(n = users, p = 0.5)
        b: {each: year, value: "poisson(mean = users)"}
      outputs:
        x: a + b
      """
    #expect(
      problems(in: text) == [
        "6:3 `a` with arguments that vary over `year`",
        "7:3 `b` with arguments that vary over `year`",
      ])
  }

  @Test func correlationsAreRefused() {
    let text = """
      utfall: 1
      parameters:
        b: beta(2, 2)
        c: beta(2, 2)
        a: normal(mean = b, sd = 1)
      correlate:
        - {parameters: [a, c], spearman: 0.5}
      outputs:
        x: a + c
      """
    #expect(
      problems(in: text) == [
        "7:19 `a`, which follows from other quantities, in a correlation"
      ])
  }

  /// An argument out of its range in some iteration stops the run, by name.
  @Test(
    arguments: [
      "binomial(n = 20, p = b + 0.3)", "binomial(n = 7 * b, p = 0.3)", "poisson(mean = b - 0.3)",
      "normal(mean = 1, sd = b - 0.3)", "uniform(b, 0.7)", "bernoulli(p = 1.2 * b)",
    ])
  func aBadArgumentStopsTheRun(_ value: String) throws {
    let text = scenario(
      parameters: "a:\n    value: \(value)\n  b: beta(2, 2)", x: "a")
    let scenario = try read(text)
    let plan = try scenario.compiled()
    let run = Result { () throws(RunError) in
      try Simulation(
        plan, settings: RunSettings(seed: 1, iterations: 4096, method: .random, workers: 1)
      ).run()
    }
    guard case .failure(.nonFinite(let fault)) = run else {
      Issue.record("\(value) ran")
      return
    }
    #expect(fault.origin == "a" && fault.value.isNaN)
    let message = NonFiniteReport.message(fault, scenario)
    #expect(message.contains("formula: \(value)") && message.contains("b = "))
    #expect(message.contains("Keep the arguments"))
  }
}
