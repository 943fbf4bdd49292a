// Utfall: how much the sampling methods reduce the variance of a scenario's figures.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore

// MethodVariance SCENARIO OUTPUT [SEEDS [ITERATIONS …]]
//
// Runs a scenario with seeds 1 … SEEDS under each method and prints three tables for one of its outputs: the variance
// over seeds under `random` divided by that under the method, for equal numbers of iterations; the root mean square of the
// errors that runs report, divided by the sd over seeds; and the time of a run divided by that of `random`.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2, let seeds = arguments.count > 2 ? Int(arguments[2]) : 200, seeds > 1
else {
  FileHandle.standardError.write(
    Data("Usage: MethodVariance SCENARIO OUTPUT [SEEDS, 200] [ITERATIONS …]\n".utf8))
  exit(64)
}
let sizes = arguments.count > 3 ? arguments.dropFirst(3).compactMap { Int($0) } : [16_384, 131_072]
let scenario = try ScenarioReader.read(path: arguments[0])
var model = scenario.model
model.outputs = model.outputs.filter { $0.name == arguments[1] }
for i in model.outputs.indices { model.outputs[i].probabilities = [0.025, 0.5, 0.975] }
let plan = try Plan(model)

/// Mean, P2.5, P50, P97.5 and P(> 0) with the standard errors that the run reports.
func figures(_ output: OutputSummary, _ method: SamplingMethod) -> [(value: Double, error: Double)]
{
  let quantile = method == .random ? 1.959963984540054 : 2.131449545559323
  let percentiles = output.percentiles.map { percentile in
    let width = (percentile.upper ?? .nan) - (percentile.lower ?? .nan)
    return (value: percentile.value, error: width / 2 / quantile)
  }
  return [(output.moments.mean, output.meanStandardError ?? .nan)] + percentiles
    + [(output.positive.value ?? .nan, output.positiveStandardError ?? .nan)]
}

func text(_ x: Double) -> String {
  String(format: x < 9.95 ? "%.2f" : x < 99.5 ? "%.1f" : "%.0f", x)
}

var reductions: [[String]] = []
var calibrations: [[String]] = []
for size in sizes {
  var plain: [Double] = []
  var plainSeconds = 0.0
  for method in SamplingMethod.allCases {
    var runs: [[(value: Double, error: Double)]] = []
    var used = 0
    let clock = ContinuousClock()
    let start = clock.now
    for seed in 1...seeds {
      let settings = RunSettings(seed: UInt64(seed), iterations: size, method: method, workers: 1)
      let result = try Simulation(plan, settings: settings).run()
      used = result.iterations
      runs.append(figures(result.outputs[0], method))
    }
    let seconds = Double((clock.now - start) / .milliseconds(1)) / Double(used)
    if method == .random { plainSeconds = seconds }
    let variances = runs[0].indices.map { figure in
      let values = runs.map { $0[figure].value }
      let mean = values.reduce(0, +) / Double(seeds)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seeds - 1)
    }
    let reported = runs[0].indices.map { figure in
      runs.reduce(0) { $0 + $1[figure].error * $1[figure].error } / Double(seeds)
    }
    let scaled = variances.map { $0 * Double(used) }
    if method == .random { plain = scaled }
    let head = ["\(used)", "`\(method.rawValue)`"]
    reductions.append(
      head + zip(plain, scaled).map { text($0 / $1) } + [text(seconds / plainSeconds)])
    calibrations.append(head + zip(reported, variances).map { text(($0 / $1).squareRoot()) })
  }
}

func table(_ title: String, _ header: [String], _ rows: [[String]]) {
  print(title + "\n")
  for row in [header, header.map { _ in "---" }] + rows {
    print("| " + row.joined(separator: " | ") + " |")
  }
  print()
}
let header = ["iterations", "method", "mean", "P2.5", "P50", "P97.5", "P(> 0)"]
table(
  "Variance under random / variance; time per iteration / random's", header + ["time"], reductions)
table("Reported error / sd over \(seeds) seeds", header, calibrations)
