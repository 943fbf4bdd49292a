// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// Means, percentiles, intervals and events as papers print them.
@Suite struct StatedNumberTests {
  private func parameter(_ value: String, _ keys: String = "") throws -> ScenarioParameter {
    try #require(
      try read(scenario(parameters: "a:\n    value: \(value)\n    \(keys)")).parameters.first)
  }

  @Test(
    arguments: [
      ("gamma(mean = 3, se = 0.4)", ["mean", "sd"]),
      ("gamma(mean = 3, variance = 0.16)", ["mean", "sd"]),
      ("gamma(mean = 3, cv = 40%)", ["mean", "sd"]),
      ("lognormal(p2.5 = 0.26, p97.5 = 0.80)", ["p2.5", "p97.5"]),
      ("lognormal(ci95 = (0.26 to 0.80))", ["p2.5", "p97.5"]),
      ("lognormal( ci90=( 0.26 to 2 * 0.40 ) )", ["p5", "p95"]),
      ("lognormal(iqr = ((0.26) to (0.80)))", ["p25", "p75"]),
      ("gamma(median = 3, p99.9 = 12)", ["p50", "p99.9"]),
      ("log-logistic(p10 = 1, p90 = 9)", ["p10", "p90"]),
      ("scaled-beta(min = 0, max = 24, p50 = 6, p95 = 14)", ["p50", "p95"]),
      ("gamma(shape = 2, median = 5)", ["p50"]),
    ] as [(String, [String])])
  func numbersAreMet(_ value: String, _ names: [String]) throws {
    let parameter = try parameter(value)
    #expect(parameter.figures.map(\.name) == names)
    #expect(parameter.residual == nil)
    for figure in parameter.figures {
      let implied = try #require(figure.implied(by: parameter.distribution))
      #expect(abs(implied - figure.value) <= 1e-9 * abs(figure.value), "\(figure.name)")
    }
  }

  @Test func spreadsAreConverted() throws {
    #expect(abs(try parameter("gamma(mean = 3, variance = 0.16)").figures[1].value - 0.4) < 1e-15)
    #expect(abs(try parameter("normal(mean = -3, cv = 40%)").figures[1].value - 1.2) < 1e-15)
    #expect(try parameter("gamma(mean = 3, se = 0.4)").figures[1].value == 0.4)
  }

  @Test func moreNumbersThanFreeLeaveAResidual() throws {
    let parameter = try parameter("lognormal(median = 0.45, p2.5 = 0.26, p97.5 = 0.80)")
    let residual = try #require(parameter.residual)
    #expect(residual > 0.002 && residual < 0.0023)
  }

  @Test(
    arguments: [
      ("uniform", 16.0, 986.0), ("jeffreys", 15.5, 985.5), ("none", 15, 985),
    ] as [(String, Double, Double)])
  func eventsNeedAPrior(_ prior: String, _ alpha: Double, _ beta: Double) throws {
    let parameter = try parameter("15 of 1 000", "family: beta\n    prior: \(prior)")
    #expect(parameter.distribution.parameters.map(\.value) == [alpha, beta])
    #expect(parameter.prior?.rawValue == prior)
    #expect(parameter.statedBase == 0.015)
  }

  @Test(
    arguments: [
      ("ends", "gamma", ["p2.5", "p97.5"]), ("width", "gamma", ["mean"]),
      ("log-midpoint", "lognormal", ["p2.5", "p97.5"]), ("mean", "lognormal", ["mean"]),
    ] as [(String, String, [String])])
  func fitsMeetWhatTheyPromise(_ fit: String, _ family: String, _ met: [String]) throws {
    let parameter = try parameter("6 (2 to 12)", "family: \(family)\n    fit: \(fit)")
    #expect(parameter.fit?.rawValue == fit)
    for figure in parameter.figures where met.contains(figure.name) {
      let implied = try #require(figure.implied(by: parameter.distribution))
      #expect(abs(implied - figure.value) <= 1e-9 * figure.value, "\(figure.name)")
    }
    if fit == "width" {
      let law = parameter.distribution
      let width = law.quantile(cumulative: 0.975) - law.quantile(cumulative: 0.025)
      #expect(abs(width - 10) < 1e-9)
    }
  }

  @Test func theFileMayNameTheFit() throws {
    let text = scenario(parameters: "a: {value: 6 (2 to 12), family: gamma}")
      .replacing("ranges: ci95\n", with: "ranges: ci95\nfit: ends\n")
    #expect(try read(text).parameters.first?.fit == .ends)
  }

  @Test(
    arguments: [
      ("gamma(mean = 3, mean = 4)", "28 a second `mean`; expected each name once."),
      (
        "gamma(p5 = 3)",
        "12 gamma with p5 alone; expected 2 numbers: shape and scale are free. Add a percentile, such as p97.5 = …"
      ),
      (
        "gamma(p5 = 3, p95 = 2)",
        "12 p5 = 3 and p95 = 2; expected p95 above p5. A higher percentile is a larger value."
      ),
      ("gamma(p5 = -3, p95 = 2)", "12 p5 = -3; expected a value above 0 for gamma."),
      (
        "beta(mean = 0.4, p95 = 1.2)",
        "12 p95 = 1.2; expected a value between 0 and 1 for beta. Write shares as 0.4 or 40%."
      ),
      (
        "beta(mean = 0.4, sd = 0.6)",
        "12 sd = 0.6 with mean = 0.4; expected a beta with sd below √(mean (1 − mean)) = 0.4898979485566356. Check the range: it is wider than any beta with this mean can be."
      ),
      (
        "gamma(mean = 3, sd = 1, se = 2)",
        "36 `se` beside `sd`; expected one of the two. Both say the spread."
      ),
      (
        "gamma(mean = 3, sd = 1, p95 = 9)",
        "12 gamma with mean, sd and p95; expected mean and sd, which determine it, or other numbers alone. Delete one of the three."
      ),
      (
        "gamma(cv = 0.3, p50 = 4)",
        "18 `cv` without a mean other than 0; expected `mean` and `cv`. The coefficient of variation is sd/mean."
      ),
      ("gamma(mean = 3, se = 0)", "28 se = 0; expected a number above 0."),
      ("gamma(mean = 3, ci95 = 1)", "35 `1` as `ci95`; expected `ci95 = (low to high)`."),
      (
        "gamma(mean = 3, ci95 = (1, 4))",
        "37 a comma between the ends of an interval; expected `ci95 = (low to high)`."
      ),
      (
        "gamma(mean = 3, ci95 = (1 4))",
        "28 `ci95` without `to`; expected `ci95 = (low to high)`. Write `to` between its ends, not a dash."
      ),
      ("gamma(median = 3, p50 = 4)", "30 the percentile p50 twice; expected each percentile once."),
      (
        "gamma(median = 3, p100 = 4)",
        "30 the percentile `p100`; expected one between p0 and p100. Limits are arguments of families that have them, such as pert and uniform."
      ),
      (
        "gamma(shape = 3, scale = 2, p50 = 4)",
        "12 gamma with all its arguments and p50; expected one or the other."
      ),
      ("constant(p50 = 4)", "12 constant by p50; expected arguments that belong together."),
      (
        "15 of 1000",
        "12 events of trials with no family; expected `family: beta`. If it is a quotient and certain, write 15/1000."
      ),
      ("25 of 20", "12 25 events of 20; expected at most as many events as there are trials."),
      ("1.5 of 20", "12 1.5 as a count; expected a whole number, written in digits."),
      ("0 of 0", "17 events of 0; expected a number above 0."),
      (
        "5 of 20 users",
        "20 `users` after the counts; expected nothing more. Write the counts alone, as in `15 of 1000`."
      ),
    ] as [(String, String)])
  func refusesNumbers(_ value: String, _ message: String) {
    check(value, "", "6:" + message)
  }

  @Test(
    arguments: [
      (
        "0 of 20", "family: beta\n    prior: none",
        "6:12 0 of 20 with no prior; expected events and non-events, or a prior. Say prior: jeffreys or prior: uniform."
      ),
      (
        "5 of 20", "family: beta",
        "6:12 events of trials without a prior; expected `prior`. Say prior: uniform, which adds one event and one other, jeffreys, which adds half of each, or none."
      ),
      (
        "5 of 20", "family: gamma\n    prior: uniform",
        "6:12 events of trials with family `gamma`; expected `family: beta`. If it is a quotient and certain, write 15/1000."
      ),
      (
        "5 of 20", "family: beta\n    prior: flat",
        "8:12 `flat` as a prior; expected one of uniform, jeffreys, none."
      ),
      (
        "5", "prior: none",
        "7:5 `prior` beside a single number; expected events as `value`. Delete `prior`, or write the value as `15 of 1000`."
      ),
      (
        "0.45 (0.26 to 0.80)", "family: gamma\n    fit: log-midpoint",
        "6:12 fit log-midpoint for gamma; expected family: lognormal. This fit works on the scale of logarithms."
      ),
      (
        "0.45 (0 to 0.80)", "family: lognormal\n    fit: mean",
        "6:12 low 0 of a ratio; expected a low number above 0. Use fit: moments for a range that reaches 0."
      ),
      (
        "0.45 (0.26 to 0.80)", "family: lognormal\n    fit: mean\n    base_is: median",
        "9:5 `base_is: median` beside `fit: mean`; expected `base_is: mean` or nothing. Delete one of the two."
      ),
      (
        "0.45 (0.26 to 0.80)", "family: lognormal\n    fit: ends\n    range: min-max",
        "6:12 fit ends for a min-max range; expected fit: moments. Limits are not percentiles: the family meets them as they are."
      ),
      (
        "0.45 (0.26 to 0.80)", "family: exponential\n    fit: ends",
        "6:12 fit ends for exponential, which has one free number; expected a family with two free numbers, such as gamma, beta or lognormal."
      ),
      (
        "0.45 (0.01 to 60)", "family: gamma\n    fit: width",
        "6:12 mean 0.45 with an interval of width 59.99; expected a width up to 5.151 for gamma with this centre. Use fit: ends, or another family."
      ),
    ] as [(String, String, String)])
  func refusesKeys(_ value: String, _ keys: String, _ message: String) {
    check(value, keys, message)
  }

  private func check(_ value: String, _ keys: String, _ message: String) {
    let all = diagnostics(of: scenario(parameters: "a:\n    value: \(value)\n    \(keys)"))
    let texts = all.map { "\($0.line):\($0.column) \($0.message)" }
    #expect(texts.contains(message), "\(texts)")
  }

  /// Every value is read or refused, never a crash: arguments cut, doubled and swapped.
  @Test func piecesInAnyOrderNeverCrash() {
    let pieces = [
      "gamma(", "p5", "p2.5", " = ", "(", ")", "0.3", " to ", ", ", "ci95 = ", "mean", "se", "-",
      "3",
      "iqr", "1e300", " of ", "%", "p", ".5", "median = ",
    ]
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<1500 {
      var value = "beta("
      for _ in 0..<next(14) { value += pieces[next(pieces.count)] }
      value += ")"
      _ = diagnostics(of: scenario(parameters: "a:\n    value: '\(value)'"))
    }
  }
}
