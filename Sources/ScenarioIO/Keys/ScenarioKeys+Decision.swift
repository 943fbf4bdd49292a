// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension ScenarioKeys {
  static let decision: [ScenarioKey] = [
    ScenarioKey("cost", .formula, "The cost; `costs` by default."),
    ScenarioKey("effect", .formula, "The effect; `effects` or `benefits` by default."),
    ScenarioKey("unit", .text, "Unit of the effect."),
    ScenarioKey(
      "willingness_to_pay",
      .either([.number, .list(.number, 1...1000), .section(.willingnessToPay)]),
      "A number, an ascending list, or from, to and step; with a unit in braces."),
    ScenarioKey("population", .section(.population), "Whom the decision is for."),
    ScenarioKey(
      "groups", .names(.list(.text, 0...10_000)),
      "Parameters whose joint value of information is wanted."),
    ScenarioKey(
      "studies", .names(.section(.study)), "Studies whose value is wanted, by a name of yours."),
    ScenarioKey(
      "information_iterations", .wholeNumber(1000...1_000_000_000),
      "Iterations that EVPPI and EVSI take, the first of the run; 131 072 by default."),
    ScenarioKey(
      "two_level", .section(.twoLevel), "EVPPI checked by simulating again."),
  ]

  static let willingnessToPay: [ScenarioKey] = [
    ScenarioKey("from", .number, "The lowest; 0 by default."),
    ScenarioKey("to", .number, "The highest."),
    ScenarioKey("step", .number, "Distance between two."),
    ScenarioKey(
      "values", .either([.number, .list(.number, 1...1000)]),
      "A number or an ascending list, in place of from, to and step."),
    ScenarioKey("unit", .text, "Currency per unit of effect, such as NOK 2018/QALY."),
  ]

  static let population: [ScenarioKey] = [
    ScenarioKey(
      "incidence", .either([.number, .list(.number, 1...1000)]), "Persons a year.", required: true),
    ScenarioKey("unit", .text, "Unit of the incidence, such as user/year."),
    ScenarioKey("horizon", .wholeNumber(1...1000), "Years.", required: true),
    ScenarioKey("rate", .number, "Discount rate per year.", required: true),
    ScenarioKey("uptake", .either([.number, .list(.number, 1...1000)]), "Share, 1 by default."),
  ]
}
