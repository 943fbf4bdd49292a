// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs the instructions of a plan for one block after another, in memory of its own. One per worker.
///
/// A kernel owner: its buffers are allocated once and freed with it.
final class BlockEvaluator {
  private let plan: Plan
  private let sources: [UniformSource]
  /// By draw: what takes its place.
  private let given: [DrawOverrides.Values?]
  private let scoreSources: [UniformSource]
  private let slots: UnsafeMutablePointer<Double>
  /// Words of draw number 0, then of draw number 1 for the parameters that take two uniforms.
  private let words: UnsafeMutablePointer<UInt64>
  /// Outputs that are constants are read from here.
  private let constants: UnsafeMutablePointer<Double>

  init(_ plan: Plan, _ design: SamplingDesign) {
    self.plan = plan
    sources = design.sources(plan.samplers.map(\.name))
    given = plan.samplers.map { design.overrides.values[$0.name] }
    scoreSources = design.sources(plan.scores.map(\.name))
    let length = Plan.blockLength
    // On cache lines: vectors of four would otherwise cross them.
    slots = UnsafeMutableRawPointer.allocate(
      byteCount: max(plan.slotCount, 1) * length * MemoryLayout<Double>.stride, alignment: 64
    ).assumingMemoryBound(to: Double.self)
    slots.initialize(repeating: 0, count: max(plan.slotCount, 1) * length)
    words = .allocate(capacity: 2 * length)
    words.initialize(repeating: 0, count: 2 * length)
    let fixed = (plan.outputOperands + plan.recordedOperands).count
    constants = .allocate(capacity: max(fixed, 1) * length)
    constants.initialize(repeating: 0, count: max(fixed, 1) * length)
    for (index, operand) in (plan.outputOperands + plan.recordedOperands).enumerated() {
      if case .constant(let value) = operand {
        (constants + index * length).update(repeating: value, count: length)
      }
    }
  }

  deinit {
    slots.deallocate()
    words.deallocate()
    constants.deallocate()
  }

  /// Evaluates iterations `first ..< first + count`.
  ///
  /// - Returns: the first iteration at which a check of the model failed; `nil` when all held.
  /// - Precondition: `first` is the first of a block, `count` at most the block length.
  func evaluate(first: Int, count: Int) -> FailedCheck? {
    let even = (count + 1) & ~1
    var failed: FailedCheck?
    for instruction in plan.instructions {
      switch instruction {
      case .sample(let draw, let target) where given[draw] != nil,
        .quantile(let draw, _, let target) where given[draw] != nil:
        give(draw, to: target, first: first, count: count)
      case .sample(let draw, let target):
        let sampler = plan.samplers[draw]
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
      case .score(let score, let target):
        guard let table = plan.scoreTable else { break }
        scoreSources[score].fill(
          UnsafeMutableBufferPointer(start: words, count: even), first: first,
          label: plan.scores[score].label)
        QuantileKernel.fill(
          UnsafeMutableBufferPointer(start: slot(target), count: count), words: words,
          table: table, finish: TableFinish(table, location: 0, scale: 1, support: .real))
      case .quantile(let draw, .slot(let scores), let target):
        plan.samplers[draw].fill(
          UnsafeMutableBufferPointer(start: slot(target), count: count), scores: slot(scores))
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
    return failed
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
  func output(_ index: Int) -> UnsafePointer<Double> {
    column(plan.outputOperands[index], index)
  }

  /// Values of a recorded parameter for the block just evaluated.
  func recorded(_ index: Int) -> UnsafePointer<Double> {
    column(plan.recordedOperands[index], plan.outputOperands.count + index)
  }

  private func column(_ operand: Operand, _ index: Int) -> UnsafePointer<Double> {
    switch operand {
    case .slot(let slot): UnsafePointer(self.slot(slot))
    case .constant: UnsafePointer(constants + index * Plan.blockLength)
    }
  }

  private func slot(_ index: Int) -> UnsafeMutablePointer<Double> {
    slots + index * Plan.blockLength
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
