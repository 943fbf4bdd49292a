// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ScenarioIO

struct BaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "base",
    abstract: "Compute scenarios without sampling: base, low, high, and one parameter at a time.",
    discussion: """
      base.csv holds every output with all parameters at base, all at their low and all at their high \
      numbers, as reports do; variants and perspectives too. one-way.csv moves one parameter at a time, \
      one-way-decision.csv does so for the net benefit of a decision. \
      Numbers that the scenario does not state are the mean, P2.5 and P97.5 of the distribution, marked \
      implied. On request of the scenario: two_way (two-way.csv) and thresholds (thresholds.csv, \
      decision-thresholds.csv), where an output passes 0 and where the preferred strategy changes.
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @Option(
    name: .shortAndLong, help: "Folder for results, in which each scenario gets its own.",
    completion: .directory)
  var output: String = "results"

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if scenarios.isEmpty { throw ValidationError("Give at least one scenario file.") }
    if output.isEmpty { throw ValidationError("--output is empty; expected a folder.") }
  }

  func run() throws {
    let scenarios = try Failures.reported { try ScenarioFiles.readAll(self.scenarios) }
    if !quiet { ScenarioFiles.printWarnings(scenarios) }
    for (index, scenario) in scenarios.enumerated() {
      let runner = BaseRunner(scenario, output: output)
      let result = try Failures.reported(in: scenario) { try runner.run() }
      if !quiet {
        Terminal.print(
          (index == 0 ? "" : "\n") + BaseReport.text(result, folder: runner.folder))
      }
    }
  }
}
