// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Members found from stated numbers, against SciPy (Tests/References/fits.py).
@Suite struct QuantileFitTests {
  private static let rows = (try? SummaryReference("fits.csv").rows) ?? []

  private static func numbers(_ text: String) -> (stated: [StatedNumber], given: [NamedValue]) {
    var stated: [StatedNumber] = []
    var given: [NamedValue] = []
    for part in text.split(separator: ";") {
      let sides = part.split(separator: "=").map(String.init)
      guard sides.count == 2, let value = Double(sides[1]) else { continue }
      switch sides[0] {
      case "mean": stated.append(.mean(value))
      case "sd": stated.append(.standardDeviation(value))
      case let name where Double(name.dropFirst()) != nil && name.hasPrefix("p"):
        let p = Double("\(name.dropFirst())e-2") ?? .nan
        stated.append(.quantile(probability: p, value: value))
      default: given.append(NamedValue(sides[0], value))
      }
    }
    return (stated, given)
  }

  private static func fitted(_ row: [String]) throws -> FittedMember {
    let family = try #require(FamilyRegistry.family(named: row[1]))
    if row[0] == "exact" || row[0] == "least" {
      let (stated, given) = numbers(row[2])
      return try family.fitted(to: stated, given: given)
    }
    let parts = Dictionary(
      uniqueKeysWithValues: row[2].split(separator: ";").map { part in
        let sides = part.split(separator: "=").map(String.init)
        return (sides[0], sides[1])
      })
    func number(_ name: String) throws -> Double { try #require(Double(parts[name] ?? "")) }
    let range = StatedRange(
      base: try number("base"), low: try number("low"), high: try number("high"),
      baseIs: try #require(Centre(rawValue: parts["is"] ?? "")), reading: .ci95)
    let rule = try #require(FitRule(rawValue: row[0]))
    return FittedMember(try family.fitted(to: range, by: rule))
  }

  @Test func theReferenceIsComplete() {
    #expect(Self.rows.count == 62)
    let families = Set(Self.rows.filter { $0[0] == "exact" }.map { $0[1] })
    // Every continuous family; a constant has nothing to fit.
    #expect(families.count == 29)
  }

  @Test(arguments: rows)
  func meetsTheReference(_ row: [String]) throws {
    let member = try Self.fitted(row)
    // A minimum is flat: its place is known to the root of a rounding error.
    let tolerance = row[0] == "least" ? 1e-5 : 1e-7
    for (column, p) in [(3, 0.01), (4, 0.3), (5, 0.8), (6, 0.99)] {
      let expected = try #require(Double(row[column]))
      let found = member.distribution.quantile(cumulative: p)
      let scale = max(
        abs(expected),
        member.distribution.standardDeviation.isFinite
          ? 1e-3 * member.distribution.standardDeviation : 0)
      #expect(abs(found - expected) <= tolerance * scale, "\(row[0...2]) p\(p): \(found)")
    }
    if let residual = Double(row[7]) {
      #expect(abs(try #require(member.residual) - residual) <= 1e-8, "\(row[0...2])")
    } else {
      #expect(member.residual == nil)
    }
  }

  /// Random members of every family come back from percentiles as many as they have free numbers.
  @Test func percentilesOfMembersAreMet() throws {
    for family in FamilyRegistry.all where family.name != "constant" {
      guard let way = family.parametrisations.first, (1...3).contains(way.arguments.count) else {
        continue
      }
      let values = [[2.5], [1.5, 2.5], [1, 2, 3.5]][way.arguments.count - 1]
      guard let member = try? way.make(values), !(member is any DiscreteDistribution) else {
        continue
      }
      let places = [[0.6], [0.1, 0.8], [0.05, 0.4, 0.9]][way.arguments.count - 1]
      let stated = places.map {
        StatedNumber.quantile(probability: $0, value: member.quantile(cumulative: $0))
      }
      let found = try family.fitted(to: stated)
      #expect(found.residual == nil, "\(family.name)")
      for (p, number) in zip(places, stated) {
        let x = found.distribution.quantile(cumulative: p)
        #expect(abs(x - number.value) <= 1e-8 * max(1, abs(number.value)), "\(family.name) \(p)")
      }
    }
  }

  @Test(arguments: FitRule.allCases)
  func aFitByRuleIsRefusedForLimits(_ rule: FitRule) throws {
    let family = try #require(FamilyRegistry.family(named: "lognormal"))
    let range = StatedRange(base: 3, low: 2, high: 5, baseIs: .mean, reading: .minMax)
    #expect(throws: DistributionError.self) { try family.fitted(to: range, by: rule) }
  }
}
