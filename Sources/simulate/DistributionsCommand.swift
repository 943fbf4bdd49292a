// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ScenarioIO

struct DistributionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distributions",
    abstract: "List the families of distributions and the ways to give them.")

  func run() { Terminal.print(TerminalReport.families()) }
}
