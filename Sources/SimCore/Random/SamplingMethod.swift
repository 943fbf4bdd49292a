// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How the uniforms of a run are chosen. The names are those of scenarios and manifests.
public enum SamplingMethod: String, Sendable, Hashable, CaseIterable {
  /// Independent iterations.
  case random
  /// Each parameter has one draw in each of n/16 equally probable strata, in 16 independent replicates.
  case latinHypercube = "latin-hypercube"
  /// Scrambled Sobol' points: 16 independent replicates of 2^m.
  case sobol
  /// Iterations in pairs that use u and 1 − u.
  case antithetic

  /// The iterations that a run makes when `count` are asked for: the next number that the method can do.
  public func iterations(atLeast count: Int) -> Int {
    switch self {
    case .random, .latinHypercube:
      return count
    case .antithetic:
      return (count + 1) & ~1
    case .sobol:
      let replicates = Replication.standardCount
      var points = 1
      while points * replicates < count { points *= 2 }
      return points * replicates
    }
  }

  /// How iterations are grouped for error estimates; `nil` when they are independent.
  public var replication: Replication? {
    switch self {
    case .random: nil
    case .latinHypercube, .sobol: Replication(run: 1)
    case .antithetic: Replication(run: 2)
    }
  }
}
