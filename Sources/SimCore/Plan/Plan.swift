// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A model compiled for running: immutable, shared by all workers.
///
/// Parameters that no output needs are not drawn, unless the plan records them.
public struct Plan: Sendable {
  /// Iterations of a block: the unit of work, and the unit at which runs may be split.
  public static let blockLength = 1024

  public let model: Model
  public var outputs: [Output] { model.outputs }
  /// Names of the parameters whose draws are kept for recording, in model order.
  public let recordedParameters: [String]
  let instructions: [Instruction]
  let slotCount: Int
  let samplers: [Sampler]
  let copulas: [CopulaSampler]
  /// Where each output is found when a block is done.
  let outputOperands: [Operand]
  let recordedOperands: [Operand]
  /// By output: the earlier output that it is a positive multiple of.
  let multiples: [OutputMultiple?]
  let tables: TableStore

  /// Compiles a model, building its quantile tables.
  ///
  /// - Parameter recordsParameters: keep the draws of every parameter, also of unused ones.
  /// - Throws: all faults found, as `ModelErrors`.
  public init(_ model: Model, recordsParameters: Bool = false, tables: TableStore = TableStore())
    throws(ModelErrors)
  {
    var compiler = GraphCompiler(model)
    let outputNodes = model.outputs.map { compiler.compile($0.value, in: $0.name) }
    // Every definition is compiled, so that faults in unused ones are found too.
    for index in model.variables.indices { _ = compiler.node(ofVariable: index) }
    let recordedNodes =
      recordsParameters ? model.parameters.indices.map { compiler.node(ofParameter: $0) } : []
    var errors = compiler.errors + CorrelationCheck.errors(model)
    let groupNodes =
      errors.isEmpty
      ? model.correlations.map { group in
        group.names.compactMap { name in
          model.parameters.firstIndex { $0.name == name }.map { compiler.node(ofParameter: $0) }
        }
      } : []
    if model.outputs.isEmpty { errors.append(.noOutputs) }
    if !errors.isEmpty { throw ModelErrors(errors: errors) }

    let allocator = SlotAllocator(
      compiler.graph, kept: outputNodes + recordedNodes, groups: groupNodes)
    self.model = model
    self.tables = tables
    self.recordedParameters = recordsParameters ? model.parameters.map(\.name) : []
    self.instructions = allocator.instructions
    self.slotCount = allocator.slotCount
    self.samplers = allocator.sampledParameters.map { index in
      Sampler(model.parameters[index], tables: tables)
    }
    self.copulas = allocator.sampledGroups.map { index in
      let group = model.correlations[index]
      let members = group.names.compactMap { name in model.parameters.first { $0.name == name } }
      return CopulaSampler(
        group, members: members.map { Sampler($0, tables: tables) }, tables: tables)
    }
    self.outputOperands = outputNodes.map { allocator.operand($0) }
    self.multiples = OutputMultiple.find(outputNodes, in: compiler.graph)
    self.recordedOperands = recordedNodes.map { allocator.operand($0) }
  }

  /// Number of parameters drawn in each iteration.
  public var drawnParameterCount: Int {
    samplers.count + copulas.reduce(0) { $0 + $1.members.count }
  }

  /// Number of block operations, draws included.
  package var instructionCount: Int { instructions.count }
}

/// All faults of a model.
public struct ModelErrors: Error, Sendable, Hashable {
  public let errors: [ModelError]
}
