// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import Economics
internal import SimCore

/// The tables of a decision analysis: one entry point for draws of a run and for draws from elsewhere.
///
/// Several groups of draws, such as variants and perspectives, are stacked in the same files.
public struct DecisionTables: Sendable {
  /// A group with its figures.
  public struct Group: Sendable {
    public let variant: String
    public let perspective: String
    public let analysis: DecisionAnalysis
  }

  public let groups: [Group]
  public let settings: DecisionSettings

  /// The files, in the order in which they are written.
  public static let files = [
    "incremental.csv", "nmb.csv", "ceac.csv", "expected-loss.csv", "evpi.csv", "ce-plane.csv",
    "convergence-ceac.csv",
    "cost-benefit.csv",
  ]

  /// Computes all figures of all groups.
  ///
  /// Every group keeps its own strategies; the comparator has to be among those of each.
  ///
  /// Reproducibility: the number of workers doesn't enter.
  public init(
    groups: [DecisionGroup], decision settings: DecisionSettings, workers: Int = 1
  ) throws(DecisionError) {
    if groups.isEmpty { throw .noGroup }
    let wtp = settings.willingnessToPay
    guard (1...DecisionSettings.mostWillingnessToPay).contains(wtp.count) else {
      throw .willingnessToPayCount(wtp.count)
    }
    if let value = wtp.first(where: { !($0 >= 0 && $0 <= 1e15) }) { throw .willingnessToPay(value) }
    var results: [Group] = []
    for group in groups {
      let draws = group.draws
      if draws.strategies.count < 2 { throw .strategies(draws.strategies.count) }
      var comparator = 0
      if let name = settings.comparator {
        guard let place = draws.strategies.firstIndex(of: name) else {
          throw .unknownComparator(name, strategies: draws.strategies)
        }
        comparator = place
      }
      try Self.checkSize(draws, workers)
      results.append(
        Group(
          variant: group.variant, perspective: group.perspective,
          analysis: DecisionAnalysis(
            draws, comparator: comparator, willingnessToPay: wtp, workers: workers)))
    }
    self.groups = results
    self.settings = settings
  }

  public init(draws: Draws, decision settings: DecisionSettings) throws(DecisionError) {
    try self.init(groups: [DecisionGroup(draws: draws)], decision: settings)
  }

  private static func checkSize(_ draws: Draws, _ workers: Int) throws(DecisionError) {
    let columns = draws.strategies.indices.flatMap {
      [(draws.costs[$0], "cost"), (draws.effects[$0], "effect")]
    }
    let found = Parallel.map(columns.count, workers: workers) { place in
      // Counted first: that takes no jump at each value.
      let values = columns[place].0
      let large = values.reduce(0) { $0 &+ (abs($1) > 1e100 ? 1 : 0) }
      return large > 0 ? values.first { abs($0) > 1e100 } : nil
    }
    for (place, value) in found.enumerated() {
      guard let value else { continue }
      let strategy = Excerpt.quoted(draws.strategies[place / 2])
      throw .tooLarge(column: "the \(columns[place].1) of \(strategy)", value: value)
    }
  }

  /// Writes all tables; `cost-benefit.csv` only where a strategy stands against nothing.
  func write(to folder: ResultFolder) throws(OutputError) {
    try folder.write(IncrementalCSV.csv(self), to: "incremental.csv")
    try folder.write(NetBenefitCSV.csv(self), to: "nmb.csv")
    try folder.write(AcceptabilityCSV.csv(self), to: "ceac.csv")
    try folder.write(ExpectedLossCSV.csv(self), to: "expected-loss.csv")
    try folder.write(PerfectInformationCSV.csv(self), to: "evpi.csv")
    try folder.write(PlaneCSV.csv(self), to: "ce-plane.csv")
    try folder.write(RunningChoiceCSV.csv(self), to: "convergence-ceac.csv")
    if groups.contains(where: { CostBenefitCSV.applies(to: $0.analysis) }) {
      try folder.write(CostBenefitCSV.csv(self), to: "cost-benefit.csv")
    }
  }

  /// `NOK/QALY`; empty when either is unknown.
  var ratioUnit: String {
    settings.currency.isEmpty || settings.effectUnit.isEmpty
      ? settings.willingnessToPayUnit : "\(settings.currency)/\(settings.effectUnit)"
  }
}
