// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The outcome of a run.
public struct RunResult: Sendable {
  /// Iterations made: those asked for, rounded up to what the method can do.
  public let iterations: Int
  /// In the order of the plan's outputs.
  public let outputs: [OutputSummary]
  /// Passes over the iterations, the first included.
  public let passes: [PassReport]
  /// By output, at sizes that double, below `iterations`; empty unless the run was asked for it. The first
  /// `mostRunning` outputs.
  public internal(set) var running: [[RunningSummary]] = []

  /// Outputs whose running figures are taken.
  public static let mostRunning = RunningFigures.mostOutputs
}

/// One pass over all iterations and why it was made.
public struct PassReport: Sendable, Hashable {
  public enum Reason: String, Sendable, Hashable {
    /// Every run makes this one.
    case first
    /// Order statistics of some outputs did not fit in the memory budget.
    case memoryBudget = "memory-budget"
    /// A wanted order statistic lay outside the window chosen from the iterations before.
    case missedRank = "missed-rank"
  }

  public let reason: Reason
  /// Outputs whose percentiles were gathered.
  public let outputs: [String]
}
