// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Error estimates of the methods: as a naive computation from the draws has them, and calibrated.
@Suite struct MethodErrorTests {
  /// Keeps one column.
  final class Column: DrawRecorder, @unchecked Sendable {
    // One worker: no lock.
    var values: [Double] = []
    func record(block: Int, columns: [UnsafeBufferPointer<Double>]) { values += columns[0] }
    func abandon() {}
  }

  /// Type 5 and type 7 percentiles by their definitions.
  static func quantile(_ values: [Double], _ p: Double, middle: Bool) -> Double {
    let sorted = values.sorted()
    let n = Double(values.count)
    let h = middle ? max(0, min(n * p - 0.5, n - 1)) : (n - 1) * p
    let k = Int(h)
    let next = sorted[min(k + 1, sorted.count - 1)]
    return sorted[k] + (h - Double(k)) * (next - sorted[k])
  }

  static func plan() throws -> Plan {
    let names = ["x", "y", "w"]
    return try Plan(
      Model(
        parameters: try names.map {
          Parameter(name: $0, distribution: try LogNormal(meanLog: 0.1, sdLog: 0.3))
        }, variables: [],
        outputs: [
          Output(
            name: "product", value: .named("x") * .named("y") / .named("w"),
            probabilities: [0.025, 0.5, 0.975], histogram: nil),
          Output(
            name: "excess",
            value: .named("x") * .named("y") / .named("w") - .number(1.5), probabilities: [],
            histogram: nil),
        ]), tables: TableAccuracyTests.tables)
  }

  @Test(
    arguments: [SamplingMethod.latinHypercube, .sobol, .antithetic], [20, 1000, 1501, 70_001])
  func errorsEqualANaiveComputation(method: SamplingMethod, iterations: Int) throws {
    let replication = try #require(method.replication)
    let column = Column()
    let result = try Simulation(
      Self.plan(),
      settings: RunSettings(seed: 3, iterations: iterations, method: method, workers: 1)
    ).run(recorder: column)
    let values = column.values
    #expect(values.count == result.iterations)
    var replicates = [[Double]](repeating: [], count: 16)
    for (i, x) in values.enumerated() {
      replicates[replication.replicate(ofIteration: i)].append(x)
    }

    func error(_ whole: Double, _ estimate: ([Double]) -> Double) -> Double {
      let present = replicates.filter { !$0.isEmpty }
      let n = Double(values.count)
      let squares = present.reduce(0.0) { sum, part in
        let deviation = Double(part.count) / n * (estimate(part) - whole)
        return sum + deviation * deviation
      }
      let weights = present.reduce(0.0) { $0 + (Double($1.count) / n) * (Double($1.count) / n) }
      return (squares / (1 - weights)).squareRoot()
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func share(_ values: [Double]) -> Double {
      Double(values.count { $0 > 1.5 }) / Double(values.count)
    }
    func pairError(_ f: (Double) -> Double) -> Double {
      let means = stride(from: 0, to: values.count, by: 2).map {
        (f(values[$0]) + f(values[$0 + 1])) / 2
      }
      let m = mean(means)
      let squares = means.reduce(0.0) { $0 + ($1 - m) * ($1 - m) }
      return (squares / Double(means.count - 1) / Double(means.count)).squareRoot()
    }
    func close(_ a: Double?, _ b: Double) -> Bool {
      a.map { abs($0 - b) <= 1e-9 * b + 1e-14 } ?? false
    }

    let product = result.outputs[0]
    let excess = result.outputs[1]
    if method == .antithetic {
      #expect(close(product.meanStandardError, pairError { $0 }))
      #expect(close(excess.positiveStandardError, pairError { $0 > 1.5 ? 1 : 0 }))
    } else {
      #expect(close(product.meanStandardError, error(mean(values), mean)))
      #expect(close(excess.positiveStandardError, error(share(values), share)))
    }
    for percentile in product.percentiles {
      let p = percentile.probability
      let whole = Self.quantile(values, p, middle: false)
      #expect(abs(percentile.value - whole) < 1e-12)
      let least = replicates.map(\.count).min() ?? 0
      if Double(least) * min(p, 1 - p) < 1 {
        #expect(percentile.lower == nil && percentile.upper == nil)
      } else {
        let margin = 2.131449545559323 * error(whole) { Self.quantile($0, p, middle: true) }
        #expect(close(percentile.upper.map { $0 - percentile.value }, margin))
        #expect(close(percentile.lower.map { percentile.value - $0 }, margin))
      }
    }
  }

  /// The log of the product is normal with mean 0.1 and variance 0.27; figures by Python's NormalDist.
  enum Truth {
    static let mean = 1.2649087687328917
    static let percentiles = [0.3991463406980951, 1.1051709180756477, 3.0600374690244494]
    static let excess = 0.27831049050134316
  }

  /// Of 200 seeds, how many intervals at 95 % hold the truth: mean, P(> 0) and three percentiles.
  ///
  /// A count below 174 has probability 3e-6 if the coverage is 95 %: false alarm of all 16 together below
  /// 5e-5. Intervals of percentiles may hold it more often, being cautious at few points. Seeded.
  @Test(arguments: SamplingMethod.allCases)
  func intervalsHoldTheTruth(method: SamplingMethod) throws {
    let plan = try Self.plan()
    let quantile = method == .latinHypercube || method == .sobol ? 2.131449545559323 : 1.96
    var held = [Int](repeating: 0, count: 5)
    for seed in 0..<200 {
      let result = try Simulation(
        plan,
        settings: RunSettings(seed: UInt64(seed), iterations: 4096, method: method, workers: 1)
      ).run()
      let product = result.outputs[0]
      let excess = result.outputs[1]
      func holds(_ estimate: Double, _ error: Double?, _ truth: Double) -> Int {
        abs(estimate - truth) <= quantile * (error ?? 0) ? 1 : 0
      }
      held[0] += holds(product.moments.mean, product.meanStandardError, Truth.mean)
      held[1] += holds(excess.positive.value ?? .nan, excess.positiveStandardError, Truth.excess)
      for (i, percentile) in product.percentiles.enumerated() {
        let (low, high) = (percentile.lower ?? .nan, percentile.upper ?? .nan)
        held[2 + i] += low <= Truth.percentiles[i] && Truth.percentiles[i] <= high ? 1 : 0
      }
    }
    #expect(held.allSatisfy { $0 >= 174 }, "\(held) of 200")
  }

  /// Sixteen times the iterations: independent draws would cut the mean square error of the mean 16-fold,
  /// Sobol' points of a smooth model by far more. 30 seeds at either end: the ratio of two χ² with 30
  /// degrees of freedom falls below 1/4 with a probability of 1e-4.
  @Test func sobolErrorFallsFaster() throws {
    let plan = try Self.plan()
    let square = try [1024, 16_384].map { iterations in
      try (0..<30).reduce(0.0) { sum, seed in
        let result = try Simulation(
          plan,
          settings: RunSettings(
            seed: UInt64(seed), iterations: iterations, method: .sobol, workers: 1)
        ).run()
        let error = result.outputs[0].moments.mean - Truth.mean
        return sum + error * error
      }
    }
    #expect(square[0] / square[1] > 4 * 16, "\(square)")
  }
}
