// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Foundation
internal import ScenarioIO
internal import SimCore

struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measure how fast this machine draws from each family.",
    discussion: """
      Draws per second of a typical member of each family, on one worker and on all, beside the GNU \
      Scientific Library's own samplers on as many threads. Processor time: the machine's other work \
      does not count.
      """)

  @Option(name: .shortAndLong, help: "Worker threads; by default one per processor.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(name: .shortAndLong, help: "Draws per worker and round, such as 1e6.")
  var draws = WholeNumber(1 << 18)

  @Option(name: .shortAndLong, help: "Rounds, of which the best counts.")
  var rounds: Int = 9

  @Option(name: .shortAndLong, help: "CSV file to write.", completion: .file(extensions: ["csv"]))
  var output: String?

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    // More threads than processors would take turns, and their rates could not be added.
    let processors = ProcessInfo.processInfo.activeProcessorCount
    if !(1...processors).contains(workers) {
      throw ValidationError(
        "--workers is \(workers); expected 1 to \(processors), the number of processors.")
    }
    if !(1...1_000_000_000).contains(draws.value) {
      throw ValidationError("--draws is \(draws.value); expected 1 to 1000000000.")
    }
    if !(1...1000).contains(rounds) {
      throw ValidationError("--rounds is \(rounds); expected 1 to 1000.")
    }
    if output?.isEmpty == true { throw ValidationError("--output is empty; expected a file.") }
  }

  func run() throws {
    let control = RunControl()
    let interrupt = Interrupt(control)
    defer { interrupt.stop() }
    try Failures.reported {
      let file = try output.map { try BenchmarkFile($0) }
      let benchmark = try DrawBenchmark.measured(
        workers: workers, draws: draws.value, rounds: rounds, control: control)
      try file?.publish(benchmark)
      if !quiet { Terminal.print(benchmark.report) }
    }
  }
}
