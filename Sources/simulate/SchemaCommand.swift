// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ScenarioIO

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of scenario files, for editors.",
    discussion: """
      An editor that knows the schema completes keys and marks slips while you type. Save it beside your \
      scenarios, and begin each with the line

        # yaml-language-server: $schema=scenario.schema.json
      """)

  @Flag(help: "The schema of files that scenarios include.")
  var included = false

  func run() { Terminal.print(ScenarioSchema.text(ofIncludedFiles: included)) }
}
