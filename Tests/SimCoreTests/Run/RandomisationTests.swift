// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Runs with a stated number of points for each randomisation.
@Suite struct RandomisationTests {
  static let methods = [SamplingMethod.latinHypercube, .sobol]

  private func plan() throws -> Plan {
    let uniform = try Uniform(low: 0, high: 1)
    return try Plan(
      Model(
        parameters: [
          Parameter(name: "x", distribution: uniform), Parameter(name: "y", distribution: uniform),
        ],
        variables: [],
        outputs: [
          Output(
            name: "z", value: .binary(.add, .name("x", offset: 0), .name("y", offset: 0)),
            probabilities: [0.025, 0.5], histogram: nil),
          Output(name: "x", value: .name("x", offset: 0), probabilities: [], histogram: nil),
        ]))
  }

  private func settings(_ method: SamplingMethod, _ iterations: Int, workers: Int = 2)
    -> RunSettings
  {
    RunSettings(
      seed: 6, iterations: iterations, method: method, pointsPerRandomisation: 128, workers: workers
    )
  }

  @Test(arguments: [0, 1, 9, 10, 15, 16, 42, 99, 100, 1009, 976_561, 15_625_000])
  func `Streams of replicates have the addresses of their numbers`(_ replicate: Int) {
    for purpose in [StreamAddress.Purpose.draw, .permute, .scramble] {
      let own = ReplicateStreams(purpose, name: "pris på æble", seed: 77)[replicate]
      let address = StreamAddress(purpose, name: "pris på æble", replicate: replicate)
      #expect(own == UniformStream(address, seed: 77))
    }
  }

  /// Each randomisation is a point set of its own: one point in each of its strata, and no two alike.
  @Test(arguments: methods)
  func `Every randomisation is spread evenly`(_ method: SamplingMethod) throws {
    let n = 3 * 2048
    let draws = try Simulation(plan(), settings: settings(method, n)).draws()
    var sets: Set<[Double]> = []
    for r in 0..<48 {
      let own = (0..<128).map { draws[1][r / 16 * 2048 + 16 * $0 + r % 16] }
      #expect(Set(own.map { Int($0 * 128) }).count == 128, "\(r)")
      sets.insert(own)
    }
    #expect(sets.count == 48)
    // The first ones are those of a run of 16, and a longer run goes on from there.
    for fewer in [2048, 4096] {
      let part = try Simulation(plan(), settings: settings(method, fewer)).draws()
      for (a, b) in zip(part, draws) { #expect(a == Array(b.prefix(fewer))) }
    }
    let plain = RunSettings(seed: 6, iterations: 2048, method: method, workers: 1)
    let first = try Simulation(plan(), settings: plain).draws()
    for (a, b) in zip(first, draws) { #expect(a == Array(b.prefix(2048))) }
  }

  /// By hand: group g has the randomisations g, g + 64, …
  @Test(arguments: methods, [1, 2, 3, 4, 5, 9])
  func `Errors are the spread of randomisations, from 64 on of groups`(
    _ method: SamplingMethod, _ sets: Int
  ) throws {
    let n = sets * 2048
    let simulation = try Simulation(plan(), settings: settings(method, n))
    let draws = try simulation.draws()
    let result = try simulation.run()
    let groups = min(16 * sets, 64)
    #expect(simulation.settings.replicates == 16 * sets)
    #expect(result.iterations == n)
    let t = [16: 2.131449545559323, 32: 2.039513446396408, 48: 2.011740513729766]
    #expect(simulation.settings.errorQuantile == t[groups] ?? 1.998340542520741)
    for (figure, found) in [
      ({ (x: Double) in x }, result.outputs[0].meanStandardError),
      ({ (x: Double) in x > 0 ? 1 : 0 }, result.outputs[0].positiveStandardError),
    ] {
      var sums = [Double](repeating: 0, count: groups)
      var counts = sums
      for i in 0..<n {
        let randomisation = i / 2048 * 16 + i % 16
        sums[randomisation % groups] += figure(draws[0][i])
        counts[randomisation % groups] += 1
      }
      let mean = sums.reduce(0, +) / Double(n)
      let weights = counts.map { $0 / Double(n) }
      var squares = 0.0
      for g in 0..<groups {
        let deviation = weights[g] * (sums[g] / counts[g] - mean)
        squares += deviation * deviation
      }
      let exact = (squares / (1 - weights.reduce(0) { $0 + $1 * $1 })).squareRoot()
      #expect(abs((found ?? .nan) - exact) <= 1e-9 * exact + 1e-15, "\(method) \(sets)")
    }
  }

  @Test(arguments: methods)
  func `Workers change nothing, nor do parts`(_ method: SamplingMethod) throws {
    let n = 20 * 2048
    let one = try Simulation(plan(), settings: settings(method, n, workers: 1)).run()
    for workers in [2, 3, 5, 8] {
      let other = try Simulation(plan(), settings: settings(method, n, workers: workers)).run()
      #expect(one.outputs[0].meanStandardError == other.outputs[0].meanStandardError)
      #expect(one.outputs[0].percentiles == other.outputs[0].percentiles)
    }
    let simulation = try Simulation(plan(), settings: settings(method, n))
    var part = try simulation.part(0..<13)
    part.merge(try simulation.part(13..<simulation.blockCount))
    let joined = try simulation.result(of: part)
    #expect(joined.outputs[0].meanStandardError == one.outputs[0].meanStandardError)
    #expect(joined.outputs[0].percentiles == one.outputs[0].percentiles)
  }
}
