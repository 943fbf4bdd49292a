// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Foundation
import SimCore

/// Seeded columns for tests of the value of information.
enum TestColumns {
  static func normal(
    _ count: Int, mean: Double = 0, sd: Double = 1, name: String, seed: UInt64
  ) throws -> [Double] {
    let source = DrawSource(
      try Normal(mean: mean, standardDeviation: sd), name: name, seed: seed)
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    defer { buffer.deallocate() }
    buffer.initialize(repeating: 0)
    source.fill(buffer, first: 0)
    return Array(buffer)
  }

  /// Incremental net benefit p1 − p2, p1 ~ N(1, 1), p2 ~ N(0, 2); `idle` touches nothing.
  static func difference(_ count: Int, seed: UInt64) throws -> Draws {
    let p1 = try normal(count, mean: 1, sd: 1, name: "p1", seed: seed)
    let p2 = try normal(count, mean: 0, sd: 2, name: "p2", seed: seed)
    let idle = try normal(count, name: "idle", seed: seed)
    let zeros = [Double](repeating: 0, count: count)
    return try Draws(
      strategies: ["old", "new"], costs: [zeros, p2], effects: [zeros, p1],
      parameters: [
        DrawColumn(name: "p1", values: p1), DrawColumn(name: "p2", values: p2),
        DrawColumn(name: "idle", values: idle), DrawColumn(name: "known", values: zeros),
      ])
  }

  static func slice(_ draws: Draws, _ rows: Range<Int>) throws -> Draws {
    try Draws(
      strategies: draws.strategies, costs: draws.costs.map { Array($0[rows]) },
      effects: draws.effects.map { Array($0[rows]) },
      parameters: draws.parameters.map {
        DrawColumn(name: $0.name, values: Array($0.values[rows]))
      })
  }

  /// The closed forms for `difference` at a willingness to pay of 1.
  static let evppi = ["p1": 0.083315471, "p2": 0.395593115, "idle": 0, "known": 0]
  static let evpi = 0.479810706
}

/// A CSV file of Tests/References.
struct ReferenceTable {
  let rows: [[String: String]]

  init(_ name: String, testFile: String = #filePath) throws {
    let url = URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .appendingPathComponent("../../References/\(name)").standardizedFileURL
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let cells = lines.map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = cells.first ?? []
    rows = cells.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

/// The model of Tests/References/value_of_information.R.
enum ReferenceModel {
  static func draws() throws -> Draws {
    var state = 20140.0
    let columns = 8
    var u = [[Double]](repeating: [], count: columns)
    for _ in 0..<5000 {
      for column in 0..<columns {
        state = (16807 * state).truncatingRemainder(dividingBy: 2_147_483_647)
        u[column].append(state / 2_147_483_647)
      }
    }
    func score(_ column: Int) -> [Double] {
      u[column].map { Normal.standard.quantile(cumulative: $0) }
    }
    let normal = score(0).map { 1 + $0 }
    let lognormal = score(1).map { exp(0.8 * $0) }
    let uniform = u[2]
    let discrete = u[3].map { floor(5 * $0) }
    let idle = score(4)
    let z = [score(5), score(6), score(7)]
    let rows = normal.indices
    let zeros = rows.map { _ in 0.0 }
    return try Draws(
      strategies: ["none", "first", "second"],
      costs: [
        zeros, rows.map { 4000 + 3000 * lognormal[$0] + 2000 * z[0][$0] },
        rows.map { 9000 + 1500 * discrete[$0] + 3000 * z[1][$0] },
      ],
      effects: [
        zeros, rows.map { 0.3 + 0.25 * normal[$0] + 0.3 * z[2][$0] },
        rows.map { 0.3 + 0.1 * normal[$0] + 0.6 * sin(5 * uniform[$0]) + 0.2 * z[0][$0] },
      ],
      parameters: [
        DrawColumn(name: "normal", values: normal),
        DrawColumn(name: "lognormal", values: lognormal),
        DrawColumn(name: "uniform", values: uniform),
        DrawColumn(name: "discrete", values: discrete), DrawColumn(name: "idle", values: idle),
      ])
  }
}
