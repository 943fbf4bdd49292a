// Utfall: benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nanoseconds per uniform and per draw, generator included, ours beside GSL's samplers in one run on
// one thread. `make bench` builds and runs it. `--tsv` prints name, ours and GSL's, tab-separated, for
// `compare.sh`; `--rounds K` sets the rounds of which the best counts; `--only TEXT` measures the draws with that in
// their name.

import CGSL
import SimCore

let draws = 1 << 20
let isTSV = CommandLine.arguments.contains("--tsv")
func option(_ name: String) -> String? {
  CommandLine.arguments.firstIndex(of: name).flatMap {
    CommandLine.arguments.dropFirst($0 + 1).first
  }
}
let rounds = option("--rounds").flatMap { Int($0) } ?? 9
let cases = BenchmarkCase.all.filter { item in option("--only").map(item.name.contains) ?? true }
// One block at a time, in cache and on its lines, as in a run.
func block<Number>(repeating value: Number) -> UnsafeMutableBufferPointer<Number> {
  let numbers = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Plan.blockLength * MemoryLayout<Number>.stride, alignment: 64
  ).bindMemory(to: Number.self)
  numbers.initialize(repeating: value)
  return numbers
}
let buffer = block(repeating: 0.0)
let words = block(repeating: UInt64(0))
let peer = GSLPeer()

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
  print(
    column("", 34) + column("ours", 8) + column("/ normal", 10) + column("GSL", 9)
      + column("GSL/ours", 10))
}

func report(_ name: String, _ ours: Double, normal: Double?, gsl: Double?) {
  if isTSV {
    print(([name, decimal(ours)] + (gsl.map { [decimal($0)] } ?? [])).joined(separator: "\t"))
    return
  }
  let relative = normal.map { decimal(ours / $0) } ?? ""
  let other = gsl.map { column(decimal($0), 9) + column(decimal($0 / ours), 10) } ?? ""
  print(
    name + column("", 34 - name.count) + column(decimal(ours), 8) + column(relative, 10) + other)
}

// The machine's limits: random words alone, and memory that is only written or only read.
let stream = UniformStream(StreamAddress(.draw, name: "benchmark"), seed: 1)
let large = UnsafeMutableBufferPointer<Double>.allocate(capacity: 1 << 24)
large.initialize(repeating: 1)
nonisolated(unsafe) var sink = 0.0
var limits = Contest(work: draws)
limits.add("words") { eachBlock { stream.fill(words, first: $0) } }
limits.add("uniforms") {
  eachBlock {
    stream.fill(words, first: $0)
    for i in buffer.indices { buffer[i] = UniformStream.uniform(words[i]) }
  }
}
limits.add("GSL") { eachBlock { _ in peer.fill(buffer) { gsl_rng_uniform($0) } } }
let limit = limits.run(rounds: rounds)
report("uniform word", limit[0], normal: nil, gsl: limit[2])
report("uniforms as doubles", limit[1], normal: nil, gsl: nil)
var streaming = Contest(work: large.count)
streaming.add("write") { large.update(repeating: sink) }
streaming.add("read") {
  // Eight sums, so that additions don't wait for each other.
  var sums = SIMD8<Double>.zero
  large.withMemoryRebound(to: SIMD8<Double>.self) { for x in $0 { sums += x } }
  sink = sums.sum() * 0
}
let memory = streaming.run(rounds: 3)
report("memory, written", memory[0], normal: nil, gsl: nil)
report("memory, read", memory[1], normal: nil, gsl: nil)
large.deallocate()

// A family is measured in turn with the normal: slow phases of the machine hit both.
let normalLaw = try Normal(mean: 0, standardDeviation: 1)
for item in cases {
  let source = DrawSource(item.distribution, name: "benchmark", seed: 1)
  let reference = DrawSource(normalLaw, name: "benchmark", seed: 1)
  var contest = Contest(work: draws)
  contest.add("ours") { eachBlock { source.fill(buffer, first: $0) } }
  contest.add("normal") { eachBlock { reference.fill(buffer, first: $0) } }
  if let gsl = item.gsl { contest.add("GSL") { eachBlock { _ in peer.fill(buffer, gsl) } } }
  let times = contest.run(rounds: rounds)
  report(item.name, times[0], normal: times[1], gsl: times.count > 2 ? times[2] : nil)
}
let missing = FamilyRegistry.all.filter { !($0.typicalMember is any DiscreteDistribution) }
  .map(\.name).filter { name in
    !BenchmarkCase.all.contains { type(of: $0.distribution).family.name == name }
  }
if !missing.isEmpty && !isTSV && option("--only") == nil {
  print("not measured: \(missing.joined(separator: ", "))")
}
