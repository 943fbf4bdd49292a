// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How a model is run. Only `seed`, `iterations` and `method` influence results.
public struct RunSettings: Sendable, Hashable {
  public var seed: UInt64
  /// At least 1. Some methods need particular numbers: `SamplingMethod.iterations(atLeast:)`.
  public var iterations: Int
  public var method: SamplingMethod
  /// Number of threads, at least 1.
  public var workers: Int
  /// Bytes that order statistics of all outputs together may keep; a single output may exceed it.
  public var memoryBudget: Int

  public static let defaultMemoryBudget = 128 << 20

  public init(
    seed: UInt64, iterations: Int, method: SamplingMethod = .random, workers: Int,
    memoryBudget: Int = Self.defaultMemoryBudget
  ) {
    precondition(iterations >= 1 && workers >= 1 && memoryBudget >= 1)
    self.seed = seed
    self.iterations = iterations
    self.method = method
    self.workers = workers
    self.memoryBudget = memoryBudget
  }
}
