// Utfall: benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nanoseconds per uniform and per draw, generator included, ours beside GSL's samplers in one run on
// one thread. `make bench` builds and runs it. `--tsv` prints name, ours and GSL's, tab-separated, for
// `compare.sh`; `--rounds K` sets the rounds of which the best counts.

import CGSL
import SimCore

let draws = 1 << 20
let isTSV = CommandLine.arguments.contains("--tsv")
let rounds =
  CommandLine.arguments.firstIndex(of: "--rounds").flatMap {
    CommandLine.arguments.dropFirst($0 + 1).first.flatMap { Int($0) }
  } ?? 9
// One block at a time, in cache, as in a run.
let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: Plan.blockLength)
buffer.initialize(repeating: 0)
let words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: Plan.blockLength)
words.initialize(repeating: 0)
let peer = GSLPeer()

struct Case {
  let name: String
  let distribution: any Distribution
  let gsl: (UnsafeMutablePointer<gsl_rng>) -> Double
}

let cases: [Case] = [
  Case(name: "normal(0, 1)", distribution: try Normal(mean: 0, standardDeviation: 1)) {
    gsl_ran_gaussian($0, 1)
  },
  Case(name: "lognormal(0, 0.5)", distribution: try LogNormal(meanLog: 0, sdLog: 0.5)) {
    gsl_ran_lognormal($0, 0, 0.5)
  },
  Case(name: "gamma(0.5)", distribution: try Gamma(shape: 0.5, scale: 2)) {
    gsl_ran_gamma($0, 0.5, 2)
  },
  Case(name: "gamma(42.7)", distribution: try Gamma(shape: 42.7, scale: 2)) {
    gsl_ran_gamma($0, 42.7, 2)
  },
  Case(name: "gamma(1e5)", distribution: try Gamma(shape: 1e5, scale: 2)) {
    gsl_ran_gamma($0, 1e5, 2)
  },
  Case(name: "beta(8.35, 270)", distribution: try Beta(alpha: 8.35, beta: 270)) {
    gsl_ran_beta($0, 8.35, 270)
  },
  Case(name: "beta(0.5, 0.5)", distribution: try Beta(alpha: 0.5, beta: 0.5)) {
    gsl_ran_beta($0, 0.5, 0.5)
  },
  Case(name: "uniform(0, 1)", distribution: try Uniform(low: 0, high: 1)) {
    gsl_ran_flat($0, 0, 1)
  },
  Case(name: "triangular(0, 1, 3)", distribution: try Triangular(low: 0, mode: 1, high: 3)) {
    // GSL has no triangular: its inverse on one uniform.
    let u = gsl_rng_uniform_pos($0)
    return u < 1.0 / 3 ? (3 * u).squareRoot() : 3 - (6 * (1 - u)).squareRoot()
  },
  Case(name: "pert(0, 1, 3)", distribution: try PERT(low: 0, mode: 1, high: 3)) {
    3 * gsl_ran_beta($0, 1 + 4.0 / 3, 1 + 8.0 / 3)
  },
]

func eachBlock(_ body: (_ first: Int) -> Void) {
  for first in stride(from: 0, to: draws, by: Plan.blockLength) { body(first) }
}
func column(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(width - text.count, 0)) + text
}
func decimal(_ value: Double) -> String {
  let tenths = Int((value * 100).rounded())
  let fraction = String(tenths % 100)
  return "\(tenths / 100)." + String(repeating: "0", count: 2 - fraction.count) + fraction
}

if !isTSV {
  print("ns of processor time per draw, one thread, best of \(rounds) rounds of \(draws)")
  print("GSL \(GSL.version), mt19937")
  print(column("", 22) + column("ours", 8) + column("GSL", 9) + column("ratio", 9))
}

let stream = UniformStream(StreamAddress(.draw, name: "benchmark"), seed: 1)
var uniforms = Contest(work: draws)
uniforms.add("ours") { eachBlock { stream.fill(words, first: $0) } }
uniforms.add("GSL") { eachBlock { _ in peer.fill(buffer) { gsl_rng_uniform($0) } } }

func report(_ name: String, _ times: [Double]) {
  if isTSV {
    print(([name] + times.map { decimal($0) }).joined(separator: "\t"))
    return
  }
  guard times.count > 1 else {
    print(name + column("", 22 - name.count) + column(decimal(times[0]), 8))
    return
  }
  print(
    name + column("", 22 - name.count) + column(decimal(times[0]), 8)
      + column(decimal(times[1]), 9) + column(decimal(times[1] / times[0]), 8) + "x")
}
report("uniform word", uniforms.run(rounds: rounds))

// What memory gives: one double written to an array larger than the caches, per draw.
let wide = UnsafeMutableBufferPointer<Double>.allocate(capacity: 8 * draws)
wide.initialize(repeating: 0)
var memory = Contest(work: wide.count)
var round = 0.0
memory.add("memory") {
  round += 1
  wide.update(repeating: round)
}
report("memory, written", memory.run(rounds: rounds))

for item in cases {
  let source = DrawSource(item.distribution, name: "benchmark", seed: 1)
  var contest = Contest(work: draws)
  contest.add("ours") { eachBlock { source.fill(buffer, first: $0) } }
  contest.add("GSL") { eachBlock { _ in peer.fill(buffer, item.gsl) } }
  report(item.name, contest.run(rounds: rounds))
}
