// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Mean and variance of a sample as a law of its own: the variance has the divisor n.
enum SampleMoments {
  static func of(_ values: [Double]) -> (mean: Double, variance: Double) {
    let n = Double(values.count)
    // Differences from a value inside: rounding is relative to the spread.
    let centre = values[values.count / 2]
    let shift = values.reduce(0) { $0 + ($1 - centre) / n }
    let mean = centre + shift
    var squares = 0.0
    var rest = 0.0
    for x in values {
      let d = x - mean
      squares += d * d / n
      rest += d / n
    }
    return (mean, max(squares - rest * rest, 0))
  }
}

/// Positions in sorted values.
enum SortedSearch {
  /// Number of leading elements that meet a condition, which none does after the first that doesn't.
  static func count(in sorted: [Double], _ isBefore: (Double) -> Bool) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Check {
  /// Samples: finite values, enough of them, whose range is a double.
  static func sample(_ values: [Double], atLeast least: Int) throws(DistributionError) {
    if values.count < least {
      throw DistributionError(
        found: values.isEmpty ? "no values" : "\(values.count) value",
        expected: least == 1 ? "at least one value" : "at least \(least) values")
    }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw DistributionError(
        found: "value \(index + 1) = \(value)", expected: "finite numbers",
        advice: "Leave missing values out, and say so.")
    }
    let range = (values.max() ?? 0) - (values.min() ?? 0)
    if !(range * range).isFinite {
      throw DistributionError(
        found: "values that span \(range)", expected: "a variance that fits in a double")
    }
  }
}
