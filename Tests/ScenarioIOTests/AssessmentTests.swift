// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

@Suite struct AssessmentTests {
  @Test(
    arguments: [
      ("6 (2 to 12)", 6.0, 2.0, 12.0), ("0.45 (0.26–0.80)", 0.45, 0.26, 0.8),
      ("0.45 (0.26 – 0.80)", 0.45, 0.26, 0.8), ("6 (2-12)", 6, 2, 12),
      ("21 800 (15 300 to 28 400)", 21800, 15300, 28400), ("40% (20% to 60%)", 0.4, 0.2, 0.6),
      ("1/4 (1/8 to 1/2)", 0.25, 0.125, 0.5), ("-1 (-3 to 2)", -1, -3, 2),
      ("-1 (\u{2212}3 – -0.5)", -1, -3, -0.5), ("21800 ±30%", 21800, 15260, 28340),
      ("1 ± 30 %", 1, 0.7, 1.3), ("5 +/- 2", 5, 3, 7), ("-10 ±10%", -10, -11, -9),
      ("40% ±5 pp", 0.4, 0.35, 0.45), ("0.5 ±5 PP", 0.5, 0.45, 0.55),
    ] as [(String, Double, Double, Double)])
  func readsRanges(_ text: String, _ base: Double, _ low: Double, _ high: Double) throws {
    guard case .range(let numbers) = try AssessmentReader.read(text) else {
      Issue.record("no range")
      return
    }
    #expect(numbers.base == base)
    #expect(abs(numbers.low - low) < 1e-12 * max(1, abs(low)))
    #expect(abs(numbers.high - high) < 1e-12 * max(1, abs(high)))
    #expect(numbers.reading == nil)
  }

  @Test(
    arguments: [
      ("0.45 (95% CI 0.26 to 0.80)", RangeReading.ci95), ("0.45 (95 % CI: 0.26–0.80)", .ci95),
      ("0.45 (95%-CI, 0.26 – 0.80)", .ci95), ("0.45 (90% CI 0.26 to 0.80)", .ci90),
      ("0.45 (80% CrI 0.26 to 0.80)", .p10p90), ("0.45 (IQR 0.26 to 0.80)", .iqr),
    ] as [(String, RangeReading)])
  func readsWhatARangeSaysOfItself(_ text: String, _ reading: RangeReading) throws {
    guard case .range(let numbers) = try AssessmentReader.read(text) else {
      Issue.record("no range")
      return
    }
    #expect(numbers.reading == reading)
    #expect([numbers.low, numbers.base, numbers.high] == [0.26, 0.45, 0.8])
  }

  @Test(
    arguments: [
      ("1/3", 1.0 / 3), ("15 * 1000", 15000), ("40%", 0.4), ("exp(0)", 1), ("(1 + 2) / 4", 0.75),
      ("-(2)", -2), ("2^-1", 0.5), ("(12 - 2)", 10), ("1/3 * 2", 2.0 / 3), ("50% * 2", 1),
    ] as [(String, Double)])
  func readsNumbersAndConstantFormulas(_ text: String, _ value: Double) throws {
    guard case .number(let number) = try AssessmentReader.read(text) else {
      Issue.record("no number")
      return
    }
    #expect(number == value)
  }

