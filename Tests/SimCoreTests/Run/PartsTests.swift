// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// A run split at block boundaries and merged gives the bits of the whole run.
@Suite struct PartsTests {
  private static func split(_ simulation: Simulation, _ ends: [Int], _ order: [Int]) throws
    -> RunResult
  {
    let edges = [0] + ends + [simulation.blockCount]
    var parts = try order.map { try simulation.part(edges[$0]..<edges[$0 + 1]) }
    var whole = parts.removeFirst()
    for part in parts { whole.merge(part) }
    return try simulation.result(of: whole)
  }

  @Test(
    arguments: [
      ([1], [0, 1]), ([1], [1, 0]), ([64], [1, 0]), ([3, 65, 100], [2, 0, 3, 1]),
      ([10, 20, 30, 40, 150], [5, 3, 1, 0, 2, 4]),
    ] as [([Int], [Int])])
  func anySplitGivesTheSameBits(ends: [Int], order: [Int]) throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 9, iterations: 200_003, workers: 2)
    let whole = try RunModel.outcome(plan, settings).get()
    let merged = try Self.split(Simulation(plan, settings: settings), ends, order)
    #expect(RunModel.bits(merged) == RunModel.bits(whole))
  }

  /// Fewer iterations than the pilot has: the parts still see the same edges.
  @Test func shortRunsCanBeSplit() throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 9, iterations: 3000, workers: 1)
    let whole = try RunModel.outcome(plan, settings).get()
    let merged = try Self.split(Simulation(plan, settings: settings), [1], [1, 0])
    #expect(RunModel.bits(merged) == RunModel.bits(whole))
  }

  @Test func coverageIsKnown() throws {
    let simulation = Simulation(
      try RunModel.plan(), settings: RunSettings(seed: 9, iterations: 5000, workers: 1))
    let part = try simulation.part(1..<3)
    #expect(part.covers(exactly: 1..<3))
    #expect(!part.covers(exactly: 0..<simulation.blockCount))
  }
}
