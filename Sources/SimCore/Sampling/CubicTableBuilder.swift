// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Makes a table of cubics from a quantile table and what is done to its value.
///
/// The polynomials of the quantile table have at most half of the error that `AccuracyRule` allows; a cubic may add
/// 0.4 of it. Its error in x is turned into one in u by its own slope. With up to twice that, both errors together
/// are looked at, where the table's law is the one that is drawn.
struct CubicTableBuilder {
  /// The share of the rule's allowance that is left to the cubics.
  private static let allowance = 0.4
  /// The same for both errors, as measured.
  private static let together = 0.9
  /// Probability of cells that hold NaN. The quantile table serves them, at several times the cost.
  private static let most = 0.04
  /// With so little, no other number of squarings is tried.
  private static let few = 5e-4
  /// x behaves as u to some power near 0, and its root of this order less so.
  private static let squarings = [0, 2, 4, 6, 8]

  let source: QuantileTable
  let finish: TableFinish

  /// The table with the fewest cells of NaN, in `slot`; `nil` when more than 4 % of the draws would meet one.
  func build(in slot: UnsafeMutablePointer<SIMD4<Double>>, of arena: CubicArena) -> CubicTable? {
    var best: (squarings: Int, left: Double)?
    func table(_ squarings: Int, _ cells: Cells) -> CubicTable {
      CubicTable(
        slot: slot, in: arena, squarings: squarings, range: cells.range,
        probabilityLeft: cells.left + 2 * 0x1p-52 * CubicTable.least)
    }
    let isPositive = finish.kind != .identity || source.standard.support.lower >= 0
    for squarings in isPositive ? Self.squarings : [0] {
      guard let cells = fill(slot, squarings) else { continue }
      if cells.left <= Self.few { return table(squarings, cells) }
      if cells.left < best?.left ?? 1 { best = (squarings, cells.left) }
    }
    guard let best, let cells = fill(slot, best.squarings) else { return nil }
    return table(best.squarings, cells)
  }

  /// What `fill` wrote: the probability of cells of NaN, and the range of x of the others.
  private struct Cells {
    var left = 0.0
    var range = 0.0...0.0
  }

  /// Writes all cells; `nil` once there are too many of NaN.
  private func fill(_ slot: UnsafeMutablePointer<SIMD4<Double>>, _ squarings: Int) -> Cells? {
    var left = 0.0
    var low = Double.infinity
    var high = -Double.infinity
    let none = SIMD4<Double>(repeating: .nan)
    for isUpper in [false, true] { write(none, to: slot, isUpper) }
    for halving in stride(from: CubicTable.halvings - 1, through: 0, by: -1) {
      let size = Double(sign: .plus, exponent: 51 - CubicTable.halvings + halving, significand: 1)
      for place in 0..<(1 << CubicTable.cellBits) {
        let start = size * (1 + Double(place) / Double(1 << CubicTable.cellBits))
        for isUpper in [false, true] {
          let cell = slot + 1 + (halving << CubicTable.cellBits) + place
          let cubic = Cubic(start: start, size: size, isUpper) { value($0, isUpper, squarings) }
          guard let cubic, isRight(cubic, isUpper, squarings) else {
            left += 0x1p-52 * size / Double(1 << CubicTable.cellBits)
            if left > Self.most { return nil }
            write(none, to: cell, isUpper)
            continue
          }
          write(cubic.row, to: cell, isUpper)
          low = min(low, cubic.low)
          high = max(high, cubic.high)
        }
      }
    }
    // v = −2⁵¹ alone, just above one half.
    let last = slot + CubicTable.cellCount - 1
    // Adding 0 makes 0 of −0, which no cubic may give: the kernels leave out a location of 0 and a scale of 1.
    write(SIMD4(value(0x1p51, true, squarings) + 0, 0, 0, 0), to: last, true)
    write(none, to: last, false)
    guard low <= high else { return nil }
    return Cells(left: left, range: power(low, squarings)...power(high, squarings))
  }

  private func power(_ y: Double, _ squarings: Int) -> Double {
    (0..<squarings).reduce(y) { y, _ in y * y }
  }

  /// Whether the cubic's error is small beside what the rule allows, or both errors together are within it.
  private func isRight(_ cubic: Cubic, _ isUpper: Bool, _ squarings: Int) -> Bool {
    if cubic.share <= Self.allowance { return true }
    guard cubic.share <= 2 * Self.allowance, finish.kind == source.transform,
      finish.innerLocation == 0, finish.innerScale == 1
    else { return false }
    return Chebyshev.checks.allSatisfy { s in
      let target = TailProbability(cubic.probability(s), side: isUpper ? .upper : .lower)
      let x = power(cubic.value(s), squarings)
      return AccuracyRule.excess(source.standard, at: x, for: target) <= Self.together
    }
  }

