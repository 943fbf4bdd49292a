// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The first iterations of a run, kept whole: they place histogram edges and quantile windows.
///
/// Reproducibility: always the same iterations, so that edges depend neither on workers nor on shards.
struct Pilot: Sendable {
  /// The most iterations kept.
  static let mostIterations = 65_536
  /// The most values kept, of all outputs together: 64 MiB.
  private static let mostValues = 1 << 23

  /// Iterations kept for a number of outputs: a power of two, whole blocks. Depends on nothing else, so
  /// that edges don't either.
  static func length(outputs: Int) -> Int {
    var length = mostIterations
    while length * outputs > mostValues && length > Plan.blockLength { length /= 2 }
    return length
  }

  /// Cumulative probabilities between which a histogram's bins lie unless stated.
  private static let histogramEnds = (low: 0.001, high: 0.999)

  /// Values of every output.
  let values: [[Double]]
  let edges: [HistogramEdges?]

  init(values: [[Double]], outputs: [Output], workers: Int) {
    self.values = values
    edges = Parallel.map(values.count, workers: workers) { output in
      outputs[output].histogram.map { Self.edges($0, values[output]) }
    }
  }

  private static func edges(_ request: HistogramRequest, _ values: [Double]) -> HistogramEdges {
    if let from = request.from, let to = request.to,
      let edges = HistogramEdges.between(from, to, bins: request.bins)
    {
      return edges
    }
    var copy = values
    let positions = [histogramEnds.low, histogramEnds.high].map {
      QuantilePosition($0, count: values.count)
    }
    let ends = OrderStatistics.select(
      &copy, ranks: [positions[0].lowerRank, positions[1].upperRank])
    // A stated end is kept, also where all values lie on its other side.
    let stated = max(abs(request.from ?? 0), abs(request.to ?? 0))
    let span = max(ends[1] - ends[0], abs(ends[1]), stated, 1)
    if let from = request.from {
      let to = ends[1] > from ? ends[1] : from + span
      if let edges = HistogramEdges.between(from, to, bins: request.bins) { return edges }
    }
    if let to = request.to {
      let from = ends[0] < to ? ends[0] : to - span
      if let edges = HistogramEdges.between(from, to, bins: request.bins) { return edges }
    }
    return HistogramEdges.nice(low: ends[0], high: ends[1], bins: request.bins)
  }

  /// Block `block` of an output.
  func withBlock<R>(_ block: Int, output: Int, _ body: (UnsafeBufferPointer<Double>) -> R) -> R {
    values[output].withUnsafeBufferPointer { buffer in
      let start = block * Plan.blockLength
      let end = min(start + Plan.blockLength, buffer.count)
      return body(UnsafeBufferPointer(rebasing: buffer[start..<end]))
    }
  }
}
