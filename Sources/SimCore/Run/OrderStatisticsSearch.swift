// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The order statistics that are still to be found, output by output, over one or more passes.
struct OrderStatisticsSearch {
  private struct Entry {
    let wanted: WantedRanks
    /// Set for a multiple of another output, which then seeks its ranks too.
    let multiple: OutputMultiple?
    /// Ranks to find, ascending: those wanted here and by multiples.
    var ranks: [Int]
    var found: [Int: Double] = [:]
    /// `nil` while the output waits for a later pass, and when it is done.
    var tracker: QuantileTracker?
    var waiting: QuantileTracker?
    var reason = PassReport.Reason.first

    var missing: [Int] { ranks.filter { found[$0] == nil } }
  }

  private let total: Int
  private let budget: Int
  private var entries: [Entry]

  init(_ plan: Plan, settings: RunSettings) {
    total = settings.iterations
    // Merging holds a second copy for a moment.
    budget = settings.memoryBudget / (2 * MemoryLayout<Double>.stride)
    entries = zip(plan.outputs, plan.multiples).map { output, multiple in
      let wanted = WantedRanks(probabilities: output.probabilities, count: settings.iterations)
      return Entry(wanted: wanted, multiple: multiple, ranks: multiple == nil ? wanted.ranks : [])
    }
    for entry in entries {
      guard let source = entry.multiple?.source else { continue }
      entries[source].ranks = Set(entries[source].ranks + entry.wanted.ranks).sorted()
    }
    for index in entries.indices where !entries[index].ranks.isEmpty {
      entries[index].tracker = QuantileTracker(windows: .everything)
    }
  }

  /// Empty trackers for a worker, by output.
  var emptyTrackers: [QuantileTracker?] { entries.map { $0.tracker?.emptied() } }

  /// The same search, with the same windows, that has seen nothing.
  func emptied() -> OrderStatisticsSearch {
    var copy = self
    for index in entries.indices { copy.entries[index].tracker = entries[index].tracker?.emptied() }
    return copy
  }

  /// Adds what another part of the same pass has gathered.
  mutating func merge(_ other: OrderStatisticsSearch) {
    merge(other.entries.map(\.tracker))
  }

  mutating func merge(_ trackers: [QuantileTracker?]) {
    for (index, tracker) in trackers.enumerated() {
      if let tracker { entries[index].tracker?.merge(tracker) }
    }
  }

  /// After `seen` iterations of a pass: keeps what is needed, and puts outputs off to a later pass while
  /// the budget does not hold them all.
  mutating func narrow() {
    for index in entries.indices {
      let missing = entries[index].missing
      entries[index].tracker?.narrow(to: missing, of: total)
    }
    // What the next stage needs about as much room as what is kept.
    while storedCount > budget / 2 {
      let gathering = entries.indices.filter { entries[$0].tracker != nil }
      guard gathering.count > 1, let last = gathering.last else { break }
      entries[last].waiting = entries[last].tracker?.emptied()
      entries[last].tracker = nil
      entries[last].reason = .memoryBudget
    }
  }

  private var storedCount: Int { entries.reduce(0) { $0 + ($1.tracker?.storedCount ?? 0) } }

  /// How many iterations may follow `seen` ones before the next narrowing.
  func stageLength(after seen: Int) -> Int {
    let kept = storedCount
    let growth = 3 * seen
    let shortest = Pilot.length(outputs: entries.count)
    guard kept > 0, seen > 0 else { return max(growth, shortest) }
    let perIteration = Double(kept) / Double(seen)
    let room = Double(max(budget - kept, 0)) / perIteration
    return max(shortest, min(growth, Int(min(room, 1e15))))
  }

  /// Ends a pass: takes the order statistics that were found and prepares the search for the others.
  mutating func endPass() {
    for index in entries.indices {
      guard var tracker = entries[index].tracker else { continue }
      entries[index].tracker = nil
      let missing = entries[index].missing
      entries[index].found.merge(tracker.orderStatistics(missing)) { first, _ in first }
      let gaps = entries[index].missing.compactMap { tracker.gap(holding: $0) }
      if gaps.isEmpty { continue }
      entries[index].waiting = QuantileTracker(windows: .union(gaps))
      entries[index].reason = .missedRank
    }
  }

  /// Starts the next pass with the outputs that wait; `nil` when none does.
  mutating func startPass() -> PassReport.Reason? {
    var reason: PassReport.Reason?
    for index in entries.indices {
      guard let waiting = entries[index].waiting else { continue }
      entries[index].tracker = waiting
      entries[index].waiting = nil
      if reason != .missedRank { reason = entries[index].reason }
    }
    return reason
  }

  /// Indices of the outputs whose order statistics this pass gathers.
  var gathered: [Int] { entries.indices.filter { entries[$0].tracker != nil } }

  /// - Precondition: the search is over.
  func percentiles(ofOutput index: Int) -> [OutputSummary.Percentile] {
    let entry = entries[index]
    guard let multiple = entry.multiple else { return entry.wanted.percentiles(entry.found) }
    return entry.wanted.percentiles(
      entries[multiple.source].found.mapValues { multiple.factor * $0 + 0 })
  }
}
