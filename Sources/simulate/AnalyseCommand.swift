// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
internal import Economics
public import ScenarioIO

struct AnalyseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "Decision analysis of draws made elsewhere.",
    discussion: """
      Takes one table with the columns `cost:NAME` and `effect:NAME` for every strategy and one for every \
      parameter, one row for each iteration; or three tables: --costs, --effects and --parameters. \
      Comma, semicolon or tab between fields; decimal point or comma.

      Writes incremental.csv, nmb.csv, ceac.csv, expected-loss.csv, evpi.csv, evppi.csv, ce-plane.csv, \
      convergence-ceac.csv and manifest.json into the output folder, replacing an earlier result as a whole; with --study evsi.csv \
      too, and enbs.csv if the population and the study's cost are given.
      """)

  @Argument(
    help: "One table with everything.", completion: .file(extensions: ["csv", "tsv", "txt"]))
  var table: String?

  @Option(help: "Table of parameters.", completion: .file())
  var parameters: String?

  @Option(help: "Table of costs, one column for each strategy.", completion: .file())
  var costs: String?

  @Option(help: "Table of effects, one column for each strategy.", completion: .file())
  var effects: String?

  @Option(
    help: "Willingness to pay: numbers between commas, or from:to:step, such as 0:50000:1000.")
  var wtp: NumberList

  @Option(help: "Strategy that the others are compared with; the first one by default.")
  var comparator: String?

  @Option(
    name: .customLong("cost-column"),
    help: "NAME=COLUMN: the column holds the costs of strategy NAME. Repeat for each.")
  var costColumns: [String] = []

  @Option(
    name: .customLong("effect-column"),
    help: "NAME=COLUMN: the column holds the effects of strategy NAME. Repeat for each.")
  var effectColumns: [String] = []

  @Option(
    name: .customLong("parameter"),
    help: "A column that is a parameter; then no other column is one. Repeat for each.")
  var parameterColumns: [String] = []

  @Option(help: "A column to leave out. Repeat for each.")
  var ignore: [String] = []

  @Option(help: "Currency of the costs, for the tables.")
  var currency: String = ""

  @Option(help: "Unit of the effects, for the tables.")
  var effectUnit: String = ""

  @Option(help: "Persons a year whom the decision concerns: one number, or one for each year.")
  var incidence: NumberList?

  @Option(help: "Years for which the decision holds.")
  var horizon: Int?

  @Option(help: "Discount rate per year for the population, such as 0.04.")
  var discountRate: Double?

  @Option(help: "Share of the persons whom it reaches: one number, or one for each year.")
  var uptake: NumberList?

  @Option(
    name: .customLong("group"),
    help: "NAME=PARAMETER,PARAMETER: parameters whose joint value of information is wanted. Repeat."
  )
  var groups: [String] = []

  @Option(
    name: .customLong("study"),
    help: """
      A study whose value is wanted: mean:PARAMETER:SD, proportion:PARAMETER, rate:PARAMETER[:FOLLOW-UP] \
      or trial:BASELINE:LOG-ODDS-RATIO. Repeat.
      """)
  var studies: [String] = []

  @Option(help: "Participants of the studies: numbers between commas, or from:to:step.")
  var sizes: NumberList?

  @Option(help: "Cost of a study whatever its size.")
  var fixedCost: Double?

  @Option(help: "Cost of a study for each participant.")
  var costPerParticipant: Double?

  @Option(name: .shortAndLong, help: "Seed for the data of studies.")
  var seed: UInt64 = 1

  @Option(help: "Between fields: comma, semicolon or tab; found from the file by default.")
  var separator: TableFormat.Separator?

  @Option(help: "Decimal mark: point or comma; found from the file by default.")
  var decimal: TableFormat.DecimalMark?

  @Option(name: .shortAndLong, help: "Folder for the result.", completion: .directory)
  var output: String = "results/analysis"

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    _ = try input()
    _ = try population()
    _ = try information()
    if output.isEmpty { throw ValidationError("--output is empty; expected a folder.") }
    if !(1...DecisionSettings.mostWillingnessToPay).contains(wtp.values.count) {
      throw ValidationError(
        "--wtp has \(wtp.values.count) values; expected 1 to "
          + "\(DecisionSettings.mostWillingnessToPay).")
    }
    if let value = wtp.values.first(where: { !($0 >= 0 && $0 <= 1e15) }) {
      throw ValidationError("--wtp holds \(value); expected 0 to 1e15.")
    }
  }

  func run() throws {
    let runner = AnalysisRunner(
      try input(), format: TableFormatChoice(separator: separator, decimal: decimal),
      decision: DecisionSettings(
        comparator: comparator, willingnessToPay: wtp.values, population: try population(),
        currency: currency, effectUnit: effectUnit),
      information: try information(), output: output)
    let result = try Failures.reported { try runner.run() }
    if quiet { return }
    for warning in result.imported.warnings { Terminal.printError(warning) }
    Terminal.print(DecisionReport.result(result))
  }

  private func input() throws -> AnalysisRunner.Input {
    let paired = !costColumns.isEmpty || !effectColumns.isEmpty || !parameterColumns.isEmpty
    if let table {
      if costs != nil || effects != nil || parameters != nil {
        throw ValidationError(
          "One table and --costs, --effects or --parameters; expected either the one or the others."
        )
      }
      return .wide(
        path: table,
        columns: ColumnNames(
          costs: try pairs(costColumns, "--cost-column"),
          effects: try pairs(effectColumns, "--effect-column"), parameters: parameterColumns,
          ignored: Set(ignore)))
    }
    guard let costs, let effects else {
      throw ValidationError(
        "No draws; expected a table, or --costs and --effects, with or without --parameters.")
    }
    if paired {
      throw ValidationError(
        "--cost-column, --effect-column and --parameter are for one table with everything.")
    }
    return .three(
      parameters: parameters, costs: costs, effects: effects, ignored: Set(ignore))
  }

  private func pairs(_ texts: [String], _ option: String) throws -> [ColumnNames.Pair] {
    try texts.map { text in
      guard let pair = ColumnNames.Pair(text) else {
        throw ValidationError(
          "\(option) is \(text); expected NAME=COLUMN, such as \(option) A=total_cost.")
      }
      return pair
    }
  }

  private func information() throws -> InformationRequest {
    do {
      return try InformationRequest(
        groups: groups, studies: studies, sizes: sizes?.values, fixedCost: fixedCost,
        costPerParticipant: costPerParticipant, seed: seed)
    } catch {
      throw ValidationError(error.description)
    }
  }

  private func population() throws -> Population? {
    guard let incidence else {
      if horizon != nil || discountRate != nil || uptake != nil {
        throw ValidationError(
          "--horizon, --discount-rate or --uptake without --incidence; expected persons a year too."
        )
      }
      return nil
    }
    guard let horizon, let discountRate else {
      throw ValidationError("--incidence needs --horizon and --discount-rate too.")
    }
    do {
      return try Population(
        incidence: incidence.values, horizon: horizon, discountRate: discountRate,
        uptake: uptake?.values ?? [1])
    } catch {
      throw ValidationError("The population has \(error).")
    }
  }
}

extension TableFormat.Separator: ExpressibleByArgument {}
extension TableFormat.DecimalMark: ExpressibleByArgument {}
