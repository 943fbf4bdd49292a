// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A model compiled for running: immutable, shared by all workers.
///
/// Parameters that no output needs are not drawn, unless the plan records them.
public struct Plan: Sendable {
  /// Iterations of a block: the unit of work, and the unit at which runs may be split.
  public static let blockLength = 1024
  /// The most outputs, labels and cases counted.
  public static let mostOutputs = 100_000

  public let model: Model
  /// One for each output of the model, case, and combination of labels, in this order.
  public let outputs: [Output]
  /// Names of the parameters whose draws are kept for recording, with their labels, in model order.
  public let recordedParameters: [String]
  /// Quantities that are handed to a recorder after the parameters and not summarised.
  public let recordedOutputs: [Output]
  let instructions: [Instruction]
  let slotCount: Int
  /// By draw.
  let samplers: [Sampler]
  /// Independent scores of correlated parameters.
  let scores: [ScoreSpecification]
  let scoreDraw: TableDraw?
  let checks: [ModelCheck]
  /// Where each output is found when a block is done.
  let outputOperands: [Operand]
  let recordedOperands: [Operand]
  /// By output: the earlier output that it is a positive multiple of.
  let multiples: [OutputMultiple?]
  let tables: TableStore

  /// Compiles a model, building its quantile tables.
  ///
  /// - Parameters:
  ///   - recordsParameters: keep the draws of every parameter of the model itself, also of unused ones.
  ///   - recording: quantities for a recorder, for every case, beside the outputs; nothing is summarised
  ///     of them.
  /// - Throws: all faults found, as `ModelErrors`.
  public init(
    _ model: Model, recordsParameters: Bool = false, recording: [Output] = [],
    tables: TableStore = TableStore()
  ) throws(ModelErrors) {
    var compiler = GraphCompiler(model)
    let unfolded = PlanOutputs(
      model, &compiler, recordsParameters: recordsParameters, recording: recording)
    var errors = compiler.errors + CorrelationCheck.errors(model)
    if model.outputs.isEmpty { errors.append(.noOutputs) }
    if !errors.isEmpty { throw ModelErrors(errors: errors) }

    let allocator = SlotAllocator(
      compiler.graph, kept: unfolded.nodes + unfolded.recordedNodes, checks: compiler.checkNodes)
    self.model = model
    self.tables = tables
    outputs = unfolded.outputs
    recordedParameters = unfolded.recordedNames
    recordedOutputs = unfolded.recordedOutputs
    instructions = allocator.instructions
    slotCount = allocator.slotCount
    let scored = Set(
      instructions.compactMap { step in
        if case .quantile(let draw, _, _) = step { draw } else { nil as Int? }
      })
    let draws = compiler.draws.all
    samplers = Parallel.map(draws.count, workers: tables.workers) { index in
      Sampler(draws[index], tables: tables, takesScores: scored.contains(index))
    }
    scores = compiler.draws.scores
    scoreDraw = scores.isEmpty ? nil : .standardNormal(tables)
    checks = compiler.checks
    outputOperands = unfolded.nodes.map { allocator.operand($0) }
    multiples = OutputMultiple.find(unfolded.nodes, in: compiler.graph)
    recordedOperands = unfolded.recordedNodes.map { allocator.operand($0) }
  }

  /// Number of draws made in each iteration.
  public var drawnParameterCount: Int {
    instructions.count { instruction in
      switch instruction {
      case .sample, .quantile: true
      default: false
      }
    }
  }

  /// Number of block operations, draws included.
  package var instructionCount: Int { instructions.count }

  /// Number of values of a block that are alive at once.
  package var liveValueCount: Int { slotCount }

  /// The value of an output that no draw influences; `nil` for others.
  public func constantValue(ofOutput index: Int) -> Double? {
    if case .constant(let value) = outputOperands[index] { value } else { nil }
  }
}

/// All faults of a model.
public struct ModelErrors: Error, Sendable, Hashable {
  public let errors: [ModelError]
}
