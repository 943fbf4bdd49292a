// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The edges of equal histogram bins.
///
/// ```
/// bin i = [edge i, edge i + 1), i = 0 … B − 1; the last bin includes its upper edge
/// ```
/// The edges are the definition: bins are equal up to the rounding of their edges, and counting
/// follows the edges exactly as they print.
///
/// Numerics: edges are finite, strictly increasing, and off by less than a quarter of a bin.
public struct HistogramEdges: Sendable, Hashable {
  /// B + 1 edges in increasing order.
  public let edges: [Double]
  /// The edges, the last one replaced by the next double above it: a bin is limit i ≤ x < limit i
  /// + 1.
  let limits: [Double]
  let indexer: HistogramIndexer

  /// Edges that were stored.
  ///
  /// - Precondition: two or more, finite, strictly increasing, equally far apart up to rounding.
  package init(edges: [Double]) {
    precondition(Self.areValid(edges), "histogram edges \(edges)")
    self.edges = edges
    limits = edges.dropLast() + [edges[edges.count - 1].nextUp]
    indexer = HistogramIndexer(edges: edges)
  }

  /// How many bins there are.
  public var binCount: Int { edges.count - 1 }

  /// The lower edge of a bin, which belongs to it.
  public func lower(ofBin bin: Int) -> Double { edges[bin] }

  /// The upper edge of a bin, which belongs to it only in the last one.
  public func upper(ofBin bin: Int) -> Double { edges[bin + 1] }

  /// Whether these can be edges.
  static func areValid(_ edges: [Double]) -> Bool {
    edges.count >= 2 && edges.allSatisfy(\.isFinite)
      && zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }
      && HistogramIndexer(edges: edges).fits(edges)
  }
}
