// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where an operand is read: a slot of the block's memory, or a constant.
enum Operand: Sendable, Hashable {
  case slot(Int)
  case constant(Double)
}

/// One step of a plan: draws a parameter, or computes one slot from others, for a whole block.
enum Instruction: Sendable {
  /// Makes the draw with this index.
  case sample(Int, into: Int)
  /// The independent standard normal scores with this index.
  case score(Int, into: Int)
  /// The draw with this index at given standard normal scores.
  case quantile(Int, Operand, into: Int)
  /// Stops the run, with the check of this index, when a value is below zero.
  case check(Int, Operand)
  /// Values of a column of a row table at given rows, counted from 0.
  case lookup(table: Int, column: Int, Operand, into: Int)
  case unary(Opcode, Operand, into: Int)
  case binary(Opcode, Operand, Operand, into: Int)
  case select(Operand, Operand, Operand, into: Int)
  /// Quantiles of binomials from probabilities, trials and chances of success.
  case binomial(Operand, Operand, Operand, into: Int)
}
