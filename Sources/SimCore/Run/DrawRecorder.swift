// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Receives every iteration of a run, block by block.
///
/// Called by several workers at once and not in order; blocks below any block in progress are done or in
/// progress too.
public protocol DrawRecorder: AnyObject, Sendable {
  /// - Parameters:
  ///   - block: position of the block; its first iteration is `block * Plan.blockLength`.
  ///   - columns: recorded parameters in plan order, then outputs; each with the block's iterations.
  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) throws
  /// The run has failed: blocks may be missing from now on, so nobody should wait for them.
  func abandon()
}
