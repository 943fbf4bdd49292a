// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which randomisations a run with a stated number of points has, and how the error of a mean comes from them.
///
/// ```
/// set of iteration i = ⌊i / (16 m)⌋       randomisation = 16 · set + i mod 16       m points each
/// ```
/// Up to 64 randomisations each give an estimate of their own, with Student's t of one degree of freedom
/// less. More of them are joined to 64 groups. Percentiles come from 16 groups always (`WantedRanks`).
struct Randomisations: Sendable, Hashable {
  /// The most groups that errors come from.
  static let mostGroups = 64

  /// Points of each.
  let points: Int

  /// Iterations of 16 randomisations: they follow each other in sets.
  var setLength: Int { Replication.standardCount * points }

  /// How many there are among the first `iterations`.
  func count(iterations: Int) -> Int {
    (iterations + setLength - 1) / setLength * Replication.standardCount
  }

  func set(ofIteration iteration: Int) -> Int { iteration / setLength }

  /// The group that a replicate of a block belongs to.
  func group(replicate: Int, block: Int) -> Int {
    let set = set(ofIteration: block * Plan.blockLength)
    return (set * Replication.standardCount + replicate) % Self.mostGroups
  }
}

extension RunSettings {
  var points: Randomisations? {
    switch method {
    case .random, .antithetic: nil
    case .latinHypercube, .sobol: pointsPerRandomisation.map { Randomisations(points: $0) }
    }
  }

  /// Independent replicates of the run; 1 when all iterations are independent.
  public var replicates: Int {
    if let points { return points.count(iterations: iterations) }
    return method.replication?.count ?? 1
  }

  /// Groups of randomisations that the errors of means and shares come from.
  var errorGroups: Int { min(replicates, Randomisations.mostGroups) }

  /// Standard errors in half a 95 % interval of a mean: the normal's 97.5th percentile, or Student's t where
  /// randomisations tell the error.
  public var errorQuantile: Double {
    guard points != nil else { return method.errorQuantile }
    return switch errorGroups {
    case 16: Replication.studentQuantile
    case 32: 2.039513446396408
    case 48: 2.011740513729766
    default: 1.998340542520741
    }
  }
}
