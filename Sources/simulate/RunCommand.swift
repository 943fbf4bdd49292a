// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Foundation
internal import ScenarioIO
internal import SimCore

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Sample scenarios and write their results.",
    discussion: """
      For each scenario a folder named after it is written under the output folder: summary.csv, \
      histograms.csv, sensitivity.csv, conditional-means.csv, resolved.csv, convergence.csv, \
      iterations-needed.csv, checks.csv, manifest.json and, with --draws, draws.csv; for a decision its \
      tables, with evsi.csv and enbs.csv for its studies; and what one_way (others: distributions) and \
      sobol_indices ask for. It replaces an earlier result as a whole. The same file, seed, iterations and \
      method give the same bytes for any number of workers.

      With --stop a run is as long as it has to be: --stop 'mean of net_benefit within 1% of sd', \
      'p97.5 of cost within 200', 'P(net_benefit > 0) within 0.002', 'p_best at 50000 within 0.01'. within is \
      half the 95 % interval of Monte Carlo error; mcse in its place is the standard error. Several --stop \
      must all hold.
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @Option(
    name: .shortAndLong, help: "Iterations, such as 100000 or 1e6; overrides the scenario.")
  var iterations: WholeNumber?

  @Option(
    name: .customLong("stop"),
    help: "Stop when this is known well enough; repeat for more. Replaces the scenario's rule.")
  var stop: [String] = []

  @Option(help: "With a stop rule: the fewest iterations, from 1024 on.")
  var minimum: WholeNumber?

  @Option(help: "With a stop rule: the most iterations.")
  var maximum: WholeNumber?

  @Option(name: .shortAndLong, help: "Seed, 0 … 18446744073709551615; overrides the scenario.")
  var seed: UInt64?

  @Option(
    name: .shortAndLong, help: "How uniforms are chosen; overrides the scenario.")
  var method: MethodName?

  @Option(name: .shortAndLong, help: "Worker threads; by default one per processor.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    name: .shortAndLong, help: "Folder for results, in which each scenario gets its own.",
    completion: .directory)
  var output: String = "results"

  @Flag(help: "Write every iteration to draws.csv.")
  var draws = false

  @Flag(
    name: .customLong("check-evppi"),
    help: "Check every EVPPI by simulating the model again (evppi-check.csv).")
  var checksEVPPI = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if scenarios.isEmpty { throw ValidationError("Give at least one scenario file.") }
    if !(1...1024).contains(workers) {
      throw ValidationError("--workers is \(workers); expected 1 to 1024.")
    }
    if let iterations, !ScenarioRunSettings.iterationsRange.contains(iterations.value) {
      let range = ScenarioRunSettings.iterationsRange
      throw ValidationError(
        "--iterations is \(iterations.value); expected \(range.lowerBound) to \(range.upperBound).")
    }
    if iterations != nil, !stop.isEmpty || minimum != nil || maximum != nil {
      throw ValidationError(
        "--iterations beside a stop rule; expected one of the two. The most iterations of a rule are "
          + "--maximum.")
    }
    if output.isEmpty { throw ValidationError("--output is empty; expected a folder.") }
  }

  func run() throws {
    let scenarios = try Failures.reported { try ScenarioFiles.readAll(self.scenarios) }
    let runners = try scenarios.map { scenario in
      ScenarioRunner(
        scenario,
        options: .init(
          iterations: iterations?.value, seed: seed, method: method?.value, workers: workers,
          output: output, draws: draws, stop: try stopRule(scenario), checksEVPPI: checksEVPPI))
    }
    try refuseSharedFolders(runners)
    if checksEVPPI, let scenario = scenarios.first(where: { $0.decision == nil }) {
      throw ValidationError(
        "--check-evppi for \(scenario.file), which has no decision; expected a section `decision:`, whose "
          + "value of information is checked.")
    }
    if !quiet { ScenarioFiles.printWarnings(scenarios) }
    let control = RunControl()
    let interrupt = Interrupt(control)
    defer { interrupt.stop() }
    for (index, runner) in runners.enumerated() {
      let scenario = runner.scenario
      let progress =
        quiet
        ? nil
        : ProgressLine(
          scenario.name, runner.stopRule == nil ? runner.iterations : nil, control)
      let result = try Failures.reported(in: scenario) {
        defer { progress?.stop() }
        return try runner.run(control: control)
      }
      if !quiet {
        Terminal.print(
          (index == 0 ? "" : "\n") + TerminalReport.result(result, of: runner))
      }
    }
  }

  /// What the command line says in place of a scenario's rule; `nil` when it says nothing.
  private func stopRule(_ scenario: Scenario) throws -> StopRule? {
    if stop.isEmpty, minimum == nil, maximum == nil { return nil }
    do {
      return try StopRule(
        stop, minimum: minimum?.value, maximum: maximum?.value, scenario: scenario)
    } catch let error as StopOptionError {
      throw ValidationError(error.description)
    }
  }

  private func refuseSharedFolders(_ runners: [ScenarioRunner]) throws {
    var files: [String: String] = [:]
    for runner in runners {
      if let other = files.updateValue(runner.scenario.file, forKey: runner.folder) {
        throw ValidationError(
          "\(other) and \(runner.scenario.file) would write the same folder, \(runner.folder); "
            + "run them with different --output.")
      }
    }
  }
}

/// A sampling method on the command line, by the name it has in scenarios.
struct MethodName: ExpressibleByArgument {
  let value: SamplingMethod

  init?(argument: String) {
    guard let value = SamplingMethod(rawValue: argument) else { return nil }
    self.value = value
  }

  static var allValueStrings: [String] { SamplingMethod.allCases.map(\.rawValue) }
}

/// A count on the command line: `100000`, `100_000` or `1e5`.
struct WholeNumber: ExpressibleByArgument {
  let value: Int

  init(_ value: Int) { self.value = value }

  init?(argument: String) {
    let digits = argument.filter { $0 != "_" && $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
    if let value = Int(digits) {
      self.value = value
    } else if !digits.lowercased().contains("x"), let number = Double(digits),
      let value = Int(exactly: number)
    {
      self.value = value
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { String(value) }
}
