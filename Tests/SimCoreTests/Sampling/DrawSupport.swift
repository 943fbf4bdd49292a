// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Synchronization
import Testing

/// Keeps every iteration of a run, by column name.
final class DrawKeeper: DrawRecorder {
  let names: [String]
  private let blocks = Mutex<[Int: [[Double]]]>([:])
  private let repeated = Mutex<[Int]>([])
  private let abandonedCount = Mutex<Int>(0)

  init(_ plan: Plan) { names = plan.recordedParameters + plan.outputs.map(\.name) }

  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) {
    let copies = columns.map { Array($0) }
    let isRepeated = blocks.withLock { $0.updateValue(copies, forKey: block) != nil }
    if isRepeated { repeated.withLock { $0.append(block) } }
  }

  func abandon() { abandonedCount.withLock { $0 += 1 } }

  var wasAbandoned: Bool { abandonedCount.withLock { $0 > 0 } }
  /// Blocks that came more than once.
  var repeatedBlocks: [Int] { repeated.withLock { $0 } }
  var blockIndices: [Int] { blocks.withLock { $0.keys.sorted() } }

  /// All draws of a column in order of iterations.
  func column(_ name: String) -> [Double] {
    guard let index = names.firstIndex(of: name) else { return [] }
    return blocks.withLock { blocks in
      blocks.keys.sorted().flatMap { blocks[$0]?[index] ?? [] }
    }
  }
}

enum Draws {
  /// The draws of one parameter, as a run makes them.
  static func of(
    _ distribution: any Distribution, named name: String, seed: UInt64, count: Int,
    tables: TableStore = TableAccuracyTests.tables
  ) throws -> [Double] {
    let model = Model(
      parameters: [Parameter(name: name, distribution: distribution)], variables: [],
      outputs: [
        Output(name: "out", value: .name(name, offset: 0), probabilities: [], histogram: nil)
      ])
    let plan = try Plan(model, recordsParameters: true, tables: tables)
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(seed: seed, iterations: count, workers: 1)
    _ = try Simulation(plan, settings: settings).run(recorder: keeper)
    let draws = keeper.column(name)
    try #require(draws.count == count)
    return draws
  }
}
