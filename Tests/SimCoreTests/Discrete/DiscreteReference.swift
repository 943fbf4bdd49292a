// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The laws of discrete.csv and their rows; see Tests/References/README.md.
enum DiscreteReference {
  struct Law: Sendable, Hashable, CustomTestStringConvertible {
    let family: String
    let parameters: String

    var testDescription: String { "\(family) \(parameters.prefix(60))" }
    var isTruncated: Bool { family.hasPrefix("truncated:") }

    func distribution() throws -> any DiscreteDistribution {
      let parts = parameters.split(separator: ";").map(String.init)
      if family == "categorical" {
        let pairs = parts.map { $0.split(separator: ":").map { Double($0) ?? .nan } }
        return try Categorical(values: pairs.map { $0[0] }, weights: pairs.map { $0[1] })
      }
      let values = parts.map { part in
        let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        return (name: sides[0], value: Double(sides[1]))
      }
      let own = isTruncated ? Array(values.dropLast(2)) : values
      let name = isTruncated ? String(family.dropFirst("truncated:".count)) : family
      let known = try #require(FamilyRegistry.family(named: name), "\(name)")
      let way = try #require(
        known.parametrisations.first { $0.arguments == own.map(\.name) }, "\(testDescription)")
      var law = try way.make(own.map { $0.value ?? .nan })
      if isTruncated {
        law = try law.truncated(
          from: values[values.count - 2].value, to: values[values.count - 1].value)
      }
      return try #require(law as? any DiscreteDistribution)
    }
  }

  struct Row: Sendable {
    let k: UInt64
    let quantile: Double
    let mass: Double
    let below: Double
    let above: Double

    var u: Double { UniformStream.uniform(k << 12) }
    var target: TailProbability { TailProbability(cumulative: u) }

    /// How far, as a share of the smaller tail, u lies from the steps between the reference's value and
    /// another one beside it.
    func distanceFromStep(to x: Double) -> Double {
      let p = target.probability
      let isLower = target.side == .lower
      let step =
        x > quantile
        ? (isLower ? below : above) : (isLower ? below - mass : above + mass)
      return abs(step - p)
    }
  }

  static let rows: [Law: [Row]] = {
    guard let table = try? SummaryReference("discrete.csv") else { return [:] }
    var rows: [Law: [Row]] = [:]
    for cells in table.rows {
      let numbers = cells[3...].compactMap { Double($0) }
      guard let k = UInt64(cells[2]), numbers.count == 4 else { return [:] }
      rows[Law(family: cells[0], parameters: cells[1]), default: []].append(
        Row(k: k, quantile: numbers[0], mass: numbers[1], below: numbers[2], above: numbers[3]))
    }
    return rows
  }()

  static let laws = rows.keys.sorted { ($0.family, $0.parameters) < ($1.family, $1.parameters) }

  /// One store for all tests: each table is built once.
  static let tables = TableStore()
}

@Suite struct DiscreteReferenceTests {
  @Test func theReferenceIsComplete() {
    #expect(DiscreteReference.rows.values.allSatisfy { $0.count >= 50 })
    let whole = DiscreteReference.laws.filter { !$0.isTruncated }
    let families = Dictionary(grouping: whole, by: \.family)
    #expect(families.count == 8)
    #expect(families.values.allSatisfy { $0.count >= 6 })
    #expect(DiscreteReference.laws.count { $0.isTruncated } == 11)
  }
}
