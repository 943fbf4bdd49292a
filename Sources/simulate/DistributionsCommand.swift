// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ScenarioIO

struct DistributionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distributions",
    abstract: "List the families of distributions and the ways to give them.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
  }

  @Option(help: "text, or markdown: the page docs/distributions.md.")
  var format = Format.text

  func run() {
    switch format {
    case .text: Terminal.print(TerminalReport.families())
    case .markdown: Terminal.print(DistributionsPage.markdown())
    }
  }
}
