// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Fits and moments against moments.csv.
@Suite struct MomentFitTests {
  static func given(_ text: String) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for part in text.split(separator: ";") {
      let sides = part.split(separator: "=")
      if sides.count == 2 { numbers[String(sides[0])] = Double(sides[1]) }
    }
    return numbers
  }

  /// The parameters, or for PERT and triangular the moments, that a row asks for.
  static func found(_ family: String, _ given: [String: Double]) throws -> [String: Double] {
    func number(_ name: String) throws -> Double { try #require(given[name]) }
    func moments(_ distribution: any Distribution) -> [String: Double] {
      ["mean": distribution.mean, "sd": distribution.standardDeviation]
    }
    switch family {
    case "pert", "pert_moments":
      let pert = try PERT(low: number("min"), mode: number("mode"), high: number("max"))
      if family == "pert_moments" { return moments(pert) }
      guard case .table(let standard, _, _) = pert.sampling else { return [:] }
      return Dictionary(uniqueKeysWithValues: standard.parameters.map { ($0.name, $0.value) })
    case "triangular":
      return moments(
        try Triangular(low: number("min"), mode: number("mode"), high: number("max")))
    default:
      let member = try #require(FamilyRegistry.family(named: family))
      let distribution: any Distribution
      if given["sd"] == nil {
        distribution = try member.fitted(
          to: StatedRange(
            base: number("mean"), low: number("low"), high: number("high"), baseIs: .mean,
            reading: .ci95))
      } else {
        let fromMoments = try #require(member.fromMoments)
        distribution = try fromMoments(number("mean"), number("sd"))
      }
      return Dictionary(
        uniqueKeysWithValues: distribution.parameters.map { ($0.name, $0.value) })
    }
  }

  @Test func fitsMeetTheReference() throws {
    let table = try SummaryReference("moments.csv")
    #expect(table.rows.count == 42)
    for row in table.rows {
      let found = try Self.found(row[0], Self.given(row[1]))
      for column in [2, 4] {
        let expected = try #require(Double(row[column + 1]))
        let value = try #require(found[row[column]], "\(row)")
        // A few units in the last place; a mean of logarithms near 0 counts against its sd.
        let scale = max(abs(expected), row[0] == "lognormal" ? 1e-9 : 0)
        let error = abs(value - expected) / scale.ulp
        #expect(error <= 16, "\(row[0]) \(row[1]): \(row[column]) = \(value), not \(expected)")
      }
    }
  }

  /// Parameters and moments go to and fro.
  @Test(arguments: [(0.4, 0.1), (0.03, 0.01), (0.999, 0.0005), (0.5, 0.49)])
  func momentsOfFittedMembers(mean: Double, sd: Double) throws {
    for family in FamilyRegistry.all {
      guard let fromMoments = family.fromMoments else { continue }
      let member = try fromMoments(mean, sd)
      #expect(abs(member.mean - mean) <= 1e-14 * mean, "\(family.name)")
      #expect(abs(member.standardDeviation - sd) <= 1e-11 * sd, "\(family.name)")
    }
  }

  @Test func familiesByNameAndTheirParametrisations() throws {
    let first = [
      "constant", "normal", "lognormal", "gamma", "beta", "uniform", "triangular", "pert",
    ]
    let names = FamilyRegistry.all.map(\.name)
    #expect(Set(first).isSubset(of: names))
    #expect(Set(names).count == names.count)
    #expect(FamilyRegistry.family(named: "Gamma") == nil)
    let examples: [String: [Double]] = [
      "value": [3], "mean sd": [0.4, 0.1], "meanlog sdlog": [0.1, 0.2], "shape scale": [2, 5],
      "shape rate": [2, 5], "alpha beta": [2, 5], "min max": [2, 5], "min mode max": [2, 3, 5],
      "min mode max shape": [2, 3, 5, 6],
    ]
    // The others are tried in the suites of their own.
    for family in FamilyRegistry.all where first.contains(family.name) {
      for parametrisation in family.parametrisations {
        let key = parametrisation.arguments.joined(separator: " ")
        let values = try #require(examples[key], "\(key)")
        let member = try parametrisation.make(values)
        #expect(type(of: member).family.name == family.name)
        if key == "mean sd" { #expect(abs(member.mean - 0.4) < 1e-15) }
      }
    }
    let rate = try #require(
      FamilyRegistry.family(named: "gamma")?.parametrisations.first {
        $0.arguments == ["shape", "rate"]
      })
    #expect(try rate.make([2, 5]).mean == 0.4)
  }
}
