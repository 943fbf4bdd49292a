// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CKernels

/// Steps of block arithmetic that follow each other, done strip by strip: blocks of a large model don't fit in
/// the first cache, strips of them do.
///
/// A kernel owner: pointers to blocks and constants, which are those of its evaluator.
package final class ArithmeticProgram {
  package struct Step {
    let operation: BlockArithmetic
    let out: UnsafeMutablePointer<Double>
    let a: BlockOperand
    let b: BlockOperand

    /// - Precondition: not both operands are constants.
    package init(
      _ operation: BlockArithmetic, _ out: UnsafeMutablePointer<Double>, _ a: BlockOperand,
      _ b: BlockOperand
    ) {
      self.operation = operation
      self.out = out
      self.a = a
      self.b = b
    }
  }

  private let plain: [Step]
  private let steps: UnsafeMutablePointer<utfall_step>
  private let constants: UnsafeMutablePointer<Double>

  package init(_ plain: [Step]) {
    self.plain = plain
    steps = .allocate(capacity: max(1, plain.count))
    constants = .allocate(capacity: max(1, 2 * plain.count))
    for (place, step) in plain.enumerated() {
      let a = Self.operand(step.a, constants + 2 * place)
      let b = Self.operand(step.b, constants + 2 * place + 1)
      precondition(a.step + b.step > 0, "constants are folded before")
      (steps + place).initialize(
        to: utfall_step(
          out: step.out, a: a.values, b: b.values, operation: VectorKernels.code(step.operation),
          a_step: a.step, b_step: b.step))
    }
  }

  deinit {
    steps.deallocate()
    constants.deallocate()
  }

  private static func operand(_ operand: BlockOperand, _ memory: UnsafeMutablePointer<Double>)
    -> (values: UnsafePointer<Double>, step: Int8)
  {
    switch operand {
    case .block(let values): return (values, 1)
    case .constant(let value):
      memory.initialize(to: value)
      return (UnsafePointer(memory), 0)
    }
  }

  /// Does all steps for the first `count` elements of the blocks.
  package func run(count: Int, path: VectorPath = .best) {
    let done = VectorKernels.program(steps, plain.count, count, path: path)
    if done == count { return }
    for step in plain {
      step.operation.apply(
        step.out + done, step.a.advanced(by: done), step.b.advanced(by: done), count - done,
        path: path)
    }
  }
}
