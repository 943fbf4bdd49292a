// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Keys of parameters whose labels are drawn together.
  static let jointKeys = [Dirichlet.name, Multinomial.name, MultivariateNormal.name]
  /// The most labels that are drawn together.
  private static let mostLabelsTogether = 500

  /// A joint distribution where one quantity was expected.
  mutating func notAlone(_ entry: YAMLEntry) -> Fit? {
    problems.report(
      entry.keyPosition, "`\(entry.key)`, which draws several quantities together",
      expected: "one quantity", advice: "It stands in a parameter with `by:` a dimension.")
    return nil
  }

  /// A quantity for each label, all drawn together.
  mutating func jointCells(
    _ fields: [String: YAMLEntry], _ key: String, _ by: [String], _ each: [String]
  ) -> [ParameterCell]? {
    guard let entry = fields[key] else { return nil }
    let others = (Self.ways + Self.choiceKeys + ["truncate"]).filter {
      $0 != key && fields[$0] != nil
    }
    if let other = others.first, let place = fields[other] {
      problems.report(
        place.keyPosition, "`\(other)` beside `\(key)`", expected: "`\(key)` alone",
        advice: "Delete one of the two.")
      return nil
    }
    guard let last = by.last else {
      problems.report(
        entry.keyPosition, "`\(key)` without `by`",
        expected: "`by: dimension`, whose labels are drawn together",
        advice: "Declare the dimension with its labels under `dimensions`.")
      return nil
    }
    let count = labels(of: last).count
    guard (2...Self.mostLabelsTogether).contains(count) else {
      problems.report(
        entry.keyPosition,
        "`\(key)` over the \(count) label\(count == 1 ? "" : "s") of `\(last)`",
        expected: "2 to \(Self.mostLabelsTogether) of them")
      return nil
    }
    let fits: [Fit]? =
      switch key {
      case Dirichlet.name: dirichlet(entry, by)
      case Multinomial.name: multinomial(entry, by)
      default: multivariateNormal(entry, by)
      }
    return fits.map { fits in
      zip(labelled(by), fits).map { ParameterCell(labels: $0, each: each, fit: $1) }
    }
  }
}
