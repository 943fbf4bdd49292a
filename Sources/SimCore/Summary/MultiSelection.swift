// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Quickselect for several ranks at once: only parts that hold a wanted rank are divided further.
///
/// A pivot is taken from a small sorted sample, at the place where the sample says that the ranks
/// are best divided. Values equal to the smallest are split off together, so that ties end a part
/// instead of repeating it. A part that has been divided too often is sorted by heap.
///
/// Source: Floyd and Rivest (1975), doi:10.1145/360680.360691 (sampled pivots beside the rank);
/// Musser (1997), doi:10.1002/(SICI)1097-024X(199708)27:8<983::AID-SPE117>3.0.CO;2-# (the limit
/// and the heap).
package struct MultiSelection {
  private let values: UnsafeMutablePointer<Double>
  private let ranks: UnsafeBufferPointer<Int>
  /// Picks sample places. Fixed start: it only matters that a stored order can't foresee them.
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Whether a part had to be sorted by heap: not seen except in tests that ask for it.
  package private(set) var neededHeap = false

  /// Parts up to this size are sorted by insertion.
  private static let small = 24

  package init(values: UnsafeMutablePointer<Double>, ranks: UnsafeBufferPointer<Int>) {
    self.values = values
    self.ranks = ranks
  }

  /// Puts the order statistics at their ranks, all of which lie in 0 ..< count.
  ///
  /// - Parameter divisions: how often a part may be divided before it is sorted.
  package mutating func run(count: Int, divisions: Int? = nil) {
    divide(
      0, count, 0, ranks.count, divisions ?? 2 * (Int.bitWidth - count.leadingZeroBitCount) + 8)
  }

  /// Works on values low ..< high for the ranks numbered first ..< last, which lie there.
  ///
  /// It calls itself for the side with fewer ranks and goes on with the other: no deeper than
  /// log₂ of the number of ranks.
  private mutating func divide(
    _ low: Int, _ high: Int, _ first: Int, _ last: Int, _ divisions: Int
  ) {
    var (low, high, first, last, divisions) = (low, high, first, last, divisions)
    while first < last {
      if high - low <= Self.small { return insertionSort(low, high) }
      if divisions == 0 { return heapSort(low, high) }
      divisions -= 1
      let pivot = pivot(low, high, first, last)
      let split = partition(low, high) { $0 < pivot }
      if split == low {
        // The pivot is the smallest value: what equals it is in place.
        low = partition(low, high) { !(pivot < $0) }
        first = rankNumber(atLeast: low, first, last)
        continue
      }
      let cut = rankNumber(atLeast: split, first, last)
      if cut - first < last - cut {
        divide(low, split, first, cut, divisions)
        (low, first) = (split, cut)
      } else {
        divide(split, high, cut, last, divisions)
        (high, last) = (split, cut)
      }
    }
  }

  /// Number of the first of the ranks first ..< last that is ≥ `place`.
  private func rankNumber(atLeast place: Int, _ first: Int, _ last: Int) -> Int {
    var (low, high) = (first, last)
    while low < high {
      let middle = (low + high) / 2
      if ranks[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A value of the part: from a sorted sample that is moved to its front.
  private mutating func pivot(_ low: Int, _ high: Int, _ first: Int, _ last: Int) -> Double {
    let size = high - low
    let sample = size < 256 ? 7 : size < 4096 ? 25 : 63
    for i in 0..<sample {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let offset = state.multipliedFullWidth(by: UInt64(size - i)).high
      swapValues(low + i, low + i + Int(truncatingIfNeeded: offset))
    }
    insertionSort(low, low + sample)
    let perValue = Double(sample) / Double(size)
    let lowest = Double(ranks[first] - low) * perValue
    let highest = Double(ranks[last - 1] - low) * perValue
    let margin = Double(sample).squareRoot() * 0.5
    var place: Double
    if highest - lowest > 2 * margin {
      place = Double(ranks[(first + last) / 2] - low) * perValue
    } else if lowest + highest < Double(sample) {
      // One cluster of ranks: cut just beside it, on the side where more values are.
      place = highest + margin
    } else {
      place = lowest - margin
    }
    place = Swift.max(0, Swift.min(place, Double(sample - 1)))
    return values[low + Int(place)]
  }

  /// Moves values that belong before the others; returns where the others begin. Without branches.
  @inline(__always)
  private func partition(_ low: Int, _ high: Int, _ before: (Double) -> Bool) -> Int {
    var split = low
    var i = low
    while i < high {
      let x = values[i]
      values[i] = values[split]
      values[split] = x
      // A Bool is one byte, 0 or 1; written as a choice it would be compiled to a jump.
      split &+= Int(unsafeBitCast(before(x), to: UInt8.self))
      i &+= 1
    }
    return split
  }

  private func insertionSort(_ low: Int, _ high: Int) {
    var i = low + 1
    while i < high {
      let x = values[i]
      var j = i
      while j > low, x < values[j - 1] {
        values[j] = values[j - 1]
        j -= 1
      }
      values[j] = x
      i += 1
    }
  }

  private mutating func heapSort(_ low: Int, _ high: Int) {
    neededHeap = true
    let size = high - low
    var start = size / 2
    while start > 0 {
      start -= 1
      siftDown(low, start, size)
    }
    var end = size
    while end > 1 {
      end -= 1
      swapValues(low, low + end)
      siftDown(low, 0, end)
    }
  }

  private func siftDown(_ low: Int, _ root: Int, _ end: Int) {
    let x = values[low + root]
    var hole = root
    while true {
      var child = 2 * hole + 1
      if child >= end { break }
      if child + 1 < end, values[low + child] < values[low + child + 1] { child += 1 }
      if !(x < values[low + child]) { break }
      values[low + hole] = values[low + child]
      hole = child
    }
    values[low + hole] = x
  }

  @inline(__always)
  private func swapValues(_ i: Int, _ j: Int) {
    let x = values[i]
    values[i] = values[j]
    values[j] = x
  }
}
