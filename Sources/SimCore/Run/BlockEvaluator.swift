// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs the instructions of a plan for one block after another, in memory of its own. One per worker.
///
/// A kernel owner: its buffers are allocated once and freed with it.
final class BlockEvaluator {
  private let plan: Plan
  /// The plan's, which keeps them: blocks don't count references, or workers would wait for each other's counts.
  private let samplers: [Unmanaged<Sampler>]
  private let sources: [UniformSource]
  /// By draw: what takes its place.
  private let given: [DrawOverrides.Values?]
  private let scoreSources: [UniformSource]
  private let slots: UnsafeMutablePointer<Double>
  /// What a block goes through, in order.
  private var parts: [Part] = []
  /// Words of draw number 0, then of draw number 1 for the parameters that take two uniforms.
  private let words: UnsafeMutablePointer<UInt64>
  /// Outputs that are constants are read from here.
  private let constants: UnsafeMutablePointer<Double>
  /// Where each output is found when a block is done, then each recorded parameter.
  private let columns: UnsafeMutablePointer<UnsafePointer<Double>>
  let outputCount: Int
  let recordedCount: Int

  private enum Part {
    case instruction(Instruction)
    case arithmetic(ArithmeticProgram)
  }

  /// Doubles from one slot to the next. Not a power of two: the same elements of all slots would share a
  /// few lines of the first cache.
  private static let slotStride = Plan.blockLength + 64

  init(_ plan: Plan, _ design: SamplingDesign) {
    self.plan = plan
    samplers = plan.samplers.map { .passUnretained($0) }
    sources = design.sources(plan.samplers.map(\.name))
    given = plan.samplers.map { design.overrides.values[$0.name] }
    scoreSources = design.sources(plan.scores.map(\.name))
    let length = Plan.blockLength
    slots = BlockMemory.allocate(max(plan.slotCount, 1) * Self.slotStride, repeating: 0)
    words = BlockMemory.allocate(2 * length, repeating: 0)
    outputCount = plan.outputOperands.count
    recordedCount = plan.recordedOperands.count
    let kept = plan.outputOperands + plan.recordedOperands
    // A block for each output that is a constant, none for the others.
    let fixed = kept.count { if case .constant = $0 { true } else { false } }
    constants = BlockMemory.allocate(max(fixed, 1) * length, repeating: 0)
    columns = BlockMemory.allocate(kept.count, repeating: UnsafePointer(slots))
    var free = constants
    for (index, operand) in kept.enumerated() {
      switch operand {
      case .slot(let place): columns[index] = UnsafePointer(slots + place * Self.slotStride)
      case .constant(let value):
        free.update(repeating: value, count: length)
        columns[index] = UnsafePointer(free)
        free += length
      }
    }
    var run: [ArithmeticProgram.Step] = []
    var instructions: [Instruction] = []
    func endRun() {
      if run.count > 1 {
        parts.append(.arithmetic(ArithmeticProgram(run)))
      } else {
        parts += instructions.map { .instruction($0) }
      }
      (run, instructions) = ([], [])
    }
    for instruction in plan.instructions {
      if let step = step(instruction) {
        run.append(step)
        instructions.append(instruction)
      } else {
        endRun()
        parts.append(.instruction(instruction))
      }
    }
    endRun()
  }

  /// A sum, difference, product or quotient; `nil` for anything else.
  private func step(_ instruction: Instruction) -> ArithmeticProgram.Step? {
    guard case .binary(let opcode, let a, let b, let target) = instruction else { return nil }
    if case (.constant, .constant) = (a, b) { return nil }
    let operation: BlockArithmetic? =
      switch opcode {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .divide: .divide
      default: nil
      }
    return operation.map { .init($0, slot(target), block(a), block(b)) }
  }

  deinit {
    slots.deallocate()
    words.deallocate()
    constants.deallocate()
    columns.deallocate()
  }

  /// Evaluates iterations `first ..< first + count`.
  ///
  /// - Returns: the first iteration at which a check of the model failed; `nil` when all held.
  /// - Precondition: `first` is the first of a block, `count` at most the block length.
  func evaluate(first: Int, count: Int) -> FailedCheck? {
    var failed: FailedCheck?
    for part in parts {
      switch part {
      case .arithmetic(let program): program.run(count: count)
      case .instruction(let instruction):
        evaluate(instruction, first: first, count: count, &failed)
      }
    }
    return failed
  }

