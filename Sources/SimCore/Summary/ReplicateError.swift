// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The error of an estimate, from estimates of the same quantity in independent replicates.
///
/// ```
/// w_r = n_r / n        SE² = Σ w_r² (e_r − e)² / (1 − Σ w_r²)
/// ```
/// e is the estimate from all iterations together, n_r the size of a replicate. With R equal replicates it
/// is Σ (e_r − e)² / (R (R − 1)). Sizes that differ are weighted so that independent values give the
/// variance of their mean without bias.
///
/// Source: Asmussen and Glynn (2007), Stochastic Simulation, sections III.5 (sectioning) and V.7.
enum ReplicateError {
  /// The standard error; `nil` with fewer than two replicates.
  ///
  /// - Parameter replicates: estimate and size of each; those without iterations don't count.
  static func standardError(_ replicates: [(estimate: Double, size: Int)], about whole: Double)
    -> Double?
  {
    let present = replicates.filter { $0.size > 0 }
    guard present.count > 1 else { return nil }
    let total = Double(present.reduce(0) { $0 + $1.size })
    var squares = 0.0
    var weights = 0.0
    for (estimate, size) in present {
      let weight = Double(size) / total
      let deviation = weight * (estimate - whole)
      squares += deviation * deviation
      weights += weight * weight
    }
    return (squares / (1 - weights)).squareRoot()
  }
}
