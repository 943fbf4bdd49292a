// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns words of a stream into variates by a quantile table. A kernel: raw pointers, no branches.
enum QuantileKernel {
  /// `out[i] = finish(polynomial(words[i]))`.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>, table: QuantileTable,
    finish: TableFinish, path: VectorPath = .best
  ) {
    let done = VectorKernels.table(out, words, table, finish, path: path)
    if done < out.count {
      // The kind is decided outside of the loop.
      switch finish.kind {
      case .identity: evaluate(out, words, table, from: done) { finish.identity($0) }
      case .log: evaluate(out, words, table, from: done) { finish.exponential($0) }
      case .logit: evaluate(out, words, table, from: done) { finish.logistic($0) }
      }
    }
    if table.solverProbability > 0 { patch(out, words, table, finish) }
  }

  /// The polynomials' values themselves, on the scale of the table: NaN in cells left to the solver.
  static func polynomials(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>, table: QuantileTable
  ) {
    var finish = TableFinish(table, location: 0, scale: 1, support: .real)
    finish.kind = .identity
    let done = VectorKernels.table(out, words, table, finish, path: .best)
    evaluate(out, words, table, from: done) { finish.identity($0) }
  }

  @inline(__always)
  private static func evaluate(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ table: QuantileTable, from start: Int, _ finish: (Double) -> Double
  ) {
    guard let target = out.baseAddress else { return }
    if table.segmentCount > 1 {
      for i in start..<out.count {
        let u = UniformStream.uniform(words[i])
        target[i] = finish(splitValue(table, u, above: nil))
      }
      return
    }
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
      let t = position(bits, cellBits)
      let c = coefficients + Int(truncatingIfNeeded: cell) &* QuantileTable.rowLength
      target[i] = finish(polynomial(c, t))
    }
  }

  /// The polynomial's value in a table of several segments.
  ///
  /// - Parameter tail: 1 − u where that is known better than from u.
  @inline(__always)
  private static func splitValue(_ table: QuantileTable, _ u: Double, above tail: Double?) -> Double
  {
    let segments = UnsafePointer(table.segments)
    var segment = 0
    for s in 1..<table.segmentCount { segment &+= u >= segments[4 &* s] ? 1 : 0 }
    let row = segments + 4 &* segment
    let below = u - row[0]
    let above = tail.map { row[1] == 1 ? $0 : row[1] - u } ?? (row[1] - u)
    let isUpper = above < below
    let q = min(max((isUpper ? above : below) * row[2], 0.5), (0x1p51).nextDown)
    let bits = q.bitPattern
    let cellBits = UInt64(table.cellBits)
    let cell = Int(
      truncatingIfNeeded: (bits &>> (52 &- cellBits)) &- (UInt64(1022) &<< cellBits))
    let side = 2 &* segment &+ (isUpper ? 1 : 0)
    let index = cell &+ side &* QuantileTable.cellsPerSide(cellBits: table.cellBits)
    return polynomial(
      table.coefficients + index &* QuantileTable.rowLength, position(bits, cellBits))
  }

  /// Position in a cell, in [−½, ½), from the bits of q.
  @inline(__always)
  private static func position(_ bits: UInt64, _ cellBits: UInt64) -> Double {
    Double(bitPattern: (bits &<< cellBits) & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - 1.5
  }

  /// `out[i] = finish(polynomial(Φ(scores[i])))`: the table is entered with the tail probability of the score
  /// and its side, so that no digit is lost near 1.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, scores: UnsafePointer<Double>, table: QuantileTable,
    finish: TableFinish
  ) {
    for i in 0..<out.count {
      let isUpper = scores[i] >= 0
      let tail = Normal.tail(abs(scores[i]), upper: true)
      // The range that the cells of one side cover.
      let q = min(max(tail * 0x1p52, 0.5), (0x1p51).nextDown)
      let y = polynomial(table, q: q, isUpper: isUpper)
      if y.isNaN {
        let target = TailProbability(q * 0x1p-52, side: isUpper ? .upper : .lower)
        out[i] = finish.finished(table.standard.quantile(target), of: table)
      } else {
        out[i] = finish(y)
      }
    }
  }

  /// The polynomial's value where the distance from one end is `q` · 2⁻⁵², NaN in cells left to the solver.
  ///
  /// - Precondition: `q` is in [½, 2⁵¹).
  static func polynomial(_ table: QuantileTable, q: Double, isUpper: Bool) -> Double {
    if table.segmentCount > 1 {
      let p = q * 0x1p-52
      return splitValue(table, isUpper ? 1 - p : p, above: isUpper ? p : 1 - p)
    }
    let bits = q.bitPattern
    let cellBits = UInt64(table.cellBits)
    let cell =
      Int(truncatingIfNeeded: (bits &>> (52 - cellBits)) &- (UInt64(1022) &<< cellBits))
      + (isUpper ? QuantileTable.cellsPerSide(cellBits: table.cellBits) : 0)
    return polynomial(
      table.coefficients + cell * QuantileTable.rowLength, position(bits, cellBits))
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
    _ table: QuantileTable, _ finish: TableFinish
  ) {
    for first in stride(from: 0, to: out.count, by: 64) {
      let part = first..<min(first + 64, out.count)
      if !holdsNaN(out, part) { continue }
      serve(out, part, words, table, finish)
    }
  }

  /// Whether a sum over the part is NaN that would be 0 without one.
  @inline(__always)
  private static func holdsNaN(_ out: UnsafeMutableBufferPointer<Double>, _ part: Range<Int>)
    -> Bool
  {
    guard part.count == 64, let base = out.baseAddress else { return true }
    // Values are kept in a finite range: 0 times each is 0.
    var sums = SIMD8<Double>.zero
    for i in stride(from: part.lowerBound, to: part.upperBound, by: 8) {
      sums += 0 * UnsafeRawPointer(base + i).loadUnaligned(as: SIMD8<Double>.self)
    }
    return sums.sum().isNaN
  }

  private static func serve(
    _ out: UnsafeMutableBufferPointer<Double>, _ part: Range<Int>,
    _ words: UnsafePointer<UInt64>, _ table: QuantileTable, _ finish: TableFinish
  ) {
    for i in part where out[i].isNaN {
      let tail = TailProbability(cumulative: UniformStream.uniform(words[i]))
      out[i] = finish.finished(table.standard.quantile(tail), of: table)
    }
  }
}
