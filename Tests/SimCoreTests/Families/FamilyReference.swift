// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The laws of families.csv and their rows; see Tests/References/README.md.
enum FamilyReference {
  struct Law: Sendable, Hashable, CustomTestStringConvertible {
    /// `weibull`, or `truncated:normal` for a restricted law.
    let family: String
    /// `shape=0.2;scale=1.0`, as in the file.
    let parameters: String

    var testDescription: String { "\(family) \(parameters)" }
    var isTruncated: Bool { family.hasPrefix("truncated:") }

    func distribution() throws -> any Distribution {
      let values = parameters.split(separator: ";").map { part in
        let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        return (name: sides[0], value: Double(sides[1]))
      }
      let own = isTruncated ? Array(values.dropLast(2)) : values
      let name = isTruncated ? String(family.dropFirst("truncated:".count)) : family
      let known = try #require(FamilyRegistry.family(named: name), "\(name)")
      let way = try #require(
        known.parametrisations.first { $0.arguments == own.map(\.name) }, "\(testDescription)")
      let base = try way.make(own.map { $0.value ?? .nan })
      guard isTruncated else { return base }
      return try Truncated(
        base, from: values[values.count - 2].value, to: values[values.count - 1].value)
    }
  }

  struct Row: Sendable {
    let k: UInt64
    let quantile: Double
    let density: Double
    let below: Double
    let above: Double

    var u: Double { UniformStream.uniform(k << 12) }
    /// The smaller tail of u, on its side.
    var target: TailProbability { TailProbability(cumulative: u) }
  }

  static let rows: [Law: [Row]] = {
    guard let table = try? SummaryReference("families.csv") else { return [:] }
    var rows: [Law: [Row]] = [:]
    for cells in table.rows {
      let numbers = cells[3...].compactMap { Double($0) }
      guard let k = UInt64(cells[2]), numbers.count == 4 else { return [:] }
      rows[Law(family: cells[0], parameters: cells[1]), default: []].append(
        Row(
          k: k, quantile: numbers[0], density: numbers[1], below: numbers[2], above: numbers[3]))
    }
    return rows
  }()

  static let laws = rows.keys.sorted { ($0.family, $0.parameters) < ($1.family, $1.parameters) }

  /// One store for all tests of the folder: each table is built once.
  static let tables = TableStore()

  /// The draw for one word, as the kernel makes it.
  static func draw(_ distribution: any Distribution, _ word: UInt64) -> Double {
    DrawSource.draw(distribution, word: word, tables: tables)
  }

  /// The table that a distribution is drawn from.
  static func table(_ distribution: any Distribution, in tables: TableStore) -> QuantileTable? {
    switch distribution.sampling {
    case .table(let standard, _, _), .exponentialOfTable(let standard, _, _),
      .logisticOfTable(let standard, _, _):
      tables.table(for: standard)
    default: nil
    }
  }

  /// The error of `x` as a share of ten times the accuracy rule. Errors in x count in probability, by
  /// the density; a value within `ulps` doubles of the reference is right.
  static func excess(_ x: Double, _ row: Row, ulps: Double) -> Double {
    if abs(x - row.quantile) <= ulps * max(x.ulp, row.quantile.ulp) { return 0 }
    let p = row.target.probability
    let share = abs(x - row.quantile) * row.density / (10 * min(1e-11, 1e-8 * p))
    return share.isNaN ? .infinity : share
  }
}

@Suite struct FamilyReferenceTests {
  @Test func theReferenceIsComplete() {
    #expect(FamilyReference.rows.values.allSatisfy { $0.count >= 50 })
    let whole = FamilyReference.laws.filter { !$0.isTruncated }
    let families = Dictionary(grouping: whole, by: \.family)
    #expect(families.count == 27)
    #expect(families.values.allSatisfy { $0.count >= 6 })
    #expect(FamilyReference.laws.count { $0.isTruncated } >= 16)
    // Every family is checked against one of the three files.
    let checked = Set(families.keys).union(QuantileReference.laws.map(\.family))
      .union(DiscreteReference.laws.map(\.family))
    let closed: Set = ["constant"]
    #expect(Set(FamilyRegistry.all.map(\.name)).subtracting(checked).isSubset(of: closed))
  }
}
