// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Whether a metalog's quantiles rise everywhere.
///
/// The slope dM/dl is looked at on a grid of the logit from −40 to 40 in steps of 0.05, refined around its
/// low points, and in its limits at both ends. The terms turn too few times for a dip between the points.
enum MetalogFeasibility {
  private static let grid = (-800...800).map { Double($0) / 20 }

  /// Where quantiles fall, in words; `nil` when they rise everywhere.
  static func fault(_ series: MetalogSeries) -> PlainText? {
    for (d, name) in [(-0.5, "towards the lower end"), (0.5, "towards the upper end")] {
      let (slope, size) = series.endSlope(d)
      if slope < -4e-16 * size { return "\(name)" }
    }
    let least = leastSlope(series)
    if least.slope > 0 { return nil }
    // Far out, a slope of 0 is hidden by rounding.
    let size = series.coefficients.reduce(0) { $0 + abs($1) }
    if abs(least.logit) > 20 && least.slope > -1e-15 * size && size > 0 { return nil }
    let p = 1 / (1 + Double.exp(-least.logit))
    return "near the cumulative probability \(p < 0.01 || p > 0.99 ? p : (p * 100).rounded() / 100)"
  }

  /// The least slope and where it is.
  static func leastSlope(_ series: MetalogSeries) -> (slope: Double, logit: Double) {
    let slopes = grid.map(series.slope)
    var best = (slope: Double.infinity, logit: 0.0)
    for i in grid.indices {
      if slopes[i] < best.slope { best = (slopes[i], grid[i]) }
      guard i > 0, i + 1 < grid.count, slopes[i] <= slopes[i - 1], slopes[i] <= slopes[i + 1],
        abs(grid[i]) < 36
      else { continue }
      let logit = GoldenSection.maximum(from: grid[i - 1], to: grid[i + 1]) { -series.slope($0) }
      let slope = series.slope(logit)
      if slope < best.slope { best = (slope, logit) }
    }
    return best
  }
}