  private func evaluate(
    _ instruction: Instruction, first: Int, count: Int, _ failed: inout FailedCheck?
  ) {
    let even = (count + 1) & ~1
    switch instruction {
    case .sample(let draw, let target) where given[draw] != nil,
      .quantile(let draw, _, let target) where given[draw] != nil:
      give(draw, to: target, first: first, count: count)
    case .sample(let draw, let target):
      samplers[draw]._withUnsafeGuaranteedRef { sampler in
        sources[draw].fill(
          UnsafeMutableBufferPointer(start: words, count: even), first: first,
          label: sampler.label)
        let second = words + Plan.blockLength
        if sampler.usesSecondWord {
          sources[draw].fill(
            UnsafeMutableBufferPointer(start: second, count: even), first: first,
            label: sampler.label, draw: 1)
        }
        sampler.fill(
          UnsafeMutableBufferPointer(start: slot(target), count: count), words: words,
          second: second)
      }
    case .score(let score, let target):
      guard let normal = plan.scoreDraw else { break }
      scoreSources[score].fill(
        UnsafeMutableBufferPointer(start: words, count: even), first: first,
        label: plan.scores[score].label)
      normal.fill(
        UnsafeMutableBufferPointer(start: slot(target), count: count), words: words)
    case .quantile(let draw, .slot(let scores), let target):
      samplers[draw]._withUnsafeGuaranteedRef {
        $0.fill(
          UnsafeMutableBufferPointer(start: slot(target), count: count), scores: slot(scores))
      }
    case .quantile: preconditionFailure("scores are never constant")
    case .check(let check, let operand):
      let values = block(operand)
      if let index = (0..<count).first(where: { values[$0] < 0 }),
        index < failed?.index ?? count
      {
        failed = FailedCheck(check: check, index: index)
      }
    case .lookup(let table, let column, let rows, let target):
      let values = plan.model.rows[table].columns[column].values
      let places = block(rows)
      let out = slot(target)
      values.withUnsafeBufferPointer { values in
        for i in 0..<count { out[i] = values[Int(places[i])] }
      }
    case .unary(let opcode, .slot(let x), let target):
      BlockKernels.unary(opcode, slot(target), slot(x), count)
    case .unary(let opcode, .constant(let x), let target):
      slot(target).update(repeating: BlockKernels.scalar(opcode, x), count: count)
    case .binary(let opcode, let a, let b, let target):
      BlockKernels.binary(opcode, slot(target), block(a), block(b), count)
    case .select(let a, let b, let c, let target):
      BlockKernels.select(slot(target), block(a), block(b), block(c), count)
    case .binomial(let a, let b, let c, let target):
      BlockKernels.binomial(slot(target), block(a), block(b), block(c), count)
    }
  }

  /// Stated values in place of a draw.
  private func give(_ draw: Int, to target: Int, first: Int, count: Int) {
    switch given[draw] {
    case .labels(let values):
      slot(target).update(repeating: values[Int(plan.samplers[draw].label)], count: count)
    case .column(let values):
      precondition(values.count >= first + count, "\(values.count) values")
      values.withUnsafeBufferPointer { values in
        for i in 0..<count { slot(target)[i] = values[first + i] }
      }
    case nil: break
    }
  }

  /// Values of an output for the block just evaluated.
  func output(_ index: Int) -> UnsafePointer<Double> { columns[index] }

  /// Values of a recorded parameter for the block just evaluated.
  func recorded(_ index: Int) -> UnsafePointer<Double> { columns[outputCount + index] }

  private func slot(_ index: Int) -> UnsafeMutablePointer<Double> {
    slots + index * Self.slotStride
  }

  private func block(_ operand: Operand) -> BlockOperand {
    switch operand {
    case .slot(let index): .block(UnsafePointer(slot(index)))
    case .constant(let value): .constant(value)
    }
  }
}

/// The first failure of a check in a block.
struct FailedCheck {
  /// Index into the plan's checks.
  let check: Int
  /// Iteration within the block.
  let index: Int
}
