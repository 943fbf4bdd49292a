// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How a model is run. Workers and memory budget don't influence results.
public struct RunSettings: Sendable, Hashable {
  public var seed: UInt64
  /// At least 1. Some methods need particular numbers: `SamplingMethod.iterations(atLeast:)`.
  public var iterations: Int
  public var method: SamplingMethod
  /// Points of each randomisation with `latinHypercube` and `sobol`; a multiple of 64. More iterations are then
  /// more randomisations, so that the iterations of a shorter run are the first ones of a longer one. `nil`
  /// deals the iterations to 16 randomisations. Other methods don't look at it.
  public var pointsPerRandomisation: Int?
  /// Number of threads, at least 1.
  public var workers: Int
  /// Bytes that order statistics of all outputs together may keep; a single output may exceed it.
  public var memoryBudget: Int

  public static let defaultMemoryBudget = 128 << 20

  public init(
    seed: UInt64, iterations: Int, method: SamplingMethod = .random,
    pointsPerRandomisation: Int? = nil, workers: Int,
    memoryBudget: Int = Self.defaultMemoryBudget
  ) {
    precondition(iterations >= 1 && workers >= 1 && memoryBudget >= 1)
    precondition(pointsPerRandomisation.map { $0 > 0 && $0 % 64 == 0 } ?? true)
    self.seed = seed
    self.iterations = iterations
    self.method = method
    self.pointsPerRandomisation = pointsPerRandomisation
    self.workers = workers
    self.memoryBudget = memoryBudget
  }
}
