// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioKeys {
  /// Keys that the scenario itself may have.
  static let scenario: [ScenarioKey] =
    [
      version,
      ScenarioKey("title", .text, "Heading of the result; the file's name when nothing is said."),
      source,
      ScenarioKey("description", .text, "Remarks."),
      ScenarioKey("currency", .text, "Currency with its price year, such as NOK 2018."),
      ScenarioKey(
        "units", .list(.text, 0...1000), "All base units of the file; others are misspelt."),
      ScenarioKey("run", .section(.run), "How to run."),
    ] + readings + [
      include,
      dimensions,
      ScenarioKey(
        "strategies", .either([.text, .list(.text, 1...100_000), .names(.text)]),
        "What is compared: a list, or names with descriptions."),
      ScenarioKey("comparator", .text, "The strategy the others are compared with."),
    ] + definitions + [
      ScenarioKey(
        "perspectives", .names(.section(.perspective)), "Whose costs and benefits count."),
      ScenarioKey(
        "variants", .names(.section(.variant)), "Named changes that are run beside the scenario."),
      ScenarioKey(
        "outputs", .names(.either([.formula, .section(.output)])), "What is reported.",
        required: true),
      ScenarioKey(
        "decision", .section(.decision),
        "What a decision between strategies is analysed for."),
      ScenarioKey(
        "one_way", .section(.oneWay), "Which parameters `simulate base` moves one at a time."),
    ] + sensitivity

  /// Keys that an included file may have: definitions, not what is asked about them.
  static let includedFile: [ScenarioKey] =
    [version, source, ScenarioKey("description", .text, "Remarks.")] + readings
    + [include, dimensions] + definitions

  private static let version = ScenarioKey(
    "utfall", .words(["1"]), "Version of the scenario format.", required: true)
  private static let source = ScenarioKey("source", .text, "Where the model comes from.")
  private static let include = ScenarioKey(
    "include", .list(.text, 1...ScenarioDecoder.mostIncludes),
    "Files with further definitions, in the scenario's folder or below.")
  private static let dimensions = ScenarioKey(
    "dimensions", .names(.either([.text, .list(.text, 1...100_000), .section(.dimension)])),
    "What quantities vary over: 2018..2034, a list of labels, or a mapping.")

  /// Hold for the file in which they stand.
  private static let readings: [ScenarioKey] = [
    ScenarioKey("ranges", .words(of: RangeReading.self), "What a range (low to high) means."),
    ScenarioKey("base_is", .words(of: Centre.self), "What the base of a range is."),
    ScenarioKey(
      "fit", .words(of: FitRule.self), "How a range becomes a distribution; moments by default."),
  ]

  private static let definitions: [ScenarioKey] = [
    ScenarioKey(
      "parameters", .names(.either([.assessment, .section(.parameter)])),
      "Inputs, certain or uncertain."),
    ScenarioKey(
      "parameter_tables", .list(.section(.parameterTable), 1...ScenarioDecoder.mostParameterTables),
      "Parameters from CSV files."),
    ScenarioKey(
      "rows", .names(.section(.rows)), "Tables of data whose rows are drawn together."),
    ScenarioKey(
      "correlate", .list(.section(.correlation), 1...10_000), "Parameters that go together."),
    ScenarioKey(
      "variables", .names(.either([.formula, .section(.variable)])),
      "Formulas that other formulas use."),
    line("costs"), line("benefits"), line("effects"),
    ScenarioKey(
      "not_priced", .list(.text, 0...10_000),
      "Effects that are carried into the report as text."),
  ]

  private static func line(_ section: String) -> ScenarioKey {
    ScenarioKey(
      section, .names(.either([.formula, .section(.line)])),
      "Lines that add up to the total `\(section)`.")
  }

  static let dimension: [ScenarioKey] = [
    ScenarioKey(
      "labels", .either([.text, .list(.text, 1...100_000)]), "2018..2034, or a list of labels.",
      required: true),
    ScenarioKey("step", .formula, "Years from one label to the next, such as 1/52."),
    ScenarioKey("ordered", .yesNo, "Whether the labels follow each other."),
    ScenarioKey("unit", .text, "What one label stands for, such as year."),
    ScenarioKey("description", .text, "Remarks."),
  ]

  static let run: [ScenarioKey] = [
    ScenarioKey("seed", .wholeNumber(0...UInt64.max), "Start of the random numbers; 1 by default."),
    ScenarioKey(
      "iterations",
      .wholeNumber(
        UInt64(
          ScenarioRunSettings.iterationsRange.lowerBound)...UInt64(
            ScenarioRunSettings.iterationsRange.upperBound)),
      "Draws of the whole model; 100 000 by default."),
    ScenarioKey("method", .words(of: SamplingMethod.self), "How uniforms are chosen."),
    ScenarioKey(
      "stop", .either([.text, .list(.text, 1...StopRule.mostConditions), .section(.stop)]),
      "What has to be known how well before the run ends."),
  ]

  static let stop: [ScenarioKey] = [
    ScenarioKey(
      "when", .either([.text, .list(.text, 1...StopRule.mostConditions)]),
      "Conditions, such as mean of net_benefit within 200; all must hold.", required: true),
    ScenarioKey("minimum", stopCount, "The fewest iterations."),
    ScenarioKey("maximum", stopCount, "The most iterations."),
  ]

  private static let stopCount: KeyType = .wholeNumber(
    UInt64(StopRule.leastMinimum)...UInt64(ScenarioRunSettings.iterationsRange.upperBound))
}
