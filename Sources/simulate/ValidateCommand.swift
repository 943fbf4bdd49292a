// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ScenarioIO

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check scenarios and show how their parameters are understood.",
    discussion: "Reports every problem with its place in the file; runs nothing, writes nothing.")

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @Flag(help: "Show what every variable, line and output varies over, with unit and formula.")
  var explain = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func run() throws {
    let scenarios = try Failures.reported { try ScenarioFiles.readAll(self.scenarios) }
    for scenario in scenarios {
      _ = try Failures.reported(in: scenario) { try scenario.compiled() }
    }
    if quiet { return }
    ScenarioFiles.printWarnings(scenarios)
    for (index, scenario) in scenarios.enumerated() {
      Terminal.print(
        (index == 0 ? "" : "\n") + TerminalReport.parameters(scenario, explained: explain)
          + (explain ? TerminalReport.variables(scenario) : ""))
    }
  }
}
