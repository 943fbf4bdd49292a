// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Order statistics of streams made to mislead the windows, against a naive sort.
@Suite struct QuantileTrackerTests {
  enum Stream: String, CaseIterable, Sendable {
    case random, ascending, descending, organPipe, constant, twoValues, zeros, cauchy, steps
    case driftingUp, huge

    /// `count` values in the order in which they come.
    func values(_ count: Int) -> [Double] {
      var random = SummaryRandom(state: 31)
      let uniforms = (0..<count).map { _ in random.uniform() }
      switch self {
      case .random: return uniforms
      case .ascending: return uniforms.sorted()
      case .descending: return uniforms.sorted(by: >)
      case .organPipe:
        return (0..<count).map { $0.isMultiple(of: 2) ? Double($0) : -Double($0) }
      case .constant: return uniforms.map { _ in 7.25 }
      case .twoValues: return uniforms.map { $0 < 0.3 ? -1 : 1 }
      case .zeros: return uniforms.map { $0 < 0.5 ? -0.0 : $0 < 0.9 ? 0 : $0 }
      case .cauchy: return uniforms.map { ($0 - 0.5) / (($0 - 0.25) * ($0 - 0.75)) }
      case .steps: return uniforms.map { ($0 * 20).rounded(.down) }
      case .driftingUp:
        return uniforms.enumerated().map { $1 + 0.5 * Double($0) / Double(count) }
      case .huge:
        return uniforms.map { ($0 - 0.5) * 1.7e308 * 2 }
      }
    }
  }

  static func ranks(_ count: Int) -> [Int] {
    let shares = [0, 0.001, 0.025, 0.05, 0.25, 0.49, 0.5, 0.505, 0.75, 0.95, 0.975, 1]
    return Set(shares.map { Int(Double(count - 1) * $0) }).sorted()
  }

  static func add(_ values: ArraySlice<Double>, to tracker: inout QuantileTracker) {
    values.withUnsafeBufferPointer { tracker.add(block: $0) }
  }

  /// Searches as a run does: a first pass with narrowing after each of `stages` values, then passes
  /// over the gaps that hold what was missed.
  static func search(
    _ values: [Double], ranks: [Int], stages: [Int], narrowsLater: Bool = false
  ) -> (found: [Int: Double], passes: Int) {
    var found: [Int: Double] = [:]
    var windows = QuantileWindows.everything
    var passes = 0
    while passes < 20 {
      passes += 1
      var tracker = QuantileTracker(windows: windows)
      var start = 0
      let missing = ranks.filter { found[$0] == nil }
      for end in stages + [values.count] where end > start {
        add(values[start..<end], to: &tracker)
        start = end
        if end < values.count, passes == 1 || narrowsLater {
          tracker.narrow(to: missing, of: values.count)
        }
      }
      #expect(tracker.count == values.count)
      found.merge(tracker.orderStatistics(missing)) { first, _ in first }
      let gaps = missing.filter { found[$0] == nil }.compactMap { tracker.gap(holding: $0) }
      if gaps.isEmpty { break }
      windows = .union(gaps)
    }
    return (found, passes)
  }

