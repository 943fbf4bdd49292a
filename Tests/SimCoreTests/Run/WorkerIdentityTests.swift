// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Results are the same, bit for bit, for any number of workers and any memory budget.
@Suite struct WorkerIdentityTests {
  static func run(
    _ plan: Plan, iterations: Int, workers: Int,
    memoryBudget: Int = RunSettings.defaultMemoryBudget, seed: UInt64 = 5
  ) throws -> RunResult {
    let settings = RunSettings(
      seed: seed, iterations: iterations, workers: workers, memoryBudget: memoryBudget)
    return try Simulation(plan, settings: settings).run()
  }

  @Test(arguments: [1, 2, 3, 1000, 1023, 1024, 1025, 65_535, 65_536, 65_537, 200_000, 1_000_003])
  func workers(iterations: Int) throws {
    let plan = try RunModel.plan()
    let first = try Self.run(plan, iterations: iterations, workers: 1)
    let bits = RunModel.bits(first)
    for workers in [2, 3, 5, 8] {
      let result = try Self.run(plan, iterations: iterations, workers: workers)
      #expect(RunModel.bits(result) == bits, "\(workers) workers")
      #expect(result.passes == first.passes)
    }
    // Another seed gives other results.
    let other = try Self.run(plan, iterations: iterations, workers: 1, seed: 6)
    #expect(RunModel.bits(other) != bits)
  }

  /// Budgets that put most outputs off to later passes, or all but one.
  @Test(arguments: [1, 100_000, 1 << 20, 3 << 20])
  func memoryBudgets(budget: Int) throws {
    let plan = try RunModel.plan()
    for iterations in [1, 1025, 65_536, 65_537, 300_000] {
      let plenty = try Self.run(plan, iterations: iterations, workers: 2)
      let passes = try [1, 2, 3, 5, 8].map { workers in
        let result = try Self.run(
          plan, iterations: iterations, workers: workers, memoryBudget: budget)
        #expect(
          RunModel.bits(result) == RunModel.bits(plenty),
          "\(iterations) iterations, \(workers) workers")
        return result.passes
      }
      #expect(passes.allSatisfy { $0 == passes[0] })
      #expect(passes[0].first?.reason == .first)
      if budget == 1 && iterations == 300_000 {
        #expect(passes[0].count > 2)
        #expect(passes[0].dropFirst().allSatisfy { $0.reason == .memoryBudget })
      }
    }
  }

  /// Percentiles so close that their windows nearly touch, far beyond the pilot.
  @Test func closePercentilesAreExact() throws {
    let plan = try Plan(
      Model(
        parameters: (0..<4).map { Parameter(name: "z\($0)", distribution: Normal.standard) },
        variables: [],
        outputs: (0..<4).map {
          Output(
            name: "out\($0)", value: .named("z\($0)"),
            probabilities: (1..<200).map { Double($0) / 200 }, histogram: nil)
        }))
    let iterations = 2_000_000
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(seed: 7, iterations: iterations, workers: 2)
    let result = try Simulation(plan, settings: settings).run(recorder: keeper)
    for output in result.outputs {
      let sorted = keeper.column(output.name).sorted()
      for percentile in output.percentiles {
        let value = NaiveSummaryTests.quantile(sorted, percentile.probability)
        #expect(percentile.value == value, "\(output.name) at \(percentile.probability)")
      }
    }
  }
}
