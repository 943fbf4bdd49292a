// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Moments {
  /// The moments of a block.
  ///
  /// Two passes: the sum, then deviations d from the rounded mean m, whose own mean corrects
  /// both:
  ///
  /// ```
  /// mean = m + Σd / n        M2 = Σd² − (Σd)² / n
  /// ```
  /// Reproducibility: value i always goes to lane i mod 4 and the lanes are always joined as (0 +
  /// 2) + (1 + 3). The order is written out, not left to an optimiser: every build mode gives the
  /// same bits.
  ///
  /// Complexity: O(n), no allocation.
  package init(block: UnsafeBufferPointer<Double>) {
    let n = block.count
    guard n > 0, let base = block.baseAddress else {
      self = .empty
      return
    }
    let whole = n & ~3
    var sum = SIMD4<Double>.zero
    var low = SIMD4<Double>(repeating: .infinity)
    var high = SIMD4<Double>(repeating: -.infinity)
    var i = 0
    while i < whole {
      let x = Self.load(base + i)
      sum += x
      low.replace(with: x, where: x .< low)
      high.replace(with: x, where: x .> high)
      i += 4
    }
    while i < n {
      let x = base[i]
      sum[i & 3] += x
      low[i & 3] = Swift.min(low[i & 3], x)
      high[i & 3] = Swift.max(high[i & 3], x)
      i += 1
    }
    let count = Double(n)
    let roundedMean = Self.join(sum) / count
    // Adding 0 turns −0 into 0.
    let minimum = Swift.min(Swift.min(low[0], low[2]), Swift.min(low[1], low[3])) + 0
    let maximum = Swift.max(Swift.max(high[0], high[2]), Swift.max(high[1], high[3])) + 0
    if minimum == maximum {
      self.init(
        count: n, mean: minimum, squaredDeviations: 0, minimum: minimum, maximum: maximum)
      return
    }

    var deviations = SIMD4<Double>.zero
    var squares = SIMD4<Double>.zero
    let centre = SIMD4<Double>(repeating: roundedMean)
    i = 0
    while i < whole {
      let d = Self.load(base + i) - centre
      deviations += d
      squares += d * d
      i += 4
    }
    while i < n {
      let d = base[i] - roundedMean
      deviations[i & 3] += d
      squares[i & 3] += d * d
      i += 1
    }
    let residual = Self.join(deviations)
    self.init(
      count: n,
      mean: roundedMean + residual / count,
      squaredDeviations: Swift.max(0, Self.join(squares) - residual * residual / count),
      minimum: minimum, maximum: maximum)
  }

  /// Four values at any alignment.
  @inline(__always)
  private static func load(_ p: UnsafePointer<Double>) -> SIMD4<Double> {
    UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Double>.self)
  }

  /// The sum over the lanes, always bracketed the same way.
  @inline(__always)
  private static func join(_ v: SIMD4<Double>) -> Double { (v[0] + v[2]) + (v[1] + v[3]) }
}