  @Test(arguments: Stream.allCases, [1, 2, 100, 20_000])
  func exactWhateverTheStream(stream: Stream, count: Int) {
    let values = stream.values(count)
    let sorted = values.sorted()
    let ranks = Self.ranks(count)
    let schedules: [[Int]] = [
      [], [count / 2], [1, 2, 3, 5, 8, 13], Array(stride(from: 500, to: count, by: 500)),
      [1024, 2048, 4096, 8192, 16_384],
    ]
    for stages in schedules.map({ $0.filter { $0 < count } }) {
      let (found, passes) = Self.search(values, ranks: ranks, stages: stages)
      for rank in ranks {
        #expect(found[rank] == sorted[rank], "rank \(rank), narrowed at \(stages.prefix(6))")
      }
      if stages.isEmpty { #expect(passes == 1) }
    }
  }

  /// What is said to be between windows is there.
  @Test(arguments: Stream.allCases)
  func gapsHoldTheirRanks(stream: Stream) {
    let values = stream.values(20_000)
    let sorted = values.sorted()
    var tracker = QuantileTracker(windows: .everything)
    Self.add(values[0..<2000], to: &tracker)
    tracker.narrow(to: [5000, 10_000, 10_100], of: 20_000)
    Self.add(values[2000..<20_000], to: &tracker)
    for rank in stride(from: 0, to: 20_000, by: 97) {
      if let gap = tracker.gap(holding: rank) {
        #expect(gap.low <= sorted[rank] && sorted[rank] < gap.high, "rank \(rank)")
        #expect(tracker.orderStatistics([rank]).isEmpty)
      } else {
        #expect(tracker.orderStatistics([rank]) == [rank: sorted[rank]], "rank \(rank)")
      }
    }
    #expect(tracker.orderStatistics([-1, 20_000]).isEmpty)
  }

  /// Two wanted ranks whose windows nearly touch, and a stream that drifts from one into the other.
  @Test func windowsThatMeetAcrossAGap() {
    var random = SummaryRandom(state: 77)
    let count = 40_000
    // Later values lie higher, so that the rank of the lower window moves into the upper one.
    let values = (0..<count).map { i in random.uniform() - (i > 4000 ? 0.03 : 0) }
    let sorted = values.sorted()
    for distance in stride(from: 200, through: 8000, by: 200) {
      let ranks = [20_000, 20_000 + distance]
      let (found, _) = Self.search(
        values, ranks: ranks, stages: [4000, 8000, 16_000, 32_000])
      for rank in ranks {
        #expect(found[rank] == sorted[rank], "rank \(rank), distance \(distance)")
      }
    }
  }

  /// Parts merged in any order are the whole.
  @Test(arguments: Stream.allCases)
  func mergedParts(stream: Stream) {
    let values = stream.values(20_000)
    let sorted = values.sorted()
    let ranks = Self.ranks(20_000)
    var whole = QuantileTracker(windows: .everything)
    Self.add(values[0..<4000], to: &whole)
    whole.narrow(to: ranks, of: 20_000)
    var parts = (0..<4).map { _ in whole.emptied() }
    for (i, start) in stride(from: 4000, to: 20_000, by: 500).enumerated() {
      Self.add(values[start..<start + 500], to: &parts[i * 7 % 4])
    }
    for part in parts.reversed() { whole.merge(part) }
    #expect(whole.count == 20_000)
    for (rank, value) in whole.orderStatistics(ranks) {
      #expect(value == sorted[rank], "rank \(rank)")
    }
  }

  /// For values in random order one pass is enough, and little is kept.
  @Test func randomStreamsTakeOnePassAndLittleMemory() {
    let values = Stream.random.values(200_000)
    let sorted = values.sorted()
    let ranks = [5000, 100_000, 195_000]
    let (found, passes) = Self.search(
      values, ranks: ranks, stages: [4000, 16_000, 64_000, 128_000])
    #expect(passes == 1)
    #expect(ranks.allSatisfy { found[$0] == sorted[$0] })
    var tracker = QuantileTracker(windows: .everything)
    Self.add(values[0..<64_000], to: &tracker)
    tracker.narrow(to: ranks, of: 200_000)
    Self.add(values[64_000..<200_000], to: &tracker)
    #expect(tracker.storedCount < 20_000)
  }

  @Test func narrowingToNothingKeepsNothing() {
    var tracker = QuantileTracker(windows: .everything)
    Self.add([3, 1, 2], to: &tracker)
    tracker.narrow(to: [], of: 6)
    Self.add([5, 4, 6], to: &tracker)
    #expect(tracker.count == 6 && tracker.storedCount == 0)
    #expect(tracker.orderStatistics([2]).isEmpty)
  }

  /// Zeros and ones, and a constant: a window of one double keeps a count, not the copies.
  @Test(arguments: [[0.0], [0, 0, 1], [0, 0, 0, 1]])
  func copiesOfOneValueAreNotStored(pattern: [Double]) throws {
    let block = (0..<4096).map { pattern[$0 % pattern.count] }
    let total = 4096 * 200
    // Not the extremes: values beyond all seen so far may still come.
    let ranks = [total / 10, total / 2 - 1, total / 2, 9 * (total / 10)]
    var tracker = QuantileTracker(windows: .everything)
    for step in 0..<200 {
      block.withUnsafeBufferPointer { tracker.add(block: $0) }
      if step % 20 == 3 { tracker.narrow(to: ranks, of: total) }
    }
    #expect(tracker.count == total)
    #expect(tracker.storedCount < 100_000)
    let sorted = block.sorted()
    let found = tracker.orderStatistics(ranks)
    for rank in ranks { #expect(found[rank] == sorted[rank / 200], "rank \(rank)") }
  }
}
