// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore

/// The expected value of partial perfect information of every uncertain parameter and named group, for
/// the scenario itself from every perspective.
struct InformationValues {
  let groups: [(perspective: String, estimates: [EVPPIEstimate])]

  /// Names of groups by their columns.
  private let names: [Set<String>: String]
  private let tables: DecisionTables
  private let draws: [DecisionGroup]
  private let joint: JointColumns

  /// - Parameters:
  ///   - draws: with parameters, in the order of the tables' groups; those of the tables or the first of them.
  ///   - named: groups of parameters whose joint value is wanted; a parameter by label counts with all
  ///     its labels.
  ///   - joint: columns of parameters whose labels are drawn together: one label can't be known alone.
  init(
    _ tables: DecisionTables, _ draws: [DecisionGroup],
    named: [(name: String, parameters: [String])],
    joint: JointColumns, workers: Int
  ) throws {
    self.tables = tables
    self.draws = draws
    self.joint = joint
    let wtp = tables.settings.willingnessToPay
    var names: [Set<String>: String] = [:]
    for columns in joint.groups { names[Set(columns)] = Self.quantity(columns) }
    for group in draws.prefix(1) {
      for item in named {
        names[Set(Self.columns(item.parameters, group.draws, joint))] = item.name
      }
    }
    self.names = names
    groups = try draws.filter { $0.variant.isEmpty }.map { group in
      let draws = group.draws
      let evppi = EVPPI(draws)
      let sets =
        draws.parameters.map { [$0.name] }.filter { !joint.all.contains($0[0]) } + joint.groups
        + named.map { Self.columns($0.parameters, draws, joint) }.filter { !$0.isEmpty }
      // The largest first, so that all workers are busy to the end.
      let order = sets.indices.sorted { (sets[$0].count, $1) > (sets[$1].count, $0) }
      let found = Parallel.map(sets.count, workers: workers) { place in
        Result { () throws(ValueOfInformationError) in
          try evppi.group(sets[order[place]], willingnessToPay: wtp, workers: workers)
        }
      }
      var estimates = sets.map { _ in [EVPPIEstimate]() }
      for (place, set) in zip(order, found) { estimates[place] = try set.get() }
      return (group.perspective, estimates.flatMap(\.self))
    }
  }

  /// The joint value of parameters, with all their labels: one of those found before, else found now.
  func estimates(_ parameters: [String], perspective: String) throws -> [EVPPIEstimate] {
    guard
      let group = draws.first(where: { $0.variant.isEmpty && $0.perspective == perspective })
    else { return [] }
    let columns = Self.columns(parameters, group.draws, joint)
    let known = groups.first { $0.perspective == perspective }?.estimates
      .filter { Set($0.parameters) == Set(columns) }
    if let known, !known.isEmpty || columns.isEmpty { return known }
    return try EVPPI(group.draws).group(
      columns, willingnessToPay: tables.settings.willingnessToPay)
  }

  /// The value of knowing everything, by willingness to pay.
  func evpi(perspective: String) -> [Double: Double] {
    let own = tables.groups.first { $0.variant.isEmpty && $0.perspective == perspective }
    return Dictionary(
      (own?.analysis.perfectInformation ?? []).map { ($0.willingnessToPay, $0.value.value) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func columns(_ parameters: [String], _ draws: Draws, _ joint: JointColumns)
    -> [String]
  {
    draws.parameters.map(\.name).filter { column in
      !joint.implied.contains(column)
        && parameters.contains { column == $0 || column.hasPrefix($0 + "[") }
    }
  }

  func write(to folder: ResultFolder) throws(OutputError) {
    if groups.allSatisfy(\.estimates.isEmpty) { return }
    try folder.write(
      EVPPITable.csv(groups, names: names, currency: tables.settings.currency), to: "evppi.csv")
  }

  /// What labels drawn together are labels of.
  private static func quantity(_ columns: [String]) -> String {
    String(columns.first?.prefix { $0 != "[" } ?? "")
  }
}
