// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

extension Moments {
  /// The moments of many values, block by block.
  init(values: UnsafeBufferPointer<Double>) {
    var result = Moments.empty
    var first = 0
    while first < values.count {
      let end = min(first + Differences.blockLength, values.count)
      result = .merge(result, Moments(block: UnsafeBufferPointer(rebasing: values[first..<end])))
      first = end
    }
    self = result
  }

  /// The moments of a column, block by block.
  init(column: [Double]) {
    self = column.withUnsafeBufferPointer { Moments(values: $0) }
  }

  /// The mean with its Monte Carlo standard error.
  var estimate: Estimate { Estimate(mean, monteCarloStandardError: monteCarloStandardError) }
}
