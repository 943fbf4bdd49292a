// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The laws of quantiles.csv and their rows; see Tests/References/README.md.
enum QuantileReference {
  struct Law: Sendable, Hashable, CustomTestStringConvertible {
    let family: String
    /// 0 where the family has no such shape.
    let shape1: Double
    let shape2: Double

    var testDescription: String { "\(family)(\(shape1), \(shape2))" }

    func distribution() throws -> any Distribution {
      switch family {
      case "normal": Normal.standard
      case "lognormal": try LogNormal(meanLog: shape1, sdLog: shape2)
      case "gamma": try Gamma(shape: shape1, scale: shape2)
      default: try Beta(alpha: shape1, beta: shape2)
      }
    }

    /// Large shapes, for which DESIGN allows an error of 1e-9 in probability.
    var isLarge: Bool {
      family == "gamma" && shape1 > 1e4 || family == "beta" && shape1 + shape2 > 1e4
    }
  }

  struct Row: Sendable {
    /// u = (k + ½)/2⁵².
    let k: UInt64
    let quantile: Double
    let density: Double
    /// P(X ≤ quantile) and P(X > quantile).
    let below: Double
    let above: Double

    var u: Double { UniformStream.uniform(k << 12) }
    /// The smaller tail of u.
    var p: Double { min(u, 1 - u) }
  }

  static let rows: [Law: [Row]] = {
    guard let table = try? SummaryReference("quantiles.csv") else { return [:] }
    var rows: [Law: [Row]] = [:]
    for cells in table.rows {
      let law = Law(
        family: cells[0], shape1: Double(cells[1]) ?? 0, shape2: Double(cells[2]) ?? 0)
      let numbers = cells[4...].compactMap { Double($0) }
      guard let k = UInt64(cells[3]), numbers.count == 4 else { return [:] }
      rows[law, default: []].append(
        Row(
          k: k, quantile: numbers[0], density: numbers[1], below: numbers[2],
          above: numbers[3]))
    }
    return rows
  }()

  static let laws = rows.keys.sorted {
    ($0.family, $0.shape1, $0.shape2) < ($1.family, $1.shape1, $1.shape2)
  }
}

@Suite struct QuantileReferenceTests {
  @Test func theReferenceIsComplete() {
    #expect(QuantileReference.laws.count == 42)
    #expect(QuantileReference.rows.values.allSatisfy { $0.count == 82 })
    #expect(QuantileReference.laws.filter(\.isLarge).count == 8)
  }
}
