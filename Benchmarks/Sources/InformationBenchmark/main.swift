// Utfall: benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later
//
// EVPPI of all 19 single parameters of a model with two strategies, from draws in memory, on one thread.
// Benchmarks/peers/evppi_singles.sh runs it beside R's mgcv and prints the ratio.
//
// usage: InformationBenchmark DRAWS [ROUNDS]

import Economics
import Glibc
import SimCore

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5000
let rounds = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 5
let stream = UniformStream(StreamAddress(.draw, name: "benchmark"), seed: 1)

func uniforms(_ label: UInt32) -> [Double] {
  (0..<count).map { UniformStream.uniform(stream.word(iteration: $0, label: label)) }
}

var parameters: [DrawColumn] = []
var cost = [Double](repeating: 0, count: count)
var effect = cost
for label in 0..<19 as Range<UInt32> {
  // Skewed, of falling influence.
  let values = uniforms(label).map { -log($0) }
  parameters.append(DrawColumn(name: "p\(label)", values: values))
  for row in 0..<count {
    cost[row] += 1000 * (values[row] - 1) / Double(label + 1)
    effect[row] += 0.1 * (values[row] * values[row] - 2) / Double(20 - label)
  }
}
let zeros = [Double](repeating: 0, count: count)
let draws = try Draws(
  strategies: ["old", "new"], costs: [zeros, cost], effects: [zeros, effect],
  parameters: parameters)

func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

var best = Double.infinity
var checksum = 0.0
for _ in 0..<rounds {
  let start = seconds(CLOCK_PROCESS_CPUTIME_ID)
  let estimates = EVPPI(draws).singles(willingnessToPay: [20000])
  best = min(best, seconds(CLOCK_PROCESS_CPUTIME_ID) - start)
  checksum = estimates.reduce(0) { $0 + $1.evppi }
}
print("utfall draws \(count) seconds \(best) sum \(checksum)")
