// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Exact order statistics of a stream in little memory: values inside windows are kept, all others are
/// counted.
///
/// The counts prove which ranks a window holds, so a result is exact or is known to be missing; windows
/// only decide how much is kept. They may be narrowed as more of the stream has been seen.
///
/// Reproducibility: results depend on the values alone, not on their order, on windows or on merging.
package struct QuantileTracker: Sendable {
  package private(set) var windows: QuantileWindows
  /// A copy of the windows' own, so that workers don't share, and count, references to one array in every block.
  private var edges: [Double]
  /// Number of values seen in each class.
  private var classCounts: [Int]
  /// Values inside windows.
  private var stored = ChunkedValues()

  /// Whether some window holds one double alone.
  private let hasSingles: Bool
  /// Stored values after the last time those of such windows were dropped.
  private var keptCount = 0

  package init(windows: QuantileWindows) {
    self.windows = windows
    edges = windows.edges
    hasSingles = (0..<windows.count).contains { windows.isSingle($0) }
    classCounts = Array(repeating: 0, count: windows.classCount)
  }

  /// Class counts and the values inside windows, in the order they came.
  package var contents: (counts: [Int], stored: [Double]) {
    (classCounts, stored.all)
  }

  /// Number of values kept.
  package var storedCount: Int { stored.count }

  /// Number of values seen.
  package var count: Int { classCounts.reduce(0, +) }

  // MARK: Adding

  /// Adds a block of finite values. Complexity: a comparison per value and edge, no branch.
  package mutating func add(
    block: UnsafeBufferPointer<Double>, path: VectorPath = .best
  ) {
    guard let values = block.baseAddress else { return }
    for start in stride(from: 0, to: block.count, by: Self.step) {
      let length = min(Self.step, block.count - start)
      stored.write(atMost: length) { target in
        classCounts.withUnsafeMutableBufferPointer { counts in
          // Mutable, though nothing is written: what is changed alone is owned alone.
          edges.withUnsafeMutableBufferPointer { edges in
            WindowClassifier.add(
              values + start, length, edges: UnsafeBufferPointer(edges), counts: counts,
              into: target, from: 0, path: path)
          }
        }
      }
    }
    if hasSingles, storedCount - keptCount > Self.mostIdle { dropSingles() }
  }

  /// Values classified at a time: a block.
  private static let step = Plan.blockLength

  /// Copies of one and the same number that may be stored before they are dropped.
  private static let mostIdle = 1 << 16

  /// Drops stored values of windows that hold one double: their number says everything. Outputs of
  /// zeros and ones, and constants, would otherwise be stored whole.
  private mutating func dropSingles() {
    guard hasSingles else { return }
    let windows = windows
    stored.filter { !windows.isSingle(windows.classIndex(of: $0) / 2) }
    keptCount = storedCount
  }

  /// Adds everything another tracker with the same windows has seen.
  package mutating func merge(_ other: QuantileTracker) {
    precondition(windows == other.windows, "trackers with different windows")
    for i in classCounts.indices { classCounts[i] += other.classCounts[i] }
    stored.append(other.stored)
  }

  /// A tracker with the same windows that has seen nothing.
  package func emptied() -> QuantileTracker { QuantileTracker(windows: windows) }

  // MARK: Order statistics

  /// The order statistics at `ranks` (from 0) of all values seen; `nil` for ranks outside the windows.
  package mutating func orderStatistics(_ ranks: [Int]) -> [Int: Double] {
    dropSingles()
    var found: [Int: Double] = [:]
    var places: [(rank: Int, place: Int)] = []
    for rank in ranks where rank >= 0 && rank < count {
      let (index, below) = locate(rank)
      if index.isMultiple(of: 2) { continue }
      if windows.isSingle(index / 2) {
        found[rank] = windows.edges[index - 1] + 0
      } else {
        places.append((rank, storedBelow(index) + rank - below))
      }
    }
    places.sort { $0.place < $1.place }
    var all = stored.all
    let values = OrderStatistics.select(&all, ranks: places.map(\.place))
    for (entry, value) in zip(places, values) { found[entry.rank] = value }
    return found
  }

  /// The interval between windows that holds `rank`; `nil` when a window holds it.
  package func gap(holding rank: Int) -> (low: Double, high: Double)? {
    let (index, _) = locate(rank)
    guard index.isMultiple(of: 2) else { return nil }
    return (
      index == 0 ? -.infinity : windows.edges[index - 1],
      index == windows.edges.count ? .infinity : windows.edges[index]
    )
  }

  /// The class that holds a rank, and how many values are in the classes below.
  private func locate(_ rank: Int) -> (index: Int, below: Int) {
    var below = 0
    for (index, count) in classCounts.enumerated() {
      if rank < below + count { return (index, below) }
      below += count
    }
    return (classCounts.count - 1, below - (classCounts.last ?? 0))
  }

  /// Number of values stored for the windows below a class.
  private func storedBelow(_ index: Int) -> Int {
    stride(from: 1, to: index, by: 2).reduce(0) {
      windows.isSingle($1 / 2) ? $0 : $0 + classCounts[$1]
    }
  }

  // MARK: Narrowing

  /// Standard errors on either side of a wanted rank that its window keeps. Misses are found by the
  /// counts and cost another pass; at 5 they happen less than once in a million ranks.
  private static let margin = 5.0

  /// Keeps only what is needed to find `ranks` of `total` values, of which those seen so far are a
  /// random part.
  package mutating func narrow(to ranks: [Int], of total: Int) {
    let seen = count
    guard seen > 0 else { return }
    let wanted = ranks.map { rank -> (low: Int, high: Int) in
      if seen >= total { return (rank, rank) }
      let share = (Double(rank) + 0.5) / Double(total)
      // Hypergeometric: of the seen values, how many lie below that rank of all.
      let unseen = 1 - Double(seen) / Double(total)
      let spread = Self.margin * (Double(seen) * share * (1 - share) * unseen).squareRoot() + 1
      let centre = Double(seen) * share
      return (Int((centre - spread).rounded(.down)), Int((centre + spread).rounded(.up)))
    }
    let inside = wanted.flatMap { [$0.low, $0.high] }.filter { $0 >= 0 && $0 < seen }
    let values = orderStatistics(inside)
    let intervals = wanted.map { range in
      (low: lowerEdge(range.low, values), high: upperEdge(range.high, seen, values))
    }
    reclassify(QuantileWindows.union(intervals.flatMap(insideWindows)))
  }

  /// The parts of an interval that lie inside the present windows: values between them were not kept.
  private func insideWindows(_ interval: (low: Double, high: Double))
    -> [(low: Double, high: Double)]
  {
    stride(from: 0, to: windows.edges.count, by: 2).map { index in
      (
        low: max(interval.low, windows.edges[index]),
        high: min(interval.high, windows.edges[index + 1])
      )
    }
  }

  private func lowerEdge(_ rank: Int, _ values: [Int: Double]) -> Double {
    if rank < 0 { return windows.edges.first ?? -.infinity }
    if let value = values[rank] { return value }
    // Between windows: nothing below the next window was kept.
    let index = locate(rank).index
    return index < windows.edges.count ? windows.edges[index] : .infinity
  }

  private func upperEdge(_ rank: Int, _ seen: Int, _ values: [Int: Double]) -> Double {
    if rank >= seen { return windows.edges.last ?? .infinity }
    if let value = values[rank] { return value.nextUp }
    let index = locate(max(rank, 0)).index
    return index > 0 ? windows.edges[index - 1] : -.infinity
  }

  /// Moves to windows that lie inside the present ones.
  private mutating func reclassify(_ narrower: QuantileWindows) {
    dropSingles()
    var next = QuantileTracker(windows: narrower)
    stored.forEachChunk { next.add(block: $0) }
    // Values between the old windows lie between the new ones too.
    for index in stride(from: 0, to: classCounts.count, by: 2) {
      let gapEnd = index < windows.edges.count ? windows.edges[index] : .infinity
      let target = narrower.edges.count { $0 < gapEnd }
      next.classCounts[target] += classCounts[index]
    }
    // A window of one double stays as it is or goes.
    for index in stride(from: 1, to: classCounts.count, by: 2) where windows.isSingle(index / 2) {
      next.classCounts[narrower.classIndex(of: windows.edges[index - 1])] += classCounts[index]
    }
    self = next
  }
}
