// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sums over a block of values, extremes, and how many values are above 0, in one pass. A kernel: raw pointers.
///
/// Reproducibility: value i always goes to lane i mod 16, and lanes are always joined by halves: lane k and lane k + 8,
/// then k + 4, k + 2, k + 1. The order is written out, not left to an optimiser: every build mode and every form gives
/// the same bits.
struct BlockSums {
  private typealias Lanes = SIMD16<Double>
  private static let lanes = 16

  let sum: Double
  /// +∞ and −∞ when there are no values; −0 is given as 0.
  let least: Double
  let greatest: Double
  let positiveCount: Int

  /// - Precondition: values are finite.
  init(_ values: UnsafeBufferPointer<Double>, path: VectorPath = .best) {
    guard let base = values.baseAddress else {
      (sum, least, greatest, positiveCount) = (0, .infinity, -.infinity, 0)
      return
    }
    var (i, sums, least, greatest, positiveCount) = VectorKernels.sums(
      base, values.count, path: path)
    let whole = values.count & ~(Self.lanes - 1)
    if i < whole {
      var low = SIMD4<Double>(repeating: least)
      var high = SIMD4<Double>(repeating: greatest)
      var positive = SIMD4<Int64>.zero
      while i < whole {
        sums += Self.load(base + i)
        for quarter in 0..<4 {
          let x = UnsafeRawPointer(base + i + 4 * quarter).loadUnaligned(as: SIMD4<Double>.self)
          low.replace(with: x, where: x .< low)
          high.replace(with: x, where: x .> high)
          positive &+= SIMD4<Int64>.zero.replacing(with: 1, where: x .> 0)
        }
        i += Self.lanes
      }
      least = low.min()
      greatest = high.max()
      positiveCount += Int(positive.wrappedSum())
    }
    while i < values.count {
      let x = base[i]
      sums[i & (Self.lanes - 1)] += x
      least = min(least, x)
      greatest = max(greatest, x)
      positiveCount += x > 0 ? 1 : 0
      i += 1
    }
    sum = Self.join(sums)
    // Adding 0 turns −0 into 0.
    self.least = least + 0
    self.greatest = greatest + 0
    self.positiveCount = positiveCount
  }

  /// Σ (x − centre) and Σ (x − centre)².
  static func deviations(
    _ values: UnsafeBufferPointer<Double>, from centre: Double, path: VectorPath = .best
  ) -> (sum: Double, squares: Double) {
    guard let base = values.baseAddress else { return (0, 0) }
    var (i, deviations, squares) = VectorKernels.deviations(
      base, values.count, from: centre, path: path)
    let centres = Lanes(repeating: centre)
    while i + lanes <= values.count {
      let d = load(base + i) - centres
      deviations += d
      squares += d * d
      i += lanes
    }
    while i < values.count {
      let d = base[i] - centre
      deviations[i & (lanes - 1)] += d
      squares[i & (lanes - 1)] += d * d
      i += 1
    }
    return (join(deviations), join(squares))
  }

  /// Sixteen values at any alignment.
  @inline(__always)
  private static func load(_ p: UnsafePointer<Double>) -> Lanes {
    UnsafeRawPointer(p).loadUnaligned(as: Lanes.self)
  }

  private static func join(_ lanes: Lanes) -> Double {
    let eight = lanes.lowHalf + lanes.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
