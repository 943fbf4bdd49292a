// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns words of a stream into variates by a table of cubics. A kernel: raw pointers, no branches.
enum CubicKernel {
  /// Draws among which those of NaN are looked for.
  private static let strip = VectorKernels.cubicStrip
  /// Draws of one call of a vector kernel.
  private static let most = 64 * strip

  /// `out[i] = location + scale · x(words[i])`, kept in the range of `finish` where `keepsRange`.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    draw: TableDraw, rows: CubicTable.Rows, path: VectorPath
  ) {
    for first in stride(from: 0, to: out.count, by: most) {
      let part = UnsafeMutableBufferPointer(rebasing: out[first..<min(first + most, out.count)])
      let source = words + first
      var (done, suspects) = VectorKernels.cubic(part, source, draw, rows, path: path)
      while done < part.count {
        let number = done / strip
        let end = min((number + 1) * strip, part.count)
        if evaluate(part, source, draw, rows, done..<end) { suspects |= 1 << number }
        done = end
      }
      while suspects != 0 {
        // Strips that follow each other are served at once.
        let first = suspects.trailingZeroBitCount
        let count = (~(suspects >> first)).trailingZeroBitCount
        suspects &= ~((1 << count &- 1) << first)
        let range = first * strip..<min((first + count) * strip, part.count)
        serve(
          UnsafeMutableBufferPointer(rebasing: part[range]), source + range.lowerBound, draw,
          path: path)
      }
    }
  }

  /// The reference form. Returns whether it met NaN.
  private static func evaluate(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ draw: TableDraw, _ rows: CubicTable.Rows, _ places: Range<Int>
  ) -> Bool {
    var sum = 0.0
    for i in places {
      let word = words[i]
      let exact = Double(Int64(bitPattern: word) >> 12)
      let v = Double(signOf: exact, magnitudeOf: max(exact.magnitude, CubicTable.least))
      let index =
        Int(truncatingIfNeeded: v.magnitude.bitPattern &>> 45) &- CubicTable.firstIndex
      let side = Int(truncatingIfNeeded: word &>> 63) &* CubicTable.sideDistance
      var y = CubicTable.value(rows.cells[index &+ side], v)
      sum += y
      for _ in 0..<rows.squarings { y *= y }
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
