// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Turns words of a stream into variates by a quantile table. A kernel: raw pointers, no branches.
enum QuantileKernel {
  /// `out[i] = location + scale · Q(u(words[i]))`, kept strictly inside `support`.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>, table: QuantileTable,
    location: Double, scale: Double, support: Support, path: VectorPath = .best
  ) {
    let low = support.innermostLower
    let high = support.innermostUpper
    switch table.transform {
    case .identity:
      let done = VectorKernels.table(
        out, words, table, location: location, scale: scale, low: low, high: high, path: path)
      evaluate(out, words, table, from: done) { y in min(max(location + scale * y, low), high) }
    case .log:
      evaluate(out, words, table, from: 0) { y in
        min(max(location + scale * Double.exp(y), low), high)
      }
    case .logit:
      evaluate(out, words, table, from: 0) { y in
        min(max(location + scale * logistic(y), low), high)
      }
    }
    if table.solverProbability > 0 {
      patch(out, words, table, location: location, scale: scale, support: support)
    }
  }

  @inline(__always)
  static func evaluate(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ table: QuantileTable, from start: Int, _ finish: (Double) -> Double
  ) {
    guard let target = out.baseAddress else { return }
    let coefficients = UnsafePointer(table.coefficients)
    let cellBits = UInt64(table.cellBits)
    let shift = 52 - cellBits
    // The least q is ½, with the biased exponent 1022.
    let firstCell = UInt64(1022) &<< cellBits
    let cellsPerSide = UInt64(QuantileTable.cellsPerSide(cellBits: table.cellBits))
    for i in start..<out.count {
      let word = words[i]
      let upper = UInt64(bitPattern: Int64(bitPattern: word) >> 63)
      let folded = ((word >> 12) ^ upper) & 0x7_FFFF_FFFF_FFFF
      // 2⁵² + folded as a double, less 2⁵² − ½: exact.
      let q = Double(bitPattern: folded | 0x4330_0000_0000_0000) - 4503599627370495.5
      let bits = q.bitPattern
      let cell = (bits &>> shift) &- firstCell &+ (upper & cellsPerSide)
      let t =
        Double(bitPattern: (bits &<< cellBits) & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - 1.5
      let c = coefficients + Int(truncatingIfNeeded: cell) &* QuantileTable.rowLength
      target[i] = finish(polynomial(c, t))
    }
  }

  /// `out[i] = location + scale · Q(Φ(scores[i]))`, kept strictly inside `support`: the table is entered
  /// with the tail probability of the score and its side, so that no digit is lost near 1.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, scores: UnsafePointer<Double>, table: QuantileTable,
    location: Double, scale: Double, support: Support
  ) {
    let coefficients = UnsafePointer(table.coefficients)
    let cellsPerSide = QuantileTable.cellsPerSide(cellBits: table.cellBits)
    let cellBits = UInt64(table.cellBits)
    for i in 0..<out.count {
      let isUpper = scores[i] >= 0
      let tail = Normal.tail(abs(scores[i]), upper: true)
      // The range that the cells of one side cover.
      let q = min(max(tail * 0x1p52, 0.5), (0x1p51).nextDown)
      let bits = q.bitPattern
      let cell =
        Int(truncatingIfNeeded: (bits &>> (52 - cellBits)) &- (UInt64(1022) &<< cellBits))
        + (isUpper ? cellsPerSide : 0)
      let t =
        Double(bitPattern: (bits &<< cellBits) & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - 1.5
      let y = polynomial(coefficients + cell * QuantileTable.rowLength, t)
      let standard =
        switch table.transform {
        case .identity: y
        case .log: Double.exp(y)
        case .logit: logistic(y)
        }
      let x =
        y.isNaN
        ? table.standard.quantile(TailProbability(q * 0x1p-52, side: isUpper ? .upper : .lower))
        : standard
      out[i] = support.interior(location + scale * x)
    }
  }

  /// 1 / (1 + exp(−y)), right to half a unit in the last place on both ends.
  @inline(__always)
  static func logistic(_ y: Double) -> Double {
    let e = Double.exp(-abs(y))
    let small = e / (1 + e)
    return y < 0 ? small : 1 - small
  }

  /// Degree 6, with two levels of halving to shorten the chain of dependent operations.
  @inline(__always)
  static func polynomial(_ c: UnsafePointer<Double>, _ t: Double) -> Double {
    let t2 = t * t
    let low = (c[0] + c[1] * t) + (c[2] + c[3] * t) * t2
    let high = (c[4] + c[5] * t) + c[6] * t2
    return low + high * (t2 * t2)
  }

  /// Second pass for the few draws in cells that the solver serves: NaN marks them.
  @inline(never)
  private static func patch(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ table: QuantileTable, location: Double, scale: Double, support: Support
  ) {
    for i in 0..<out.count where out[i].isNaN {
      let tail = TailProbability(cumulative: UniformStream.uniform(words[i]))
      out[i] = support.interior(location + scale * table.standard.quantile(tail))
    }
  }
}
