// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The order statistics that are still to be found among some of an output's iterations: all of them, or
/// those of one replicate.
struct SectionSearch {
  /// Number of values there will be.
  private let total: Int
  /// Ranks to find, ascending.
  private(set) var ranks: [Int]
  private(set) var found: [Int: Double] = [:]
  /// `nil` while the section waits for a later pass, and when it is done.
  var tracker: QuantileTracker?
  private var waiting: QuantileTracker?

  init(total: Int) {
    self.total = total
    ranks = []
  }

  /// Asks for further ranks, before anything is gathered.
  mutating func ask(_ further: [Int]) {
    ranks = Set(ranks + further).sorted()
    if !ranks.isEmpty { tracker = QuantileTracker(windows: .everything) }
  }

  private var missing: [Int] { ranks.filter { found[$0] == nil } }
  var storedCount: Int { tracker?.storedCount ?? 0 }
  var isWaiting: Bool { waiting != nil }

  /// Keeps only what is needed.
  mutating func narrow() {
    let missing = missing
    tracker?.narrow(to: missing, of: total)
  }

  /// Leaves the section to a later pass.
  mutating func putOff() {
    guard let tracker else { return }
    waiting = tracker.emptied()
    self.tracker = nil
  }

  /// Ends a pass: takes what was found. Returns whether ranks were missed, which then wait.
  mutating func endPass() -> Bool {
    guard var tracker else { return false }
    self.tracker = nil
    found.merge(tracker.orderStatistics(missing)) { first, _ in first }
    let gaps = missing.compactMap { tracker.gap(holding: $0) }
    if gaps.isEmpty { return false }
    waiting = QuantileTracker(windows: .union(gaps))
    return true
  }

  /// Gathers what waits.
  mutating func resume() {
    tracker = waiting
    waiting = nil
  }

  /// Order statistics of the values seen so far, where they were kept.
  func running(_ ranks: [Int]) -> [Int: Double] {
    var copy = tracker
    return copy?.orderStatistics(ranks) ?? [:]
  }
}
