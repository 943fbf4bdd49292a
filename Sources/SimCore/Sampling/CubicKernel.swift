// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns words of a stream into variates by a table of cubics. A kernel: raw pointers, no branches.
enum CubicKernel {
  /// Draws after which those of NaN are looked for.
  private static let strip = 1024

  /// `out[i] = location + scale · x(words[i])`, kept in the range of `finish` where `keepsRange`.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    draw: TableDraw, cubics: CubicTable, path: VectorPath
  ) {
    for first in stride(from: 0, to: out.count, by: strip) {
      let part = UnsafeMutableBufferPointer(
        rebasing: out[first..<min(first + strip, out.count)])
      let source = words + first
      let (done, isSuspect) = VectorKernels.cubic(part, source, draw, cubics, path: path)
      let mayHoldNaN = evaluate(part, source, draw, cubics, from: done) || isSuspect
      if mayHoldNaN { serve(part, source, draw, path: path) }
    }
  }

  /// The reference form. Returns whether it met NaN.
  private static func evaluate(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ draw: TableDraw, _ cubics: CubicTable, from start: Int
  ) -> Bool {
    var sum = 0.0
    let cells = UnsafePointer(cubics.cells)
    for i in start..<out.count {
      let word = words[i]
      let v = Double(Int64(bitPattern: word) >> 12)
      let bits = max(v.magnitude, CubicTable.least).bitPattern
      let index = Int(truncatingIfNeeded: bits &>> 45) &- CubicTable.firstIndex
      let side = Int(truncatingIfNeeded: word &>> 63) &* CubicTable.sideDistance
      let t =
        Double(bitPattern: bits & 0x1FFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - CubicTable.middle
      var y = CubicTable.value(cells + (index &+ side), t)
      sum += y
      for _ in 0..<cubics.squarings { y *= y }
      out[i] = draw.finish.identity(y)
    }
    return sum.isNaN
  }

  /// The draws in cells of NaN, from the quantile table, all of a strip at a time.
  @inline(never)
  private static func serve(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>, _ draw: TableDraw,
    path: VectorPath
  ) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: out.count) { places in
      guard let target = places.baseAddress else { return }
      var (done, count) = VectorKernels.findNaN(out, into: target, path: path)
      while done < out.count {
        if out[done].isNaN {
          places[count] = Int64(done)
          count &+= 1
        }
        done &+= 1
      }
      if count == 0 { return }
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { chosen in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { values in
          guard let source = chosen.baseAddress else { return }
          for k in 0..<count { chosen[k] = words[Int(places[k])] }
          QuantileKernel.fill(
            values, words: source, table: draw.table, finish: draw.finish, path: path)
          for k in 0..<count { out[Int(places[k])] = values[k] }
        }
      }
    }
  }
}