  @Test(
    arguments: [
      ("beta(15, 985)", "beta", ["alpha": 15.0, "beta": 985.0]),
      ("beta(1 + 52, 1 + 111 - 52)", "beta", ["alpha": 53, "beta": 60]),
      ("gamma(shape = 2, scale = 5)", "gamma", ["shape": 2, "scale": 5]),
      ("gamma( scale=5 , shape=2 )", "gamma", ["shape": 2, "scale": 5]),
      ("normal(10%, 2%)", "normal", ["mean": 0.1, "sd": 0.02]),
      ("lognormal(meanlog = 2 * log(1), sdlog = 0.3)", "lognormal", ["meanlog": 0, "sdlog": 0.3]),
      ("triangular(1, 2, 4)", "triangular", ["min": 1, "mode": 2, "max": 4]),
    ] as [(String, String, [String: Double])])
  func readsDistributions(_ text: String, _ family: String, _ values: [String: Double]) throws {
    guard case .distribution(let member) = try AssessmentReader.read(text) else {
      Issue.record("no distribution")
      return
    }
    let distribution = member.distribution
    #expect(type(of: distribution).family.name == family)
    #expect(
      Dictionary(uniqueKeysWithValues: distribution.parameters.map { ($0.name, $0.value) })
        == values)
  }

  @Test(
    arguments: [
      ("", 0, "an empty value"), ("5 (7 to 9)", 3, "a low number 7 above the base 5"),
      ("5 (3 to 4)", 8, "a high number 4 below the base 5"),
      ("5 (9 to 3)", 3, "a low number 9 above the high number 3"),
      ("5 (5 to 5)", 3, "a range whose ends are equal"),
      ("5 (3 to)", 7, "nothing as the high number"),
      ("5 (3)", 4, "a range with one end"), ("5 (3, 9)", 4, "`,` between the ends"),
      ("5 (3 to 9", 2, "a `(` that is never closed"), ("5 (", 2, "a `(` that is never closed"),
      ("5 (3 to 9) x", 11, "`x` after the range"), ("5 (99% CI 3 to 9)", 3, "a 99% interval"),
      ("5 (3 to 9,5)", 9, "a comma in the number"),
      ("5 (low to high)", 3, "`low` as the low number"),
      ("40% ±5%", 6, "± with a percentage after a percentage"),
      ("40% ±5", 6, "± and a plain number"),
      ("0 ±30%", 4, "a percentage of the base 0"), ("5 ±-1", 4, "a negative number after ±"),
      ("5 ± 0", 5, "± 0"), ("5 ±2 x", 6, "`x` after the range"), ("5 ±2% pp", 4, "both % and pp"),
      ("±5", 0, "`±5` without a base"), ("2-12", 1, "a hyphen between two digits"),
      ("2 to 12", 2, "a range without a base"), ("2–12", 1, "a range without a base"),
      ("5 hours", 2, "the text `hours` after the number"), ("12kg", 2, "the text `kg`"),
      ("> 5", 0, "`> 5`"), ("€5", 0, "a currency sign"), ("rent * 2", 0, "`rent * 2`"),
      ("2 * rent", 4, "the name `rent`"), ("1/0", 2, "a division by 0"),
      ("log(0)", 0, "`log(0)`, which has no finite value"),
      ("gamma", 0, "the distribution `gamma`"),
      ("gama(2, 5)", 0, "the unknown distribution `gama`"),
      ("6 +- 2", 2, "a number followed by + or -"), ("100 - 120", 4, "a number followed by + or -"),
      ("12 -15%", 3, "a number followed by + or -"),
      ("normal(1,5)", 8, "a comma between two digits"),
      ("gamma(2, 5)", 0, "`gamma` with unnamed numbers"), ("beta(1)", 0, "1 number for `beta`"),
      ("gamma(shape = 2, 5)", 17, "a number without a name"),
      ("gamma(shape = 2, scal = 5)", 17, "the unknown argument `scal`"),
      ("gamma(shape = 2, shape = 5)", 17, "a second `shape`"),
      ("gamma(shape = 2)", 0, "`gamma` with shape"),
      ("gamma(shape = 2, scale = 5, sd = 5)", 0, "gamma with all its arguments and sd"),
      ("gamma(mean = x, sd = 5)", 13, "the name `x`"),
      ("gamma(mean = 1/0, sd = 5)", 13, "`mean`, which has no finite value"),
      ("gamma(mean = 5, sd = -1)", 0, "sd = -1"), ("beta(15, 985) * 2", 14, "`*` after a"),
      ("beta(15, 985", 4, "a `(` that is never closed"),
      ("gamma(mean = 1 000, sd = 5)", 15, "two numbers in a row: `1` and `000`"),
    ] as [(String, Int, String)])
  func refuses(_ text: String, _ offset: Int, _ found: String) {
    let problem = #expect(throws: TextProblem.self) { try AssessmentReader.read(text) }
    #expect(problem?.offset == offset)
    #expect(problem?.found.hasPrefix(found) == true, "\(problem?.found ?? "")")
  }

  @Test func tellsBothReadingsOfAnAmbiguousPercentage() {
    let problem = #expect(throws: TextProblem.self) { try AssessmentReader.read("40% ±5%") }
    #expect(
      problem?.advice
        == "Write ±5 pp for percentage points, or 0.4 ±5% for 0.38 to 0.42.")
  }

  @Test func namesThePercentSignThatIsMissing() {
    let problem = #expect(throws: TextProblem.self) { try AssessmentReader.read("40% (20 to 60%)") }
    #expect(problem?.advice == "If all three are percentages, write % after each.")
  }
}
