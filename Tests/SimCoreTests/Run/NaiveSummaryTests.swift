// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every figure of a run, derived again from its recorded draws by a naive method.
@Suite struct NaiveSummaryTests {
  /// Type 7, from the definition.
  static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let h = Double(sorted.count - 1) * p
    let k = Int(h)
    if k + 1 >= sorted.count { return sorted[sorted.count - 1] }
    return sorted[k] + (h - Double(k)) * (sorted[k + 1] - sorted[k])
  }

  /// Sum with the rounding errors carried along (Neumaier).
  static func sum(_ values: some Sequence<Double>) -> Double {
    var total = 0.0
    var lost = 0.0
    for x in values {
      let next = total + x
      lost += abs(total) >= abs(x) ? (total - next) + x : (x - next) + total
      total = next
    }
    return total + lost
  }

  @Test(arguments: [1, 2, 3, 1000, 10_000, 65_537, 100_000, 200_000])
  func allFigures(iterations: Int) throws {
    let plan = try RunModel.plan()
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(
      seed: 9, iterations: iterations, workers: 3, memoryBudget: 1 << 20)
    let result = try Simulation(plan, settings: settings).run(recorder: keeper)
    #expect(result.iterations == iterations)
    #expect(keeper.blockIndices == Array(0..<(iterations + 1023) / 1024))
    #expect(keeper.repeatedBlocks.isEmpty, "recorded twice")
    try #require(result.outputs.map(\.name) == plan.outputs.map(\.name))
    for output in result.outputs {
      let draws = keeper.column(output.name)
      try #require(draws.count == iterations)
      Self.checkMoments(output, draws)
      try Self.checkPercentiles(output, draws)
      Self.checkHistogram(output, draws)
    }
  }

  static func checkMoments(_ output: OutputSummary, _ draws: [Double]) {
    let n = Double(draws.count)
    let mean = sum(draws) / n
    let size = sum(draws.map { abs($0) }) / n
    #expect(abs(output.moments.mean - mean) <= 1e-12 * size, "\(output.name): mean")
    let squares = sum(draws.map { ($0 - mean) * ($0 - mean) })
    #expect(
      abs(output.moments.squaredDeviations - squares) <= 1e-12 * squares,
      "\(output.name): M2 \(output.moments.squaredDeviations), not \(squares)")
    #expect(output.moments.count == draws.count)
    #expect(output.moments.minimum == draws.min() && output.moments.maximum == draws.max())
    #expect(output.positive.count == draws.count)
    #expect(output.positive.positiveCount == draws.count { $0 > 0 }, "\(output.name): P(> 0)")
    if draws.count >= 2 {
      let error = (squares / (n - 1) / n).squareRoot()
      let found = output.moments.monteCarloStandardError ?? .nan
      #expect(abs(found - error) <= 1e-12 * error, "\(output.name): MCSE")
    } else {
      #expect(output.moments.monteCarloStandardError == nil)
    }
  }

  static func checkPercentiles(_ output: OutputSummary, _ draws: [Double]) throws {
    let sorted = draws.sorted()
    try #require(output.percentiles.map(\.probability) == RunModel.percentiles)
    for percentile in output.percentiles {
      let value = quantile(sorted, percentile.probability)
      #expect(percentile.value == value, "\(output.name) at \(percentile.probability)")
    }
    // The ranks of the intervals, where another program gave them.
    for row in try SummaryReference("rank_intervals.csv").rows where Int(row[0]) == draws.count {
      let p = try #require(Double(row[1]))
      guard let percentile = output.percentiles.first(where: { $0.probability == p }) else {
        continue
      }
      #expect(percentile.lower == Int(row[2]).map { sorted[$0 - 1] }, "\(output.name) \(row)")
      #expect(percentile.upper == Int(row[3]).map { sorted[$0 - 1] }, "\(output.name) \(row)")
    }
  }

  static func checkHistogram(_ output: OutputSummary, _ draws: [Double]) {
    guard let histogram = output.histogram else { return }
    let edges = histogram.edges.edges
    var counts = [UInt64](repeating: 0, count: edges.count - 1)
    var (under, over): (UInt64, UInt64) = (0, 0)
    for x in draws {
      if x < edges[0] {
        under += 1
      } else if x > edges[edges.count - 1] {
        over += 1
      } else {
        let bin = edges.lastIndex { $0 <= x } ?? 0
        counts[min(bin, counts.count - 1)] += 1
      }
    }
    #expect(histogram.counts == counts, "\(output.name)")
    #expect(histogram.underflow == under && histogram.overflow == over, "\(output.name)")
    let total = histogram.counts.reduce(histogram.underflow + histogram.overflow, +)
    #expect(total == UInt64(draws.count), "\(output.name)")
  }

  /// Edges come from the first 65,536 iterations, so that more of them leave the edges alone.
  @Test func edgesComeFromThePilot() throws {
    let plan = try RunModel.plan()
    let runs = try [65_536, 65_537, 150_000].map {
      try WorkerIdentityTests.run(plan, iterations: $0, workers: 2)
    }
    for index in plan.outputs.indices {
      let edges = runs.map { $0.outputs[index].histogram?.edges }
      #expect(edges[0] == edges[1] && edges[1] == edges[2])
    }
    #expect(runs[0].outputs[1].histogram?.edges.edges.first == -2000)
    #expect(runs[0].outputs[1].histogram?.edges.edges.last == 1000)
    #expect(runs[0].outputs[1].histogram?.edges.binCount == 17)
  }

  /// The model's exact moments: sample means within 5 MCSE (false alarm 6e-7 each, seed fixed).
  @Test func theModelComesOut() throws {
    let result = try WorkerIdentityTests.run(
      RunModel.plan(), iterations: 400_000, workers: 2, seed: 12)
    let cost = result.outputs[0].moments
    #expect(abs(cost.mean - 6 * 320) <= 5 * (try #require(cost.monteCarloStandardError)))
    let net = result.outputs[1].moments
    #expect(abs(net.mean - (1200 - 960)) <= 5 * (try #require(net.monteCarloStandardError)))
    // E[(hw)²] − (E hw)²; its Monte Carlo error is below 0.5 %.
    let variance = (36 + 6.25) * (102_400.0 + 1600) - 1920 * 1920
    #expect(abs((try #require(cost.variance)) / variance - 1) < 0.02)
    #expect(result.outputs[5].moments.mean == 42 && result.outputs[5].moments.variance == 0)
  }
}
