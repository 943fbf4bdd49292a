// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs the instructions of a plan for one block after another, in memory of its own. One per worker.
///
/// A kernel owner: its buffers are allocated once and freed with it.
final class BlockEvaluator {
  private let plan: Plan
  private let streams: [UniformStream]
  private let groupStreams: [[UniformStream]]
  /// Independent scores of the members of the largest group, and one block more.
  private let scores: UnsafeMutablePointer<Double>
  private let slots: UnsafeMutablePointer<Double>
  private let words: UnsafeMutablePointer<UInt64>
  /// Outputs that are constants are read from here.
  private let constants: UnsafeMutablePointer<Double>

  init(_ plan: Plan, seed: UInt64) {
    self.plan = plan
    streams = plan.samplers.map { UniformStream($0.address, seed: seed) }
    groupStreams = plan.copulas.map { $0.members.map { UniformStream($0.address, seed: seed) } }
    let length = Plan.blockLength
    let scoreBlocks = 1 + (plan.copulas.map(\.members.count).max() ?? 0)
    scores = .allocate(capacity: scoreBlocks * length)
    scores.initialize(repeating: 0, count: scoreBlocks * length)
    slots = .allocate(capacity: max(plan.slotCount, 1) * length)
    slots.initialize(repeating: 0, count: max(plan.slotCount, 1) * length)
    words = .allocate(capacity: length)
    words.initialize(repeating: 0, count: length)
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
    scores.deallocate()
    words.deallocate()
    constants.deallocate()
  }

  /// Evaluates iterations `first ..< first + count`.
  ///
  /// - Precondition: `first` is even, `count` at most the block length.
  func evaluate(first: Int, count: Int) {
    let even = (count + 1) & ~1
    for instruction in plan.instructions {
      switch instruction {
      case .sample(let parameter, let target):
        streams[parameter].fill(UnsafeMutableBufferPointer(start: words, count: even), first: first)
        plan.samplers[parameter].fill(
          UnsafeMutableBufferPointer(start: slot(target), count: count), words: words)
      case .sampleGroup(let group, let targets):
        sample(group, into: targets, first: first, count: count)
      case .unary(let opcode, .slot(let x), let target):
        BlockKernels.unary(opcode, slot(target), slot(x), count)
      case .unary(let opcode, .constant(let x), let target):
        slot(target).update(repeating: BlockKernels.scalar(opcode, x), count: count)
      case .binary(let opcode, let a, let b, let target):
        BlockKernels.binary(opcode, slot(target), block(a), block(b), count)
      case .select(let a, let b, let c, let target):
        BlockKernels.select(slot(target), block(a), block(b), block(c), count)
      }
    }
  }

  private func sample(_ group: Int, into targets: [Int], first: Int, count: Int) {
    let copula = plan.copulas[group]
    let length = Plan.blockLength
    let even = (count + 1) & ~1
    for (index, stream) in groupStreams[group].enumerated() {
      stream.fill(UnsafeMutableBufferPointer(start: words, count: even), first: first)
      copula.scores(
        UnsafeMutableBufferPointer(start: scores + (index + 1) * length, count: count), words: words
      )
    }
    for (index, target) in targets.enumerated() {
      copula.fill(
        UnsafeMutableBufferPointer(start: slot(target), count: count), member: index,
        independent: scores + length, stride: length, mixed: scores)
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