  private func write(
    _ row: SIMD4<Double>, to cell: UnsafeMutablePointer<SIMD4<Double>>, _ isUpper: Bool
  ) {
    cell[isUpper ? CubicTable.sideDistance : 0] = row
  }

  /// The root of x where the size of v is `size`.
  private func value(_ size: Double, _ isUpper: Bool, _ squarings: Int) -> Double {
    // The middle of the interval of u that v stands for.
    let q = isUpper ? size - 0.5 : size + 0.5
    let y = QuantileKernel.polynomial(source, q: min(q, (0x1p51).nextDown), isUpper: isUpper)
    switch finish.kind {
    case .log:
      let power = Double(sign: .plus, exponent: -squarings, significand: 1)
      return VectorExponential.exp((finish.innerLocation + finish.innerScale * y) * power)
    case .logit:
      return root(
        VectorExponential.logistic(finish.innerLocation + finish.innerScale * y), squarings)
    case .identity: return root(y, squarings)
    }
  }

  private func root(_ x: Double, _ squarings: Int) -> Double {
    (0..<squarings).reduce(x) { x, _ in x.squareRoot() }
  }

  /// One cell's cubic.
  private struct Cubic {
    let row: SIMD4<Double>
    /// The largest error where errors peak, as a share of what the rule allows.
    private(set) var share = 0.0
    /// The least and the largest of its values there.
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity
    /// The size of v in the middle of the cell, and from there to its ends.
    private let middle: Double
    private let half: Double
    private let isUpper: Bool

    /// `nil` where values are not finite or don't change, or coefficients are too small for doubles.
    init?(start: Double, size: Double, _ isUpper: Bool, _ value: (Double) -> Double) {
      half = 0.5 * size / Double(1 << CubicTable.cellBits)
      middle = start + half
      self.isUpper = isUpper
      var values = SIMD4<Double>.zero
      for i in 0..<4 { values[i] = value(middle + half * Chebyshev.nodes[i]) }
      row = Self.row(values, middle: middle, half: half, isUpper)
      for k in 0..<4 where row[k].isSubnormal { return nil }
      for s in Chebyshev.checks {
        let found = self.value(s)
        let y = value(middle + half * s)
        let error = (abs(found - y) + 2 * y.ulp) / slope(s)
        let excess = error / min(AccuracyRule.absolute, AccuracyRule.relative * probability(s))
        // NaN fails too.
        guard excess < .infinity else { return nil }
        share = max(share, excess)
        low = min(low, found)
        high = max(high, found)
      }
    }

    /// v at `s` in [−1, 1].
    private func distance(_ s: Double) -> Double {
      let size = middle + half * s
      return isUpper ? -size : size
    }

    func value(_ s: Double) -> Double { CubicTable.value(row, distance(s)) }

    /// The probability beyond that point.
    func probability(_ s: Double) -> Double { 0x1p-52 * (middle + half * s) }

    /// |dy/du|.
    private func slope(_ s: Double) -> Double {
      let v = distance(s)
      return abs((3 * row[3] * v + 2 * row[2]) * v + row[1]) * 0x1p52
    }

    /// The cubic in v through the values at the nodes.
    private static func row(
      _ values: SIMD4<Double>, middle: Double, half: Double, _ isUpper: Bool
    ) -> SIMD4<Double> {
      // Differences carry the shape; their rounding errors are relative to the spread.
      let centre = values[1]
      let rest = values - centre
      let weights = Chebyshev.weights
      let a = SIMD4(
        (rest * weights[0]).sum(), (rest * weights[1]).sum(), (rest * weights[2]).sum(),
        (rest * weights[3]).sum())
      // In powers of s, then of s + r = |v| / half: r is a whole number, half a power of two.
      let p = SIMD4(centre + (a[0] - a[2]), a[1] - 3 * a[3], 2 * a[2], 4 * a[3])
      let r = middle / half
      let h = isUpper ? -half : half
      return SIMD4(
        ((-p[3] * r + p[2]) * r - p[1]) * r + p[0],
        ((3 * p[3] * r - 2 * p[2]) * r + p[1]) / h,
        (p[2] - 3 * p[3] * r) / (h * h),
        p[3] / (h * h * h))
    }
  }

  private enum Chebyshev {
    /// The points of [−1, 1] through which a cubic is laid, and those where it then errs most.
    static let nodes = (0..<4).map { Double.cos(Double.pi * (2 * Double($0) + 1) / 8) }
    static let checks = [-1, -0.7071, 0, 0.7071, 1]
    /// Weights of the values at the nodes in each Chebyshev coefficient.
    static let weights = (0..<4).map { k in
      var row = SIMD4<Double>.zero
      for i in 0..<4 {
        row[i] =
          (k == 0 ? 0.25 : 0.5) * Double.cos(Double.pi * Double(k) * (2 * Double(i) + 1) / 8)
      }
      return row
    }
  }
}
