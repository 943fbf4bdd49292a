// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Running figures: those of a naive computation from the draws, and of a plain run of the size.
@Suite struct RunningFiguresTests {
  static func run(
    _ plan: Plan, _ settings: RunSettings, recorder: (any DrawRecorder)? = nil
  ) throws -> RunResult {
    try Simulation(plan, settings: settings).run(recorder: recorder, takesRunning: true)
  }

  static func bits(_ summary: RunningSummary) -> [UInt64] {
    let none: UInt64 = 0xFFF8_DEAD_DEAD_DEAD
    let moments = summary.moments
    var bits = [UInt64(summary.iterations), UInt64(moments.count)]
    bits.append(UInt64(summary.positive.positiveCount))
    bits += [moments.mean, moments.squaredDeviations].map(\.bitPattern)
    bits += [summary.meanStandardError, summary.positiveStandardError]
      .map { $0?.bitPattern ?? none }
    for percentile in summary.percentiles {
      bits += [percentile?.value, percentile?.lower, percentile?.upper]
        .map { $0?.bitPattern ?? none }
    }
    return bits
  }

  static func sizes(below iterations: Int) -> [Int] {
    (0..<40).map { 1024 << $0 }.filter { $0 < iterations }
  }

  /// Iterations of `random`, `sobol` and `antithetic` don't depend on how many follow.
  @Test(
    arguments: [SamplingMethod.random, .sobol, .antithetic], [1000, 1024, 1026, 5000, 300_000])
  func pointsArePlainRuns(method: SamplingMethod, iterations: Int) throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 4, iterations: iterations, method: method, workers: 2)
    let result = try Self.run(plan, settings)
    #expect(result.running.count == plan.outputs.count)
    for (output, points) in result.running.enumerated() {
      #expect(points.map(\.iterations) == Self.sizes(below: result.iterations))
      for point in points {
        var plain = settings
        plain.iterations = point.iterations
        let short = try Simulation(plan, settings: plain).run()
        #expect(
          Self.bits(point) == Self.bits(RunningSummary(short.outputs[output])),
          "\(plan.outputs[output].name) at \(point.iterations)")
      }
    }
    // Asking for them changes nothing else.
    let bare = try Simulation(plan, settings: settings).run()
    #expect(bare.running.isEmpty)
    #expect(RunModel.bits(bare) == RunModel.bits(result))
  }

  @Test(arguments: SamplingMethod.allCases)
  func workersAndBudgetsChangeNothing(method: SamplingMethod) throws {
    let plan = try RunModel.plan()
    var settings = RunSettings(seed: 8, iterations: 280_000, method: method, workers: 1)
    let first = try Self.run(plan, settings)
    let bits = first.running.flatMap { $0.flatMap(Self.bits) }
    #expect(first.running.allSatisfy { $0.count == 9 })
    #expect(first.running.allSatisfy { $0.allSatisfy { $0.percentiles.allSatisfy { $0 != nil } } })
    for workers in [2, 3, 5, 8] {
      settings.workers = workers
      #expect(try Self.run(plan, settings).running.flatMap { $0.flatMap(Self.bits) } == bits)
    }
    // Outputs whose percentiles wait for later passes.
    for budget in [1, 1 << 20] {
      settings.memoryBudget = budget
      let result = try Self.run(plan, settings)
      #expect(result.running.flatMap { $0.flatMap(Self.bits) } == bits, "budget \(budget)")
    }
  }

  /// From the recorded draws, by definition; errors of each method by the formulas of docs/methods.md.
  @Test(arguments: SamplingMethod.allCases)
  func pointsAreThoseOfANaiveComputation(method: SamplingMethod) throws {
    let plan = try MethodErrorTests.plan()
    let column = MethodErrorTests.Column()
    let result = try Self.run(
      plan, RunSettings(seed: 6, iterations: 150_000, method: method, workers: 1),
      recorder: column)
    for point in result.running[0] {
      let values = Array(column.values.prefix(point.iterations))
      let n = Double(values.count)
      let mean = NaiveSummaryTests.sum(values) / n
      #expect(abs(point.moments.mean - mean) <= 1e-12 * mean)
      #expect(point.positive.positiveCount == values.count)
      let squares = NaiveSummaryTests.sum(values.map { ($0 - mean) * ($0 - mean) })
      #expect(abs((point.moments.variance ?? .nan) - squares / (n - 1)) <= 1e-11)
      for percentile in point.percentiles {
        let percentile = try #require(percentile)
        let value = MethodErrorTests.quantile(values, percentile.probability, middle: false)
        #expect(abs(percentile.value - value) < 1e-12)
      }
      let error: Double
      switch method {
      case .random: error = (squares / (n - 1) / n).squareRoot()
      case .antithetic:
        let pairs = stride(from: 0, to: values.count, by: 2).map {
          (values[$0] + values[$0 + 1]) / 2
        }
        let spread = pairs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        error = (spread / Double(pairs.count - 1) / Double(pairs.count)).squareRoot()
      case .latinHypercube, .sobol:
        var sums = [Double](repeating: 0, count: 16)
        for (i, x) in values.enumerated() { sums[i % 16] += x }
        let spread = sums.reduce(0) {
          $0 + ($1 / (n / 16) - mean) * ($1 / (n / 16) - mean)
        }
        error = (spread / (16 * 15)).squareRoot()
      }
      #expect(abs((point.meanStandardError ?? .nan) - error) <= 1e-9 * error)
    }
  }
}
