// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

@Suite struct RangeTests {
  private func bare(_ value: String, _ keys: String = "", top: String = "") -> String {
    scenario(parameters: "a:\n    value: \(value)\n    \(keys)")
      .replacing("ranges: ci95\nbase_is: mean\n", with: top)
  }

  @Test(
    arguments: [
      ("6 (2 to 12)", "gamma", "ci95", 2.551067284623269),
      ("6 (2 to 12)", "gamma", "ci90", 3.0397841595588446),
      ("6 (2 to 12)", "normal", "p10-p90", 3.9015207303618543),
      ("6 (2 to 12)", "lognormal", "iqr", 7.413011092528009),
      ("6 (5 to 7)", "gamma", "se", 1), ("40% (20% to 60%)", "beta", "ci95", 0.10204269138493),
    ] as [(String, String, String, Double)])
  func fitsByMoments(_ value: String, _ family: String, _ reading: String, _ sd: Double) throws {
    let made = try distribution(value, "family: \(family)\n    range: \(reading)")
    #expect(type(of: made).family.name == family)
    #expect(abs(made.standardDeviation - sd) < 1e-9 * sd)
    let base = value.hasPrefix("40%") ? 0.4 : 6
    #expect(abs(made.mean - base) < 1e-9)
  }

  @Test func limitsBecomeBounds() throws {
    let made = try distribution(
      "6 (2 to 12)", "family: triangular\n    range: min-max\n    base_is: mode")
    #expect(made.parameters.map(\.value) == [2, 6, 12])
  }

  @Test func recordsWhatWasStated() throws {
    let parameter = try #require(
      try read(bare("0.45 (95% CI 0.26–0.80)", "family: lognormal\n    base_is: median"))
        .parameters.first)
    #expect(parameter.statedBase == 0.45)
    #expect(parameter.statedLow == 0.26)
    #expect(parameter.statedHigh == 0.8)
    #expect(parameter.reading == .ci95)
    #expect(parameter.baseIs == .median)
    #expect(parameter.fit == .moments)
    let constant = try #require(try read(scenario()).parameters.first)
    #expect(constant.statedLow == nil && constant.reading == nil && constant.fit == nil)
  }

  @Test func theParameterOverridesTheFile() throws {
    let parameter = try #require(
      try read(
        scenario(parameters: "a: {value: 6 (5 to 7), family: gamma, range: se, base_is: median}")
      ).parameters.first)
    #expect(parameter.reading == .se)
    #expect(parameter.baseIs == .median)
  }

  @Test(
    arguments: [
      ("5 (3 to 9)", "family: gamma", "base_is: mean\n", "a range whose meaning is not stated"),
      ("5 (3 to 9)", "family: gamma", "ranges: ci95\n", "a range whose base may be a mean"),
      ("5 (3 to 9)", "", "ranges: ci95\nbase_is: mean\n", "a range without the family"),
      ("5 ±30%", "", "ranges: ci95\nbase_is: mean\n", "a range without the family"),
      ("5 (3 to 9)", "family: beta", "ranges: ci95\nbase_is: mean\n", "mean = 5"),
      ("0.5 (-3 to 4)", "family: beta", "ranges: ci95\nbase_is: mean\n", "sd = "),
      ("-5 (-9 to -3)", "family: gamma", "ranges: ci95\nbase_is: mean\n", "mean = -5"),
      (
        "5 (3 to 9)", "family: gamma", "ranges: min-max\nbase_is: mean\n",
        "family gamma for a min-max"
      ),
      ("5 (3 to 9)", "family: pert", "ranges: ci95\nbase_is: mean\n", "family pert for a ci95"),
    ] as [(String, String, String, String)])
  func refusesAtTheValue(_ value: String, _ keys: String, _ top: String, _ found: String) {
    let line = 4 + top.split(separator: "\n").count
    let all = problems(in: bare(value, keys, top: top))
    #expect(all.count == 1)
    #expect(all.first?.hasPrefix("\(line):12 \(found)") == true, "\(all)")
  }

  @Test(
    arguments: [
      ("5 (3 to 9)", "family: gama", "7:13 the unknown family `gama`"),
      ("5 (3 to 9)", "range: ci99", "7:12 `ci99` as a reading of a range"),
      ("5 (3 to 9)", "fit: endz", "7:10 `endz` as a fit"),
      ("5 (3 to 9)", "fit: best", "7:10 `best` as a fit"),
      ("5", "family: gamma", "7:5 `family` beside a single number"),
      ("beta(1, 2)", "range: ci95", "7:5 `range` beside a distribution"),
      (
        "5 (95% CI 3 to 9)", "family: gamma\n    range: se",
        "6:15 a range read as ci95 beside `range: se`"
      ),
      ("5 (3 to 9)", "familiy: gamma", "7:5 the unknown key `familiy`"),
      ("gamma(mean = 5, sd = -1)", "", "6:12 sd = -1"),
      ("beta(mean = 1.2, sd = 0.1)", "", "6:12 mean = 1.2"),
    ] as [(String, String, String)])
  func refusesChoices(_ value: String, _ keys: String, _ expected: String) {
    let text = scenario(parameters: "a:\n    value: \(value)\n    \(keys)")
    #expect(problems(in: text).contains(expected), "\(problems(in: text))")
  }

  @Test(
    arguments: [
      ("0.4 (0.2 to 0.6)", "", "beta"), ("5 (3 to 9)", "", "gamma"), ("-1 (-3 to 2)", "", "normal"),
      ("5 (3 to 9)", "range: min-max", "pert"),
    ] as [(String, String, String)])
  func suggestsAFamilyByKind(_ value: String, _ keys: String, _ family: String) {
    let advice = diagnostics(of: scenario(parameters: "a:\n    value: \(value)\n    \(keys)"))
      .first?.advice
    #expect(advice?.hasPrefix("Say `family: \(family)`") == true)
  }

  @Test func aNormalNeedsNoKindOfBase() throws {
    let parameter = try #require(
      try read(bare("5 (3 to 7)", "family: normal", top: "ranges: ci95\n")).parameters.first)
    #expect(parameter.baseIs == nil)
    #expect(parameter.distribution.mean == 5)
  }
}
