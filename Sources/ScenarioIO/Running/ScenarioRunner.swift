// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
public import SimCore

/// Runs a scenario and writes its result folder.
public struct ScenarioRunner: Sendable {
  public struct Options: Sendable {
    /// Replace what the scenario says; `nil` keeps it.
    public var iterations: Int?
    public var seed: UInt64?
    public var method: SamplingMethod?
    public var workers: Int
    /// Folder in which the result folder, named after the scenario, is made.
    public var output: String
    /// Write every iteration to draws.csv.
    public var draws: Bool
    /// Replaces the scenario's stop rule; a number of iterations replaces either.
    public var stop: StopRule?
    /// Check every EVPPI by simulating again, where the scenario does not say which.
    public var checksEVPPI: Bool

    public init(
      iterations: Int? = nil, seed: UInt64? = nil, method: SamplingMethod? = nil, workers: Int,
      output: String, draws: Bool = false, stop: StopRule? = nil, checksEVPPI: Bool = false
    ) {
      self.iterations = iterations
      self.seed = seed
      self.method = method
      self.workers = workers
      self.output = output
      self.draws = draws
      self.stop = stop
      self.checksEVPPI = checksEVPPI
    }
  }

  public let scenario: Scenario
  public private(set) var options: Options
  /// Points of each randomisation, where a stop rule has found their number.
  private var points: Int?

  public init(_ scenario: Scenario, options: Options) {
    self.scenario = scenario
    self.options = options
  }

  /// As asked for.
  public var requestedIterations: Int { options.iterations ?? scenario.run.iterations }
  /// As run: what the method can do.
  public var iterations: Int {
    points == nil ? method.iterations(atLeast: requestedIterations) : requestedIterations
  }
  public var method: SamplingMethod { options.method ?? scenario.run.method }
  public var seed: UInt64 { options.seed ?? scenario.run.seed }
  /// `nil` where the number of iterations is fixed.
  public var stopRule: StopRule? {
    options.iterations == nil ? options.stop ?? scenario.run.stop : nil
  }

  /// Where the result goes. A scenario whose name is all dots would name another folder.
  public var folder: String {
    let isFolderName = scenario.name.contains { $0 != "." }
    let name = isFolderName ? scenario.name : scenario.name + ".yaml"
    return options.output + "/" + name
  }

  /// Samples the model and writes the result folder; all of it or nothing.
  ///
  /// - Throws: `ScenarioError`, `OutputError`, `RunError` or `UnsummarisedOutput`.
  public func run(control: RunControl) throws -> ScenarioResult {
    let started = Date()
    let folder = try ResultFolder(destination: folder)
    let tables = TableStore(workers: options.workers)
    guard let rule = stopRule else {
      return try run(control, folder, tables, started: started, stopped: nil)
    }
    // Faults of the whole model are told before a part of it is run.
    _ = try scenario.compiled(tables: tables)
    let record = try StopSearch(
      scenario, rule,
      settings: .init(seed: seed, iterations: 1, method: method, workers: options.workers),
      tables: tables, control: control
    ).run()
    var settled = self
    settled.options.iterations = record.iterations
    settled.points = record.points
    return try settled.run(control, folder, tables, started: started, stopped: record)
  }

