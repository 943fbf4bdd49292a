// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The values of a column grouped into runs of neighbours; equal values always share a bin.
///
/// Shapes: bin b holds `order.rows[starts[b] ..< starts[b + 1]]`.
public struct DrawBins: Sendable {
  /// First place of each bin, and at the end the number of draws.
  public let starts: [Int]
  /// Mean of the column in each bin.
  public let means: [Double]
  public var count: Int { means.count }

  public func size(_ bin: Int) -> Int { starts[bin + 1] - starts[bin] }

  /// At most `count` bins with as equal counts as the ties allow.
  public static func equalCount(_ values: [Double], _ order: DrawOrder, count: Int) -> DrawBins {
    let total = values.count
    return DrawBins(values, order) { start, done in
      max(1, (done + 1) * total / count - start)
    }
  }

  /// Fine bins for a smoother: `middle` bins' worth of draws in the middle, ever fewer towards both
  /// ends, single draws at the ends, so that long tails keep their shape.
  ///
  /// ```
  /// size at place s = max(1, min(n/middle, min(s, n − s)/16))
  /// ```
  public static func graded(_ values: [Double], _ order: DrawOrder, middle: Int = 256) -> DrawBins {
    let total = values.count
    return DrawBins(values, order) { start, _ in
      max(1, min(total / middle, min(start, total - start) / 16))
    }
  }

  private init(
    _ values: [Double], _ order: DrawOrder, size: (_ start: Int, _ done: Int) -> Int
  ) {
    let rows = order.rows
    var starts = [0]
    var means: [Double] = []
    while let start = starts.last, start < rows.count {
      var end = min(rows.count, start + size(start, means.count))
      while end < rows.count, values[Int(rows[end])] == values[Int(rows[end - 1])] { end += 1 }
      let first = values[Int(rows[start])]
      var sum = 0.0
      for place in start..<end { sum += values[Int(rows[place])] - first }
      means.append(first + sum / Double(end - start))
      starts.append(end)
    }
    self.starts = starts
    self.means = means
  }
}
