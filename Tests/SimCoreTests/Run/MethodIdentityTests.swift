// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every method gives the same bits for any workers, parts and memory budget.
@Suite struct MethodIdentityTests {
  static func run(
    _ plan: Plan, _ method: SamplingMethod, _ iterations: Int, workers: Int = 1,
    budget: Int = RunSettings.defaultMemoryBudget, seed: UInt64 = 5
  ) throws -> RunResult {
    let settings = RunSettings(
      seed: seed, iterations: iterations, method: method, workers: workers, memoryBudget: budget)
    return try Simulation(plan, settings: settings).run()
  }

  @Test(arguments: SamplingMethod.allCases, [1, 2, 17, 1000, 1025, 65_537, 200_003])
  func workers(method: SamplingMethod, iterations: Int) throws {
    let plan = try RunModel.plan()
    let first = try Self.run(plan, method, iterations)
    #expect(first.iterations == method.iterations(atLeast: iterations))
    let bits = RunModel.bits(first)
    for workers in [2, 3, 5, 8] {
      let result = try Self.run(plan, method, iterations, workers: workers)
      #expect(RunModel.bits(result) == bits, "\(workers) workers")
    }
    let poor = try Self.run(plan, method, iterations, workers: 2, budget: 100_000)
    #expect(RunModel.bits(poor) == bits)
    #expect(RunModel.bits(try Self.run(plan, method, iterations, seed: 6)) != bits)
  }

  @Test(arguments: SamplingMethod.allCases)
  func parts(method: SamplingMethod) throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 9, iterations: 150_001, method: method, workers: 2)
    let simulation = Simulation(plan, settings: settings)
    var part = try simulation.part(70..<simulation.blockCount)
    part.merge(try simulation.part(0..<3))
    part.merge(try simulation.part(3..<70))
    #expect(
      RunModel.bits(try simulation.result(of: part)) == RunModel.bits(try simulation.run()))
  }

  /// Recording parameters, and so drawing unused ones, moves nothing.
  @Test(arguments: SamplingMethod.allCases)
  func recording(method: SamplingMethod) throws {
    #expect(
      RunModel.bits(try Self.run(try RunModel.plan(recordsParameters: true), method, 3000))
        == RunModel.bits(try Self.run(try RunModel.plan(), method, 3000)))
  }
}

@Suite struct SamplingMethodTests {
  @Test func iterationsAreRoundedUp() {
    #expect(SamplingMethod.random.iterations(atLeast: 7) == 7)
    #expect(SamplingMethod.latinHypercube.iterations(atLeast: 7) == 7)
    #expect(SamplingMethod.antithetic.iterations(atLeast: 7) == 8)
    #expect(SamplingMethod.sobol.iterations(atLeast: 1) == 16)
    #expect(SamplingMethod.sobol.iterations(atLeast: 16) == 16)
    #expect(SamplingMethod.sobol.iterations(atLeast: 17) == 32)
    #expect(SamplingMethod.sobol.iterations(atLeast: 100_000) == 131_072)
    #expect(SamplingMethod.sobol.iterations(atLeast: 1_000_000) == 1_048_576)
    for method in SamplingMethod.allCases {
      let count = method.iterations(atLeast: 12_345)
      #expect(method.iterations(atLeast: count) == count)
    }
  }

  @Test(arguments: [SamplingMethod.sobol, .antithetic])
  func replicatesShareTheIterations(method: SamplingMethod) throws {
    let replication = try #require(method.replication)
    for iterations in [1, 2, 15, 32, 33, 100, 1023] {
      var sizes = [Int](repeating: 0, count: replication.count)
      for i in 0..<iterations { sizes[replication.replicate(ofIteration: i)] += 1 }
      for replicate in sizes.indices {
        #expect(
          replication.size(ofReplicate: replicate, iterations: iterations) == sizes[replicate])
      }
    }
  }
}
