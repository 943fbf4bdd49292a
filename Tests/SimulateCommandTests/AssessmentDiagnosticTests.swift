// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Numbers, ranges and distributions that mean nothing or more than one thing.
@Suite struct AssessmentDiagnosticTests {
  @Test(arguments: [
    Refusal(
      scenario("x:\n    value: 6 (2 to 12)\n    family: gamma", top: "base_is: mean"), "5:12",
      "meaning is not stated", "`ranges`", "ci95, ci90, p10-p90, iqr, min-max, se",
      "factor of almost four"),
    Refusal(
      scenario("x:\n    value: 6 (2 to 12)\n    family: gamma", top: "ranges: ci95"), "5:12",
      "`base_is`", "mean", "median", "mode"),
    Refusal(scenario("x: 6 (2 to 12)"), "5:6", "without the family", "`family: gamma`"),
    Refusal(
      scenario("x:\n    value: 6 (12 to 2)\n    family: gamma"), "6:15",
      "low number 12 above the high number 2", "low below high"),
    Refusal(
      scenario("x:\n    value: 6 (7 to 12)\n    family: gamma"), "6:15", "7 above the base 6",
      "low at or below base"),
    Refusal(
      scenario("x:\n    value: 6 (1 to 5)\n    family: gamma"), "6:20", "5 below the base 6",
      "high at or above base"),
    Refusal(
      scenario("x:\n    value: 13 (2 to 12)\n    family: pert\n    range: min-max"), "6:21",
      "12 below the base 13"),
    Refusal(
      scenario("x:\n    value: -1 (-3 to 2)\n    family: gamma"), "6:12", "mean = -1", "above 0"),
    Refusal(
      scenario("x:\n    value: 1.2 (0.5 to 1.5)\n    family: beta"), "6:12", "mean = 1.2",
      "between 0 and 1", "40%"),
    Refusal(scenario("x: beta(mean = 1.2, sd = 0.1)"), "5:6", "mean = 1.2", "between 0 and 1"),
    Refusal(scenario("x: beta(mean = 0, sd = 0.1)"), "5:6", "mean = 0", "between 0 and 1"),
    Refusal(
      scenario("x: beta(mean = 0.5, sd = 0.6)"), "5:6", "sd = 0.6", "mean = 0.5", "below", "0.5"),
    Refusal(
      scenario("x:\n    value: 0.5 (0 to 3)\n    family: beta"), "6:12", "sd = 0.765", "wider than"),
    Refusal(scenario("x: normal(0, -1)"), "5:6", "sd = -1", "above 0"),
    Refusal(scenario("x: gamma(mean = 1, sd = -1)"), "5:6", "sd = -1", "above 0"),
    Refusal(scenario("x: lognormal(meanlog = 0, sdlog = 0)"), "5:6", "sdlog = 0", "above 0"),
    Refusal(scenario("x: 40% ±5%"), "5:11", "two things", "±5 pp"),
    Refusal(
      scenario("x: 0.85 (SE 0.03)"), "5:12", "a standard error in place of a range",
      "Write `beta(mean = 0.85, se = 0.03)`."),
    Refusal(
      scenario("x: 12 000 (s.d. = 3 500)"), "5:14", "a standard deviation",
      "Write `gamma(mean = 12000, sd = 3500)`."),
    Refusal(
      scenario("x:\n    value: 0.85 (SE = 0.03)\n    family: lognormal"), "6:18",
      "Write `lognormal(mean = 0.85, se = 0.03)`, and leave `family` out."),
    Refusal(scenario("x: 1 235,5"), "5:11", "in the number `1 235,5`", "Write 1235.5"),
    Refusal(scenario("x: 2-12"), "5:7", "hyphen", "base (low to high)"),
    Refusal(scenario("x: 2 to 12"), "5:8", "range without a base", "uniform(min, max)"),
    Refusal(scenario("x: no"), "5:6", "`no`", "expected a value such as"),
    Refusal(scenario("x: 1:30"), "5:7", "a colon in `1:30`", "1.5"),
    Refusal(scenario("x: 0x10"), "5:6", "`0x10`", "decimal number"),
    Refusal(scenario("x: 1e400"), "5:6", "too large"),
    Refusal(scenario("x: .nan"), "5:6", "`.nan`", "finite number"),
    Refusal(scenario("x: 1 235 00"), "5:11", "a space inside the number", "three digits"),
    Refusal(scenario("x: 1.235.000"), "5:11", "a second point", "1 235 000"),
    Refusal(scenario("x: gama(5, 2)"), "5:6", "`gama`", "Did you mean `gamma`?"),
    Refusal(scenario("x: 5 NOK"), "5:8", "`NOK` after the number", "`unit`"),
  ])
  func refuses(_ refusal: Refusal) throws { try refusal.check() }
}
