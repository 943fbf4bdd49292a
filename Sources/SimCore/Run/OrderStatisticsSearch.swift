// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The order statistics that are still to be found, output by output, over one or more passes.
///
/// Each output has a section for all iterations together and, with replicates, one for each of them;
/// `WantedRanks` numbers them.
struct OrderStatisticsSearch {
  private struct Entry {
    let wanted: WantedRanks
    /// Set for a multiple of another output, which then seeks its ranks too.
    let multiple: OutputMultiple?
    var sections: [SectionSearch]
    var reason = PassReport.Reason.first

    var isGathering: Bool { sections.contains { $0.tracker != nil } }
    var isWaiting: Bool { sections.contains { $0.isWaiting } }
    var trackers: [QuantileTracker?] { sections.map(\.tracker) }

    mutating func narrow() {
      for section in sections.indices { sections[section].narrow() }
    }

    mutating func endPass() {
      for section in sections.indices where sections[section].endPass() { reason = .missedRank }
    }
  }

  private let budget: Int
  private let workers: Int
  private var entries: [Entry]

  init(_ plan: Plan, settings: RunSettings) {
    // Merging holds a second copy for a moment.
    budget = settings.memoryBudget / (2 * MemoryLayout<Double>.stride)
    workers = settings.workers
    entries = zip(plan.outputs, plan.multiples).map { output, multiple in
      let wanted = WantedRanks(
        probabilities: output.probabilities, count: settings.iterations,
        replication: settings.method.replication)
      return Entry(
        wanted: wanted, multiple: multiple,
        sections: wanted.counts(all: settings.iterations).map { SectionSearch(total: $0) })
    }
    for index in entries.indices {
      let seeker = entries[index].multiple?.source ?? index
      for (section, ranks) in entries[index].wanted.ranks.enumerated() {
        entries[seeker].sections[section].ask(ranks)
      }
    }
  }

  /// Empty trackers for a worker, by output, then section; none for outputs that are not gathered.
  var emptyTrackers: [[QuantileTracker?]] {
    entries.map { $0.isGathering ? $0.trackers.map { $0?.emptied() } : [] }
  }

  /// The same search, with the same windows, that has seen nothing.
  func emptied() -> OrderStatisticsSearch {
    var copy = self
    for index in entries.indices {
      for section in entries[index].sections.indices {
        copy.entries[index].sections[section].tracker =
          entries[index].sections[section].tracker?.emptied()
      }
    }
    return copy
  }

  /// Adds what another part of the same pass has gathered.
  mutating func merge(_ other: OrderStatisticsSearch) {
    merge(other.entries.map(\.trackers))
  }

  mutating func merge(_ trackers: [[QuantileTracker?]]) {
    for (index, sections) in trackers.enumerated() {
      for (section, tracker) in sections.enumerated() {
        if let tracker { entries[index].sections[section].tracker?.merge(tracker) }
      }
    }
  }

  /// After some iterations of a pass: keeps what is needed, and puts outputs off to a later pass while
  /// the budget does not hold them all.
  mutating func narrow() {
    Parallel.update(&entries, workers: workers) { $0.narrow() }
    // What the next stage needs about as much room as what is kept.
    while storedCount > budget / 2 {
      let gathering = gathered
      guard gathering.count > 1, let last = gathering.last else { break }
      for section in entries[last].sections.indices { entries[last].sections[section].putOff() }
      entries[last].reason = .memoryBudget
    }
  }

  private var storedCount: Int {
    entries.reduce(0) { sum, entry in entry.sections.reduce(sum) { $0 + $1.storedCount } }
  }

  /// Iterations after which stages grow slowly and memory counts for more than narrowing.
  private static let longRun = 1 << 23

  /// How many iterations may follow `seen` ones before the next narrowing.
  func stageLength(after seen: Int) -> Int {
    let kept = storedCount
    let growth = seen < Self.longRun ? 3 * seen : seen / 2
    let shortest = Pilot.length(outputs: entries.count)
    guard kept > 0, seen > 0 else { return max(growth, shortest) }
    let perIteration = Double(kept) / Double(seen)
    let room = Double(max(budget - kept, 0)) / perIteration
    return max(shortest, min(growth, Int(min(room, 1e15))))
  }

  /// Ends a pass: takes the order statistics that were found and prepares the search for the others.
  mutating func endPass() {
    Parallel.update(&entries, workers: workers) { $0.endPass() }
  }

  /// Starts the next pass with the outputs that wait; `nil` when none does.
  mutating func startPass() -> PassReport.Reason? {
    var reason: PassReport.Reason?
    for index in entries.indices where entries[index].isWaiting {
      for section in entries[index].sections.indices { entries[index].sections[section].resume() }
      if reason != .missedRank { reason = entries[index].reason }
    }
    return reason
  }

  /// Indices of the outputs whose order statistics this pass gathers.
  var gathered: [Int] { entries.indices.filter { entries[$0].isGathering } }

  /// - Precondition: the search is over.
  func percentiles(ofOutput index: Int) -> [OutputSummary.Percentile] {
    let entry = entries[index]
    guard let multiple = entry.multiple else {
      return entry.wanted.percentiles(entry.sections.map(\.found))
    }
    return entry.wanted.percentiles(
      entries[multiple.source].sections.map { $0.found.mapValues { multiple.factor * $0 + 0 } })
  }

  /// The percentiles that `wanted` asks for of each output among the iterations that a pass has seen so far;
  /// `nil` for outputs that it does not gather, or of which nothing is asked.
  func running(_ wanted: [WantedRanks?]) -> [[OutputSummary.Percentile?]?] {
    Parallel.map(wanted.count, workers: workers) { index in
      let multiple = entries[index].multiple
      let seeker = entries[multiple?.source ?? index]
      guard let wanted = wanted[index], seeker.isGathering else { return nil }
      var found = zip(seeker.sections, wanted.ranks).map { $0.running($1) }
      if let factor = multiple?.factor {
        found = found.map { $0.mapValues { factor * $0 + 0 } }
      }
      return wanted.known(found)
    }
  }
}