  /// Samples a fixed number of iterations.
  private func run(
    _ control: RunControl, _ folder: ResultFolder, _ tables: TableStore, started: Date,
    stopped: StopRecord?
  ) throws -> ScenarioResult {
    let clock = ContinuousClock()
    let begin = clock.now
    let plan = try scenario.compiled(
      recordsParameters: options.draws, recording: recordedOutputs, tables: tables)
    let compiled = clock.now
    // A worker without a block would only take memory.
    let blocks = (iterations + Plan.blockLength - 1) / Plan.blockLength
    let simulation = Simulation(
      plan,
      settings: .init(
        seed: seed, iterations: iterations, method: method, pointsPerRandomisation: points,
        workers: max(1, min(options.workers, blocks))))
    let draws = try options.draws ? drawsFile(in: folder, plan, control) : nil
    let decisive = plan.recordedOutputs.isEmpty ? nil : decisionRecorder(simulation)
    let result: RunResult
    do {
      result = try simulation.run(control: control, recorder: draws ?? decisive, takesRunning: true)
      try draws?.close()
    } catch RunError.recording(let error) {
      throw OutputError(path: self.folder + "/draws.csv", reason: OutputError.reason(error))
    } catch let error as SystemError {
      throw OutputError(path: self.folder + "/draws.csv", reason: error.reason)
    }
    try UnsummarisedOutput.check(result, plan, scenario)
    let ended = clock.now
    try folder.write(SummaryTable.csv(scenario, plan, result), to: "summary.csv")
    try folder.write(HistogramTable.csv(scenario, plan, result), to: "histograms.csv")
    try folder.write(ResolvedTable.csv(scenario), to: "resolved.csv")
    try folder.write(ConvergenceTable.csv(scenario, plan, result), to: "convergence.csv")
    try folder.write(
      IterationsNeededTable.csv(scenario, plan, result, settings: simulation.settings),
      to: "iterations-needed.csv")
    let (decided, optima, informationIterations) = try writeDecision(
      simulation.settings, decisive, tables, control, to: folder)
    try SensitivityRun(
      scenario, settings: simulation.settings, tables: tables, control: control)?
      .write(to: folder)
    let checks = try ModelChecks(
      scenario, simulation, result, tables: tables, control: control)
    try folder.write(ChecksTable.csv(checks, scenario), to: "checks.csv")
    try OneWayDistributionsRun(
      scenario, settings: simulation.settings, tables: tables, control: control)?
      .write(scenario, to: folder)
    try SobolIndicesRun(
      scenario, settings: simulation.settings, tables: tables, control: control)?
      .write(scenario, to: folder)
    let manifest = manifest(
      simulation, result, files: folder.files,
      Manifest.Times(
        started: started.ISO8601Format(), compile: (compiled - begin).seconds,
        run: (ended - compiled).seconds), stopped, checks,
      informationIterations: informationIterations)
    try folder.write(manifest.json(), to: "manifest.json")
    if control.isCancelled { throw RunError.cancelled }
    try folder.publish()
    return ScenarioResult(
      scenario: scenario, plan: plan, result: result, decision: decided, optima: optima,
      stopped: stopped, checks: checks, folder: self.folder, seconds: (ended - begin).seconds)
  }

  /// The tables of the scenario's decision, where it states one.
  private func writeDecision(
    _ settings: RunSettings, _ recorded: DecisionRecorder?, _ tables: TableStore,
    _ control: RunControl, to folder: ResultFolder
  ) throws -> (DecisionTables?, [StudyValues.Optimum], informationIterations: Int?) {
    guard let decision = scenario.decision else { return (nil, [], nil) }
    let draws = try DecisionDraws(
      scenario, decision, settings: settings, tables: tables, control: control,
      recorded: recorded)
    let decided = try DecisionTables(
      groups: draws.groups, decision: decision.settings(scenario), workers: settings.workers)
    try decided.write(to: folder)
    let information = try InformationValues(
      decided, draws.information, named: decision.groups, joint: JointColumns(scenario.parameters),
      workers: settings.workers)
    try information.write(to: folder)
    if let check = decision.twoLevel ?? (options.checksEVPPI ? ScenarioTwoLevel() : nil) {
      try TwoLevelRun(
        scenario, decision, check, regression: information, settings: settings, tables: tables,
        control: control
      ).write(to: folder, currency: scenario.currency ?? "")
    }
    let studies = try StudyValues(
      decided, draws.information, studies: decision.studies, seed: settings.seed)
    try studies.write(to: folder)
    return (decided, try studies.optima(), draws.informationIterations)
  }

  /// What the run records for the decision, where its own draws are those of the decision and more than
  /// the value of information takes.
  private var recordedOutputs: [Output] {
    guard let decision = scenario.decision, method == .random, !options.draws,
      iterations > decision.informationIterations
    else { return [] }
    return decision.outputs
  }

  private func decisionRecorder(_ simulation: Simulation) -> DecisionRecorder {
    let outputs = simulation.plan.recordedOutputs.count
    return DecisionRecorder(
      outputs: outputs,
      iterations: DecisionDraws.iterations(simulation.settings, outputs: outputs))
  }

  private func drawsFile(in folder: ResultFolder, _ plan: Plan, _ control: RunControl)
    throws(OutputError) -> DrawsFile
  {
    let file = try folder.open("draws.csv")
    do {
      return try DrawsFile(
        file, names: plan.recordedParameters + plan.outputs.map(SeriesColumns(scenario).drawsName),
        constants: Set(scenario.parameters.filter(\.isConstant).map(\.fullName)), control: control)
    } catch {
      throw OutputError(path: self.folder + "/draws.csv", reason: OutputError.reason(error))
    }
  }
}

/// A finished run.
public struct ScenarioResult: Sendable {
  public let scenario: Scenario
  public let plan: Plan
  public let result: RunResult
  /// `nil` when the scenario states no decision.
  public let decision: DecisionTables?
  /// The best size of every study with a cost.
  let optima: [StudyValues.Optimum]
  /// `nil` when the number of iterations was fixed.
  public let stopped: StopRecord?
  public let checks: ModelChecks
  public let folder: String
  /// From the compilation of the model to the end of sampling.
  public let seconds: Double
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
