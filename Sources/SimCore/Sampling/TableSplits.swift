// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a table is split in segments.
enum TableSplits {
  /// Segments are searched one by one in each draw.
  static let most = 32
  /// Splits are at least this far apart, and from 0 and 1.
  private static let closest = 0x1p-50

  /// At the points the distribution names, and on both sides of its point masses.
  static func known(_ distribution: some Distribution) -> [Double] {
    var splits: [Double] = []
    for x in distribution.breaks { splits.append(level(distribution, x)) }
    for atom in distribution.atoms {
      splits += [level(distribution, atom.value.nextDown), level(distribution, atom.value)]
    }
    // Laws with more are left to the solver there.
    return Array(spaced(splits).prefix(most))
  }

  /// P(X <= x), from the nearer end.
  private static func level(_ distribution: some Distribution, _ x: Double) -> Double {
    let below = distribution.cumulative(x)
    return below <= 0.5 ? below : 1 - distribution.survival(x)
  }

  /// The middles of the runs of failing cells that hold most.
  static func further(_ failures: [ClosedRange<Double>], beside splits: [Double]) -> [Double] {
    var runs: [ClosedRange<Double>] = []
    for cell in failures.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = runs.last, cell.lowerBound <= last.upperBound + closest {
        runs[runs.count - 1] = last.lowerBound...max(last.upperBound, cell.upperBound)
      } else {
        runs.append(cell)
      }
    }
    func length(_ run: ClosedRange<Double>) -> Double { run.upperBound - run.lowerBound }
    let largest = runs.sorted { length($0) > length($1) }.prefix(4)
    let middles = largest.filter { length($0) > 1e-9 }
      .map { $0.lowerBound + 0.5 * length($0) }
    return spaced(middles).filter { middle in splits.allSatisfy { abs($0 - middle) > closest } }
  }

  private static func spaced(_ splits: [Double]) -> [Double] {
    var kept: [Double] = []
    for u in splits.sorted() where u > closest && u < 1 - closest {
      if let last = kept.last, u - last < closest { continue }
      kept.append(u)
    }
    return kept
  }
}
