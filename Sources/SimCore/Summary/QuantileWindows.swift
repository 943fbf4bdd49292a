// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Disjoint half-open windows of values in which wanted order statistics are expected.
///
/// ```
/// edges: e₀ < e₁ < e₂ < …     window j = [e₂ⱼ, e₂ⱼ₊₁)
/// class of x = number of edges ≤ x:   odd inside a window, even between windows
/// ```
package struct QuantileWindows: Sendable, Hashable {
  package let edges: [Double]

  /// - Precondition: an even number of edges, ascending.
  package init(edges: [Double]) {
    precondition(edges.count.isMultiple(of: 2), "\(edges.count) edges")
    for i in edges.indices.dropFirst() { precondition(edges[i - 1] < edges[i], "edges unsorted") }
    self.edges = edges
  }

  /// One window that holds every finite value.
  package static let everything = QuantileWindows(edges: [-.infinity, .infinity])

  package var count: Int { edges.count / 2 }
  package var classCount: Int { edges.count + 1 }

  /// Whether a window holds one double alone.
  package func isSingle(_ window: Int) -> Bool {
    edges[2 * window].nextUp == edges[2 * window + 1]
  }

  /// The class of a value.
  package func classIndex(of x: Double) -> Int { edges.count { $0 <= x } }

  /// The windows that cover all of the given ones, overlapping ones joined.
  package static func union(_ intervals: [(low: Double, high: Double)]) -> QuantileWindows {
    var edges: [Double] = []
    for interval in intervals.sorted(by: { $0.low < $1.low }) where interval.low < interval.high {
      if let last = edges.last, interval.low <= last {
        edges[edges.count - 1] = max(last, interval.high)
      } else {
        edges += [interval.low, interval.high]
      }
    }
    return QuantileWindows(edges: edges)
  }
}
