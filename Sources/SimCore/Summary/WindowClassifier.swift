// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sorts the values of a block into the classes of `QuantileWindows`. A kernel: raw pointers, no branch.
enum WindowClassifier {
  /// Counts the class of every value and appends those inside windows at `target + start`.
  ///
  /// - Precondition: `target` has room for `count` values from `start` on.
  /// - Returns: the new number of values at `target`.
  static func add(
    _ values: UnsafePointer<Double>, _ count: Int, edges: UnsafeBufferPointer<Double>,
    counts: UnsafeMutableBufferPointer<Int>, into target: UnsafeMutablePointer<Double>,
    from start: Int, path: VectorPath = .best
  ) -> Int {
    guard let tally = counts.baseAddress, let edge = edges.baseAddress else {
      counts[0] += count
      return start
    }
    var end = start
    var i = 0
    while path != .portable && count - i >= 4 {
      let (done, kept) = vectorised(values + i, count - i, edges, tally, target + end, path)
      i += done
      end += kept
    }
    let whole = i + (count - i) & ~3
    while i < whole {
      let x = UnsafeRawPointer(values + i).loadUnaligned(as: SIMD4<Double>.self)
      var classes = SIMD4<Int64>.zero
      for e in 0..<edges.count {
        classes &+= SIMD4<Int64>.zero.replacing(
          with: 1, where: x .>= SIMD4(repeating: edge[e]))
      }
      for lane in 0..<4 {
        let index = Int(classes[lane])
        tally[index] &+= 1
        target[end] = x[lane]
        end &+= index & 1
      }
      i += 4
    }
    while i < count {
      var index = 0
      for e in 0..<edges.count { index += values[i] >= edge[e] ? 1 : 0 }
      tally[index] &+= 1
      target[end] = values[i]
      end &+= index & 1
      i += 1
    }
    return end
  }

  /// The C form counts values that reach each edge; classes are the differences.
  private static func vectorised(
    _ values: UnsafePointer<Double>, _ count: Int, _ edges: UnsafeBufferPointer<Double>,
    _ tally: UnsafeMutablePointer<Int>, _ target: UnsafeMutablePointer<Double>, _ path: VectorPath
  ) -> (done: Int, kept: Int) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: edges.count + 1) { atLeast in
      atLeast.initialize(repeating: 0)
      guard let reached = atLeast.baseAddress else { return (0, 0) }
      let (done, kept) = VectorKernels.classify(
        values, count, edges: edges, atLeast: reached, into: target, path: path)
      var above = done
      for e in edges.indices {
        tally[e] &+= above - Int(reached[e])
        above = Int(reached[e])
      }
      tally[edges.count] &+= above
      return (done, kept)
    }
  }
}
