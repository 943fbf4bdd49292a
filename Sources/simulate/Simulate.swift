// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ScenarioIO

@main
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Monte Carlo uncertainty analysis for health economics.",
    discussion: """
      A scenario file says what is uncertain and how costs and benefits follow. `simulate run` samples \
      it and writes percentile summaries and histograms as CSV.

      Exit codes: 0 done; 64 wrong usage; 65 a scenario or table has errors; 66 a file can't be read; \
      70 a value is not a number, infinite or too large to summarise; \
      74 a result can't be written; 130 interrupted.
      """,
    version: Utfall.version,
    subcommands: [
      RunCommand.self, BaseCommand.self, AnalyseCommand.self, ValidateCommand.self,
      DistributionsCommand.self, SchemaCommand.self,
      BenchmarkCommand.self,
    ])

  static func main() {
    StandardStreams.prepare()
    main(nil)
  }
}
