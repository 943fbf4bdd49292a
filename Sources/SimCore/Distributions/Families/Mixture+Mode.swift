// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Mixture {
  /// The heaviest point mass; without one, the highest point between the components' modes. `nil` when two
  /// are as high, and when a component has no mode of its own.
  ///
  /// Numerics: a grid over the modes, then golden sections around the best: right to 1e-8 of the distance.
  public var mode: Double? {
    if let heaviest = atoms.max(by: { $0.probability < $1.probability }) {
      let isShared = atoms.count { $0.probability == heaviest.probability } > 1
      return isShared ? nil : heaviest.value
    }
    let modes = components.compactMap(\.distribution.mode)
    guard modes.count == components.count, let low = modes.min(), let high = modes.max() else {
      return nil
    }
    if low == high { return low }
    let steps = 200
    var grid = modes
    for i in 1..<steps { grid.append(low + (high - low) * (Double(i) / Double(steps))) }
    grid.sort()
    let heights = grid.map(density)
    guard let best = heights.indices.max(by: { heights[$0] < heights[$1] }) else { return nil }
    let found = GoldenSection.maximum(
      from: grid[max(best - 1, 0)], to: grid[min(best + 1, grid.count - 1)], density)
    let top = max(density(found), heights[best])
    // Another top of the same height, apart from this one.
    let isShared = grid.indices.contains { i in
      abs(i - best) > 1 && heights[i] >= top * (1 - 1e-12)
    }
    if isShared { return nil }
    return density(found) > heights[best] ? found : grid[best]
  }
}
