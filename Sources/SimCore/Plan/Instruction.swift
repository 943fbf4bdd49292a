// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where an operand is read: a slot of the block's memory, or a constant.
enum Operand: Sendable, Hashable {
  case slot(Int)
  case constant(Double)
}

/// One step of a plan: draws a parameter, or computes one slot from others, for a whole block.
enum Instruction: Sendable {
  /// Draws the sampled parameter with this index.
  case sample(parameter: Int, into: Int)
  /// Draws all members of the correlation group with this index, each into its slot.
  case sampleGroup(Int, into: [Int])
  case unary(Opcode, Operand, into: Int)
  case binary(Opcode, Operand, Operand, into: Int)
  case select(Operand, Operand, Operand, into: Int)
}
