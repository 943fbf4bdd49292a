// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How many values fall in each bin, below all bins and above them.
///
/// ```
/// bin i counts edge i ≤ x < edge i + 1; the last bin also counts its upper edge
/// ```
/// Every value is counted once, so that `total` is the number of values. Counts are whole numbers:
/// merging is exact in any order.
public struct HistogramCounts: Sendable, Hashable {
  public let edges: HistogramEdges
  /// A copy of the edges' own, so that workers don't share, and count, references to one array in every block.
  private var limits: [Double]
  /// Underflow, the bins, overflow.
  private var cells: [UInt64]

  package init(edges: HistogramEdges) {
    self.edges = edges
    limits = edges.limits
    cells = Array(repeating: 0, count: edges.binCount + 2)
  }

  /// Counts that were stored: underflow, the bins, overflow.
  ///
  /// - Precondition: there are `edges.binCount + 2`.
  package init(edges: HistogramEdges, cells: [UInt64]) {
    precondition(cells.count == edges.binCount + 2, "\(cells.count) cells, \(edges.binCount) bins")
    self.edges = edges
    limits = edges.limits
    self.cells = cells
  }

  /// One count per bin.
  public var counts: [UInt64] { Array(cells[1..<cells.count - 1]) }
  /// Values below the first edge.
  public var underflow: UInt64 { cells[0] }
  /// Values above the last edge.
  public var overflow: UInt64 { cells[cells.count - 1] }
  /// All values counted.
  public var total: UInt64 { cells.reduce(0, +) }

  /// Adds a block. No NaN.
  ///
  /// The bin is guessed by multiplication and then corrected by one comparison, so that it agrees
  /// with the edges as they print. No branch depends on a value.
  ///
  /// Complexity: O(n), no allocation.
  package mutating func add(block: UnsafeBufferPointer<Double>, path: VectorPath = .best) {
    guard let base = block.baseAddress else { return }
    let indexer = edges.indexer
    let whole = block.count & ~3
    cells.withUnsafeMutableBufferPointer { cells in
      // Mutable, though nothing is written: what is changed alone is owned alone.
      limits.withUnsafeMutableBufferPointer { own in
        let limits = UnsafeBufferPointer(own)
        var i = VectorKernels.histogram(
          base, block.count, indexer, limits: limits, cells: cells, path: path)
        while i < whole {
          let x = UnsafeRawPointer(base + i).loadUnaligned(as: SIMD4<Double>.self)
          let edge = indexer.nearestEdges(x)
          cells[indexer.cell(of: x[0], nearestEdge: edge[0], limits)] &+= 1
          cells[indexer.cell(of: x[1], nearestEdge: edge[1], limits)] &+= 1
          cells[indexer.cell(of: x[2], nearestEdge: edge[2], limits)] &+= 1
          cells[indexer.cell(of: x[3], nearestEdge: edge[3], limits)] &+= 1
          i += 4
        }
        while i < block.count {
          let edge = indexer.nearestEdges(SIMD4(repeating: base[i]))
          cells[indexer.cell(of: base[i], nearestEdge: edge[0], limits)] &+= 1
          i += 1
        }
      }
    }
  }
}

extension HistogramCounts: Mergeable {
  /// - Precondition: both have the same edges.
  package static func merge(_ left: HistogramCounts, _ right: HistogramCounts) -> HistogramCounts {
    var result = left
    result.merge(right)
    return result
  }

  /// Adds the counts of another histogram, in place.
  ///
  /// - Precondition: both have the same edges.
  package mutating func merge(_ other: HistogramCounts) {
    precondition(edges == other.edges, "histograms with different edges")
    for i in cells.indices { cells[i] += other.cells[i] }
  }
}
