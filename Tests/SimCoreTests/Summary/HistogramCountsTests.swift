// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct HistogramCountsTests {
  private static func counted(_ edges: HistogramEdges, _ values: [Double]) -> HistogramCounts {
    var counts = HistogramCounts(edges: edges)
    values.withUnsafeBufferPointer { counts.add(block: $0) }
    return counts
  }

  /// Underflow, bins, overflow: the rule in words, value by value.
  private static func naive(_ edges: [Double], _ values: [Double]) -> [UInt64] {
    var cells = Array(repeating: UInt64(0), count: edges.count + 1)
    let last = edges.count - 1
    for x in values {
      if x < edges[0] {
        cells[0] += 1
      } else if x > edges[last] {
        cells[edges.count] += 1
      } else if x == edges[last] {
        cells[last] += 1
      } else {
        cells[(edges.lastIndex { $0 <= x } ?? 0) + 1] += 1
      }
    }
    return cells
  }

  private static func cells(_ counts: HistogramCounts) -> [UInt64] {
    [counts.underflow] + counts.counts + [counts.overflow]
  }

  private static let edgeSets: [HistogramEdges] = {
    let ranges: [(Double, Double)] = [
      (0, 1), (-1, 1), (0.1, 0.7), (-1e300, 1e300), (.leastNonzeroMagnitude, 1e-300),
      (0, .leastNonzeroMagnitude * 2000), (1e9, 1e9 + 1),
      (1e15, 1e15 + 100), (-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude), (3, 3),
      (0, 0), (15_000, 40_000), (-.greatestFiniteMagnitude, 0), (1e-5, 1e5), (1e300, 1e300.nextUp),
      (1e16, 1e16 + 16), (-1e-300, 1e308),
    ]
    var sets: [HistogramEdges] = []
    for (low, high) in ranges {
      for bins in [1, 2, 3, 7, 8, 10, 40, 97, 1000] {
        sets.append(.nice(low: low, high: high, bins: bins))
        if let stated = HistogramEdges.between(low, high, bins: bins) { sets.append(stated) }
      }
    }
    return sets
  }()

  /// At each edge and at the doubles next to it.
  @Test func everyEdge() {
    #expect(Self.edgeSets.count > 250)
    for edges in Self.edgeSets {
      let values = edges.edges.flatMap { [$0.nextDown, $0, $0.nextUp] }
      let counts = Self.counted(edges, values)
      #expect(
        Self.cells(counts) == Self.naive(edges.edges, values),
        "\(edges.edges[0]) … \(edges.edges[edges.binCount]) in \(edges.binCount)")
      #expect(counts.total == UInt64(values.count))
    }
  }

  /// Against the rule in words, with values inside, far outside and infinite.
  @Test func randomValues() {
    var random = SummaryRandom(state: 41)
    for edges in Self.edgeSets {
      let low = edges.edges[0]
      let high = edges.edges[edges.binCount]
      var values = [
        -.infinity, .infinity, 0, -0.0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1, -1,
      ]
      for _ in 0..<203 {
        let u = random.uniform() * 1.2 - 0.1
        values.append(low * (1 - u) + high * u)
      }
      values.removeAll(where: \.isNaN)
      let counts = Self.counted(edges, values)
      #expect(
        Self.cells(counts) == Self.naive(edges.edges, values),
        "\(low) … \(high) in \(edges.binCount)")
      #expect(counts.total == UInt64(values.count))
    }
  }

  @Test func knownCounts() {
    let edges = HistogramEdges.nice(low: 0, high: 1, bins: 10)
    let counts = Self.counted(
      edges, [-0.1, 0, 0.05, 0.1, 0.3, 0.299_999, 0.7, 1, 1, 1.000_001, -0.0])
    #expect(counts.underflow == 1 && counts.overflow == 1 && counts.total == 11)
    #expect(counts.counts == [3, 1, 1, 1, 0, 0, 0, 1, 0, 2])
  }

  @Test func constantOutputFillsOneBin() {
    for value in [0.0, 4.2, -1e9, 1e-200] {
      let counts = Self.counted(
        .nice(low: value, high: value, bins: 20), Array(repeating: value, count: 1000))
      #expect(counts.counts.filter { $0 > 0 } == [1000], "\(value)")
    }
  }

  @Test func mergingAdds() {
    var random = SummaryRandom(state: 51)
    let values = (0..<5001).map { _ in random.skewed() }
    let edges = HistogramEdges.nice(low: -2, high: 20, bins: 30)
    let whole = Self.counted(edges, values)
    let left = Self.counted(edges, Array(values[..<1234]))
    let right = Self.counted(edges, Array(values[1234...]))
    #expect(HistogramCounts.merge(left, right) == whole)
    #expect(HistogramCounts.merge(right, left) == whole)
    #expect(whole.total == 5001 && whole != left)
    #expect(HistogramCounts(edges: edges, cells: Self.cells(whole)) == whole)
  }

  @Test func differentEdgesTrap() async {
    await #expect(processExitsWith: .failure) {
      let left = HistogramCounts(edges: .nice(low: 0, high: 1, bins: 5))
      let right = HistogramCounts(edges: .nice(low: 0, high: 2, bins: 5))
      _ = HistogramCounts.merge(left, right)
    }
  }
}
