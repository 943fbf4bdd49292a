// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Receives every iteration of a run, block by block.
///
/// Called by several workers at once and not in order: each worker hands over its blocks in ascending
/// order, and the lowest block not yet handed over is always a worker's next one.
public protocol DrawRecorder: AnyObject, Sendable {
  /// - Parameters:
  ///   - block: position of the block; its first iteration is `block * Plan.blockLength`.
  ///   - columns: recorded parameters in plan order, recorded outputs, then outputs; each with the block's iterations.
  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) throws
  /// A value was not a number: blocks may be missing from now on, so nobody should wait for them. On
  /// cancellation, which the run's control tells, it is not called.
  func abandon()
}
